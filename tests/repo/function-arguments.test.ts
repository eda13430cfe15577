// Every function of `functions`, called as people call it by mistake: it makes a column that means something, or says
// what to pass.
import { toBinary, toJson } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { ExpressionSchema } from "../../runtime/connect/generated/expressions_pb.js";
import { Column, DataFrame, functions, PlanError } from "../../runtime/index.ts";
import { idleFrame } from "../../runtime/sql/test-frame.fixture.ts";
import { badValues, garbageIn, spare } from "./arguments/bad-values.ts";
import { validCall } from "./arguments/valid-call.ts";

type Callback = (...args: unknown[]) => unknown;

/** Those that take code or a DataFrame are called in method-arguments.test.ts. */
const elsewhere = new Set(["udf", "udtf", "pandasUdf", "arrowUdf", "arrowUdtf", "broadcast"]);

/** The beginnings of calls that trying doesn't find, since these functions look at several arguments at once. */
const begun: Readonly<Record<string, readonly unknown[]>> = {
  convertTimezone: ["n", "n", "n"],
  jsonTuple: ["n", "n"],
  sha2: ["n", 256],
};

const all = Object.entries(functions as unknown as Record<string, Callback>).filter(
  ([name, f]) => typeof f === "function" && !elsewhere.has(name),
);

test("there are functions to call", () => expect(all.length).toBeGreaterThan(500));

describe.each(all)("%s", (name, f) => {
  test("makes a column, or says what to pass", () => {
    const { fewest, most } = validCall(f, begun[name]);
    for (let count = 0; count < fewest.length; count++) {
      expect(outcome(f, fewest.slice(0, count)), `with ${count} arguments`).toBe("refused");
    }
    const tooMany = [...most, spare];
    const answer = outcome(f, tooMany);
    if (answer !== "refused") expect(answer, "with a spare argument").toContain(spare);
    for (const at of most.keys()) {
      for (const [what, bad] of Object.entries(badValues)) {
        const answer = outcome(f, most.with(at, bad));
        const context = `${name} with ${what} as argument ${at + 1}`;
        expect(garbageIn(answer === "refused" ? [] : JSON.parse(answer)), context).toEqual([]);
      }
    }
  });
});

test("broadcast takes a DataFrame alone", () => {
  const broadcast = functions.broadcast as Callback;
  expect(broadcast(idleFrame())).toBeInstanceOf(DataFrame);
  for (const bad of Object.values(badValues)) expect(() => broadcast(bad)).toThrow(PlanError);
  expect(() => broadcast(idleFrame(), spare)).toThrow(PlanError);
});

/** "refused", or the column's message as JSON. @throws what isn't a refusal */
function outcome(f: Callback, args: readonly unknown[]): string {
  let column: unknown;
  try {
    column = f(...args);
  } catch (error) {
    if (error instanceof PlanError) return "refused";
    throw error;
  }
  if (!(column instanceof Column)) throw new Error("It gave no column.");
  try {
    toBinary(ExpressionSchema, column.expression);
  } catch (error) {
    // A message that can't be encoded: of a job it is a PlanError, runtime/connect/text-encoding.ts.
    if (/has half of a surrogate pair/.test(String(error))) return "refused";
    throw error;
  }
  return JSON.stringify(toJson(ExpressionSchema, column.expression));
}
