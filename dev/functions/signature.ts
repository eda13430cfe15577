// What TypeScript needs to know of a function, from pyspark's signature and from the messages that pyspark makes of it.

/** A function as pyspark-functions.py prints it. */
export interface PysparkFunction {
  readonly name: string;
  readonly group: string;
  readonly isFunction: boolean;
  readonly deprecated?: boolean;
  readonly since?: string;
  readonly parameters?: readonly PysparkParameter[];
  readonly probe?: {
    readonly calls: Readonly<Record<string, Message>>;
    readonly one: Readonly<Record<string, Readonly<Record<string, Message>>>>;
    readonly skipped: Readonly<Record<string, Message>>;
  };
}

interface PysparkParameter {
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly default?: string | number | boolean | null;
}

interface Message {
  readonly function?: string;
  readonly arguments?: readonly Message[];
  readonly distinct?: boolean;
  readonly column?: string;
  readonly literal?: unknown;
  readonly of?: string;
  readonly seed?: true;
  readonly lambda?: number;
  readonly refused?: string;
}

/** What a parameter takes: the name of its converter in runtime/sql/functions/arguments.ts without "as". */
export type Kind =
  | "Column"
  | "Columns"
  | "ColumnOrNumber"
  | "Number"
  | "Numbers"
  | "Text"
  | "TextOrBytes"
  | "Boolean"
  | "Value"
  | "Options"
  | "Schema"
  | "Lambda";

export interface Parameter {
  /** As callers name it: pyspark's name in camelCase. */
  readonly key: string;
  /** The same, where TypeScript allows it. */
  readonly variable: string;
  readonly kind: Kind;
  /** How many values a lambda may take. */
  readonly arities: readonly number[];
  readonly isOptional: boolean;
  readonly isVariadic: boolean;
  /** What is sent where it isn't given, as TypeScript: `lit("X")`, `randomSeed()`, `10000`. Nothing is, without it. */
  readonly fallback?: string;
  /** Whether the fallback is pyspark's own default value, rather than what it sends for None. */
  readonly isDefault: boolean;
}

export interface Signature {
  readonly pyspark: PysparkFunction;
  /** Ours. */
  readonly name: string;
  /** The engine's. */
  readonly sparkName: string;
  readonly isDistinct: boolean;
  readonly parameters: readonly Parameter[];
  /** Indexes of parameters, in the order in which the engine takes them. */
  readonly order: readonly number[];
}

export function signatureOf(pyspark: PysparkFunction): Signature {
  const given = pyspark.parameters!;
  const { calls } = pyspark.probe!;
  const full = Object.values(calls).at(-1)!;
  if (full.function === undefined)
    throw new Error(`${pyspark.name}: pyspark refuses ${JSON.stringify(full)}`);
  const order = full.arguments!.map((argument) => indexOf(argument, given));
  const unique = order.filter((index, i) => order.indexOf(index) === i);
  const fewest = Object.values(calls)[0];
  const parameters = given.map((parameter, i): Parameter => {
    const key = camelCase(parameter.name);
    const kind = kindOf(parameter, pyspark.probe!.one[parameter.name]);
    const isVariadic = parameter.kind === "VAR_POSITIONAL";
    const isOptional = !isVariadic && parameter.default !== undefined;
    return {
      key,
      variable: key === "default" ? "defaultValue" : parameter.name === pyspark.name ? `${key}With` : key,
      kind,
      arities: aritiesOf(parameter.type),
      isOptional,
      isVariadic,
      isDefault: isOptional && parameter.default !== null,
      fallback: isOptional ? fallbackOf(parameter, fewest, full, unique.indexOf(i)) : undefined,
    };
  });
  const signature: Signature = {
    pyspark,
    name: camelCase(pyspark.name),
    sparkName: full.function,
    isDistinct: full.distinct!,
    parameters,
    order: unique,
  };
  for (const [count, message] of Object.entries(calls))
    check(signature, message, Number.parseInt(count), count.endsWith("*"));
  for (const [name, message] of Object.entries(pyspark.probe!.skipped)) {
    check(
      signature,
      message,
      given.filter((p) => p.default === undefined).length,
      false,
      given.findIndex((p) => p.name === name),
    );
  }
  return signature;
}

/** PySpark's snake_case in camelCase. */
export function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

// The probe gives each parameter a value that tells its index.
function indexOf(argument: Message, given: readonly PysparkParameter[]): number {
  if (argument.lambda !== undefined) {
    return given.findIndex(
      (p) => aritiesOf(p.type).includes(argument.lambda!) && p.type.includes("Callable"),
    );
  }
  if (argument.function === "map") return indexOf(argument.arguments![0], given);
  const value = argument.column ?? argument.literal;
  if (typeof value === "string" && value.startsWith("v")) return given.length - 1;
  if (typeof value === "string" && /^[ctk]\d+$/.test(value)) return Number(value.slice(1));
  if (typeof value === "number") return value >= 7000 ? value - 7000 : value - 0.5;
  if (typeof value === "boolean") return given.findIndex(({ type }) => type.includes("bool"));
  throw new Error(`can't tell which argument ${JSON.stringify(argument)} is`);
}

function kindOf(
  { type, kind, name }: PysparkParameter,
  probe: Readonly<Record<string, Message>> | undefined,
): Kind {
  if (type.includes("Callable")) return "Lambda";
  if (type.includes("Mapping")) return "Options";
  if (type.includes("StructType")) return "Schema";
  if (type.includes("bytes")) return "TextOrBytes";
  if (type.includes("Sequence[float]")) return "Numbers";
  if (type.includes("Sequence[ColumnOrName]")) return "Columns";
  if (/\bAny\b/.test(type)) return "Value";
  const isName = type.includes("ColumnOrName");
  if (kind === "VAR_POSITIONAL") return isName ? "Column" : "Text";
  if (/\b(int|float)\b/.test(type)) return isName ? "ColumnOrNumber" : "Number";
  if (/\bbool\b/.test(type)) return "Boolean";
  const meant = Object.values(probe!.str?.arguments ?? []).find((argument) =>
    /^t\d+$/.test(String(argument.column ?? argument.literal)),
  );
  if (/\bstr\b/.test(type) && !isName && meant?.literal !== undefined) return "Text";
  if (isName || type.includes("Column")) return "Column";
  throw new Error(`no kind for ${name}: ${type}`);
}

function aritiesOf(type: string): number[] {
  return [...type.matchAll(/Callable\[\[([^\]]*)\]/g)].map(([, inputs]) => inputs.split(",").length);
}

function fallbackOf(
  parameter: PysparkParameter,
  fewest: Message,
  full: Message,
  position: number,
): string | undefined {
  if (parameter.default !== null) return JSON.stringify(parameter.default);
  if (fewest.arguments?.length !== full.arguments?.length) return undefined;
  const sent = fewest.arguments![position];
  if (sent.seed) return "randomSeed()";
  if (sent.of === "decimal")
    return `lit(new Decimal(${JSON.stringify((sent.literal as { value: string }).value)}))`;
  return `lit(${JSON.stringify(sent.literal ?? null)})`;
}

// That this model gives what pyspark gives, for each count of arguments.
function check(
  { pyspark, parameters, order }: Signature,
  message: Message,
  count: number,
  hasRest: boolean,
  also = -1,
): void {
  if (message.function === undefined) return;
  const expected = order.flatMap((index) => {
    const parameter = parameters[index];
    if (parameter.isVariadic) return hasRest ? ["given", "given"] : [];
    if (index < count || index === also) return ["given"];
    return parameter.fallback === undefined ? [] : ["fallback"];
  });
  const sent = message.arguments!.map((argument) => {
    if (argument.seed || argument.of === "null" || argument.of === "decimal") return "fallback";
    if (argument.function !== undefined || argument.lambda !== undefined || argument.of === "boolean")
      return "any";
    const value = String(argument.column ?? argument.literal);
    return /^[ctkv]\d+$|^70\d\d$|^\d\.5$/.test(value) ? "given" : "fallback";
  });
  const isSame =
    sent.length === expected.length && sent.every((kind, i) => kind === "any" || kind === expected[i]);
  if (!isSame) {
    throw new Error(
      `${pyspark.name}: pyspark sends ${JSON.stringify(message.arguments)} for ${count} arguments and ${also}, not ${String(expected)}`,
    );
  }
}
