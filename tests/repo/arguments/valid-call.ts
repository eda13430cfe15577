// Finds arguments that a function takes by trying, so that a new function is tested without a word about it.
import { col, PlanError } from "../../../runtime/index.ts";

type Callback = (...args: unknown[]) => unknown;

const candidates: readonly unknown[] = [
  "n",
  2,
  256,
  true,
  "1 minute",
  (x: unknown) => x,
  (x: unknown, _y: unknown) => x,
  (_k: unknown, x: unknown, _y: unknown) => x,
  new Uint8Array([1]),
  col("n").gt(1),
  { mode: "PERMISSIVE" },
];

/** Arguments of which the function makes a column: the fewest, and as many as it takes up to eight. */
export function validCall(
  f: Callback,
  begun: readonly unknown[] = [],
): {
  readonly fewest: readonly unknown[];
  readonly most: readonly unknown[];
} {
  let args = begun;
  for (let refused = refusalOf(f, args); refused !== undefined; refused = refusalOf(f, args)) {
    const next = candidates.find((each) => {
      const then = refusalOf(f, [...args, each]);
      return then === undefined || argumentOf(then) !== argumentOf(refused!);
    });
    if (next === undefined || args.length > 8) throw new Error(`No valid call found: ${refused}`);
    args = [...args, next];
  }
  return { fewest: args, most: extended(f, args) };
}

function extended(f: Callback, args: readonly unknown[]): readonly unknown[] {
  if (args.length === 8) return args;
  const next = candidates.find((each) => refusalOf(f, [...args, each]) === undefined);
  return next === undefined ? args : extended(f, [...args, next]);
}

function refusalOf(f: Callback, args: readonly unknown[]): string | undefined {
  try {
    f(...args);
    return undefined;
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
}

function argumentOf(message: string): string {
  return /for `([^`]+)`|as (\w+)\./.exec(message)?.slice(1).find(Boolean) ?? message;
}
