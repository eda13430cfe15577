// Closures of every kind, each in a cell of a notebook and in a plain script.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../support/engines.ts";
import { asyncCases } from "./async-cases.ts";
import { cellCases } from "./cell-cases.ts";
import { classCases } from "./class-cases.ts";
import type { ClosureCase } from "./closure-case.ts";
import { functionCases } from "./function-cases.ts";
import { moduleCases, moduleFiles } from "./module-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import { caseFolder, CellRunner, type Outcome, removeFolder, runScripts, show } from "./run-cases.ts";
import { traceCases } from "./trace-cases.ts";
import { valueCases } from "./value-cases.ts";

const suites = {
  functions: functionCases,
  classes: classCases,
  values: valueCases,
  "async functions": asyncCases,
  cells: cellCases,
  modules: moduleCases,
  "what can't travel": refusalCases,
  "stack traces": traceCases,
};
const all = Object.values(suites).flat();

test("there are at least 150 captures, none twice", () => {
  const programs = all.map(({ cells = [], value }) => [...cells, value].join("\n"));
  expect(new Set(programs).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(150);
});

function check({ gives, shows, refuses, throwsAt }: ClosureCase, outcome: Outcome): void {
  const { value, error, frames } = outcome;
  if (throwsAt) {
    expect(frames?.slice(0, throwsAt.length), JSON.stringify(outcome)).toEqual(throwsAt);
    return;
  }
  if (refuses) {
    expect(value).toBeUndefined();
    const [first, ...rest] = error!.message.split("\n");
    expect(first).toContain(refuses[0]);
    expect(rest.join("\n")).toContain(refuses[1]);
    return;
  }
  expect(error).toBeUndefined();
  expect(value).toBe(shows ?? show(gives));
}

describe.each(engines)("a closure on %s", (engine) => {
  let folder: string;
  beforeAll(() => void (folder = caseFolder(moduleFiles)));
  afterAll(() => removeFolder(folder));

  describe("in cells", () => {
    let runner: CellRunner;
    beforeAll(async () => void (runner = await CellRunner.start(engine, folder)), 240_000);
    afterAll(() => runner?.stop());
    describe.each(Object.entries(suites))("%s", (_, cases) => {
      test.each(cases.filter(({ only }) => only !== "script").map((one) => [one.name, one] as const))(
        "%s",
        async (_name, one) => {
          check(one, await runner.run(one));
        },
      );
    });
  });

  describe("in a script", () => {
    const outcomes = new Map<ClosureCase, Outcome>();
    beforeAll(async () => {
      for (const isTransformed of [false, true]) {
        const cases = all.filter(
          (one) => one.only !== "cell" && (one.isTransformed ?? false) === isTransformed,
        );
        const done = await runScripts(engine, folder, cases, { isTransformed });
        for (const [index, one] of cases.entries()) outcomes.set(one, done[index]);
      }
    }, 600_000);
    describe.each(Object.entries(suites))("%s", (_, cases) => {
      test.each(cases.filter(({ only }) => only !== "cell").map((one) => [one.name, one] as const))(
        "%s",
        (_name, one) => {
          check(one, outcomes.get(one)!);
        },
      );
    });
  });
});
