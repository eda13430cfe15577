// The errors of Kafka's client, which hold others inside.

interface Nested {
  readonly message?: string;
  readonly code?: unknown;
  readonly apiId?: unknown;
  readonly errors?: unknown[];
  readonly cause?: unknown;
}

/** What lies at the bottom of the client's nested errors. */
export function rootMessage(error: unknown): string {
  let at = error as Nested;
  for (let depth = 0; depth < 10; depth++) {
    const next = (at.errors?.[0] ?? at.cause) as Nested | undefined;
    if (!next) break;
    at = next;
  }
  return String(at.message || at.code || at).replace(/\.$/, "");
}

/** Whether an error comes from Kafka's client. */
export function isKafkaError(error: unknown): boolean {
  return String((error as Nested)?.code ?? "").startsWith("PLT_KFK_");
}

export function isAuthenticationError(error: unknown): boolean {
  return someError(error, ({ code }) => code === "PLT_KFK_AUTHENTICATION");
}

/** Whether the brokers gave this answer, by its name in Kafka's protocol. */
export function isAnswer(error: unknown, apiId: string): boolean {
  return someError(error, (each) => each.apiId === apiId);
}

function someError(error: unknown, is: (error: Nested) => boolean): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { errors = [], cause } = error as Nested;
  return is(error) || [...errors, cause].some((inner) => someError(inner, is));
}
