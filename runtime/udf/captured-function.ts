import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import { PlanError } from "../connect/plan-error.ts";
import { Accumulator } from "../rdd/accumulator.ts";
import type { BundleNode } from "../rdd/closures/bundle.ts";
import { capture } from "../rdd/closures/capture.ts";
import { libraries } from "./libraries.ts";
import { Decimal } from "../sql/decimal.ts";
import { Timestamp } from "../sql/timestamp.ts";
import type { FunctionSpec } from "./function-spec.ts";

/** A function with all it uses, as it is sent. */
export interface CapturedFunction {
  readonly spec: FunctionSpec;
  readonly payload: Uint8Array;
  /** The hash of the payload: workers keep functions under it. */
  readonly key: string;
  /** What must not be collected as long as it may be called. */
  readonly held: readonly object[];
}

/** A function, or a class for a table function. */
export type AnyFunction = ((...args: never[]) => unknown) | (new (...args: never[]) => unknown);

/**
 * Copies a function with everything it uses, as it is now.
 * @param method what it was given to, for messages
 * @throws ClosureError for what can't travel
 */
export function capturedFunction(
  method: string,
  fn: AnyFunction,
  spec: Omit<FunctionSpec, "closures">,
  isLocal: boolean,
): CapturedFunction {
  const warn = (message: string) => console.warn(message);
  const { bundle, held } = capture([{ method, fn }], {
    isLocal,
    warn,
    largeRemedy:
      "Take only what the function needs from it before, or put it in a file that the function reads.",
    provided: (provided ??= providedValues()),
    made,
  });
  if (!isLocal && held.some((shared) => shared instanceof Accumulator)) {
    warn(
      `The function given to ${method} adds to an accumulator, which is lost: on another machine's engine only the actions ` +
        "of RDDs count.\nCount with the engine: df.agg(sum(…)), or in rdd.foreach().",
    );
  }
  const whole = { ...spec, closures: bundle };
  const payload = serialize(whole);
  return { spec: whole, payload, key: createHash("sha256").update(payload).digest("base64url"), held };
}

let provided: ReadonlyMap<unknown, BundleNode> | undefined;

function providedValues(): ReadonlyMap<unknown, BundleNode> {
  const values = new Map<unknown, BundleNode>();
  for (const [library, exports] of Object.entries(libraries)) {
    values.set(exports, { kind: "provided", library, member: undefined });
    for (const [member, value] of Object.entries(exports)) {
      if (typeof value !== "function" && (typeof value !== "object" || value === null)) continue;
      values.set(value, { kind: "provided", library, member });
    }
  }
  return values;
}

/** Values of rows that a function may use from outside: copying their fields wouldn't make them. */
function made(value: object): BundleNode | undefined {
  if (value instanceof Timestamp)
    return { kind: "made", library: "sightline", member: "Timestamp", argument: value.epochMicros };
  if (value instanceof Decimal)
    return { kind: "made", library: "sightline", member: "Decimal", argument: String(value) };
  return undefined;
}

const kinds = new Map([
  ["AsyncFunction", "an async function"],
  ["AsyncGeneratorFunction", "an async generator function"],
]);

/**
 * Refuses what isn't a synchronous function.
 * @param example a right call
 */
export function checkFunction(method: string, fn: unknown, example: string): void {
  if (typeof fn !== "function") {
    const given = fn === null ? "null" : typeof fn;
    throw new PlanError(`${method} was given ${given}, not a function.`, `Pass one: ${example}`);
  }
  const kind = kinds.get(fn.constructor.name);
  if (kind === undefined) return;
  throw new PlanError(
    `${method} was given ${kind}, ${fn.name || "without a name"}; functions on executors are synchronous.`,
    `Fetch what it needs before, or make it wait for nothing: ${example}`,
  );
}
