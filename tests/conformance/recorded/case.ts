// Cases: one line of text each, valid in TypeScript and, converted by recorder.py, in Python; an area is a file of them.
//
//   export const cases: readonly CaseEntry[] = [
//     'df([["abc", 1]], "s string, n int").select(F.lpad("s", 5, "#"), F.col("n").plus(1).alias("m"))',
//     ['df([[1]], "n int").summary()', gap("sail", "percentiles of one row")],
//   ];
//
// - A case gives a DataFrame, `value(…)` of what an action answers, or `printed(…)` of what it prints. An error is an
//   outcome too: its condition is recorded.
// - In scope: spark, F (functions), W (Window), T (types), df(rows, ddl), null, nan, inf, dec("1.20"),
//   ts("2020-01-01T00:00:00.123456Z"), ntz("…"), date("2020-01-01"), bytes("00ff"), map([[k, v]]), row(1, "a"),
//   row({ "a": 1 }), big("9223372036854775807"), each(3, (i) => …), name("c", i), steps(command, …, result),
//   use(frame, (d) => …).
// - Names are camelCase; an object as last argument whose keys are parameters of pyspark's method is its keyword arguments.
//   Columns have gt, geq, lt, leq, eq, neq, plus, minus, multiply, divide, mod, and, or, not, negate for operators.
// - Numbers with a point are floats in Python, also 1.0; without one they are ints. A table or view that a case makes has a name of its own, and is dropped first.
// - Rows are compared in order where the frame ends in a sort, else whatever their order.
//
// `SPARK_REMOTE=sc://… node tests/conformance/record.ts [area…]` records what is new, `--again` everything; then
// `ENGINES=sail npx vitest run tests/conformance/recorded.test.ts tests/conformance/plans.test.ts -t "part of a case"`.

/** Something that isn't as recorded, with the reason. It fails its test when it starts to be. */
export type Mark =
  | { readonly kind: "gap"; readonly where: "sail" | "spark" | "client"; readonly why: string }
  | { readonly kind: "differs"; readonly where: "plan"; readonly why: string }
  | { readonly kind: "otherError"; readonly where: "sail"; readonly why: string };

/** The text of a case, alone or with its marks. */
export type CaseEntry = string | readonly [text: string, ...marks: Mark[]];

export interface Case {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** An engine can't do this, or gives other values; or the client can't say it yet, on no engine. */
export function gap(where: "sail" | "spark" | "client", why: string): Mark {
  return { kind: "gap", where, why };
}

/** Our message is another one than pyspark's, and means the same. */
export function differs(where: "plan", why: string): Mark {
  return { kind: "differs", where, why };
}

/** The engine refuses as Spark does, but says it in words that no condition of Spark can be told from. */
export function otherError(where: "sail", why: string): Mark {
  return { kind: "otherError", where, why };
}

export function toCase(entry: CaseEntry): Case {
  if (typeof entry === "string") return { text: entry, marks: [] };
  const [text, ...marks] = entry;
  return { text, marks };
}

export function markOf({ marks }: Case, kind: Mark["kind"], ...where: readonly string[]): Mark | undefined {
  return marks.find((mark) => mark.kind === kind && where.includes(mark.where));
}
