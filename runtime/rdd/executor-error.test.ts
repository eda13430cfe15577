import { describe, expect, test } from "vitest";
import { EngineError } from "../engines/engine-error.ts";
import { ClosureError } from "./closures/closure-error.ts";
import { executorError, executorFailure } from "./executor-error.ts";
import { closureFailure, failureText } from "./worker/failure-text.ts";

/** An engine's message around a worker's, as both engines make them. */
function fromEngine(text: string): Error {
  return new Error(
    `Job aborted: Traceback (most recent call last):\n  File "x"\nRuntimeError: ${text}\n\nDriver stacktrace:`,
  );
}

function holdingItself(): object {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}

const throwing = {
  get() {
    throw new Error("not to be looked at");
  },
};

describe("a failure on an executor", () => {
  test("survives the engine's message and becomes a ClosureError with the user's frames", () => {
    const thrown = new RangeError("tief 漢");
    thrown.stack =
      "RangeError: tief\n    at parse (Cell [4].ts:2:9)\n    at step (/x/rdd-worker.cjs:1:1)\n    at node:vm:1:1";
    const error = executorError(
      fromEngine(failureText(closureFailure(thrown, "/x/rdd-worker.cjs", '"line"', 3))),
    ) as ClosureError;
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message.split("\n")).toEqual([
      "RangeError: tief 漢",
      'A function failed on an executor, in partition 3, at the record "line". Mend the function, or filter such records out before.',
    ]);
    expect(error.stack).toMatch(
      /^ClosureError: RangeError: tief 漢\n.*\n {4}at parse \(Cell \[4\]\.ts:2:9\)$/,
    );
    expect(error).toMatchObject({
      partition: 3,
      record: '"line"',
      cause: { name: "RangeError", message: "tief 漢" },
    });
  });

  test("keeps the causes of what was thrown, with their frames", () => {
    const root = new SyntaxError("bad json");
    root.stack = "SyntaxError: bad json\n    at read (Cell [2].ts:1:5)";
    const thrown = new Error("no config", { cause: new TypeError("unreadable", { cause: root }) });
    const error = executorError(fromEngine(failureText(closureFailure(thrown, "worker", "", 0)))) as Error;
    expect(error.cause).toMatchObject({
      message: "no config",
      cause: { name: "TypeError", cause: { name: "SyntaxError", message: "bad json", stack: root.stack } },
    });
  });

  test.each<[unknown, string]>([
    [Object.create(null), "threw {}"],
    [{ code: NaN }, 'threw {"code":NaN}'],
    [Symbol("s"), "threw Symbol(s)"],
    [undefined, "threw undefined"],
    [{ toString: () => "its own words" }, "threw its own words"],
    [holdingItself(), "threw <ref *1> { self: [Circular *1] }"],
  ])("says that %o was thrown", (thrown, message) => {
    expect(closureFailure(thrown, "worker", "", 0)).toMatchObject({ name: "Error", message });
  });

  test("stays below what Spark lets through, however much was thrown", () => {
    const cause = new Error("c".repeat(100_000), { cause: new Error("d".repeat(100_000)) });
    const thrown = new Error("m".repeat(100_000), { cause });
    thrown.stack = `Error\n${Array.from({ length: 500 }, (_, i) => `    at f${i} (Cell [${i}].ts:${i}:${i * 7})`).join("\n")}`;
    expect(failureText(closureFailure(thrown, "worker", "r".repeat(200), 1)).length).toBeLessThan(1500);
  });

  test.each([
    ["node", "Install it on every executor"],
    ["node", 'spark.conf.set("spark.sightline.node.path", "/opt/node/bin/node")'],
    ["node", 'spark.conf.set("spark.sightline.node.archive", "true")'],
    ["memory", 'spark.conf.set("spark.sightline.worker.memory", "4g")'],
    ["missing", "rdd.toDF()"],
    ["crash", "Run it again"],
  ] as const)("of kind %s says what to do", (kind, remedy) => {
    const error = executorError(fromEngine(failureText({ kind, message: "It is gone." }))) as Error;
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message.split("\n")).toEqual(["It is gone.", expect.stringContaining(remedy)]);
  });

  test("says so when what was thrown throws itself when it is looked at", () => {
    const broken = Object.defineProperty(new Error("x"), "message", throwing);
    expect(closureFailure(new Proxy({}, throwing), "worker", "", 0).message).toBe(
      "threw a Proxy that can't be read",
    );
    expect(closureFailure(broken, "worker", "", 0).message).toBe("threw an Error that can't be read");
  });

  test("is found behind words of the user's that look like one", () => {
    const thrown = new Error("<sightline:abcd>");
    const error = executorError(fromEngine(failureText(closureFailure(thrown, "worker", "", 0)))) as Error;
    expect(error.message).toContain("Error: <sightline:abcd>\nA function failed");
  });

  test("has no frames of ours where what was thrown has none", () => {
    const error = executorError(fromEngine(failureText(closureFailure("text", "worker", "", 0)))) as Error;
    expect(error.stack).toBe(`ClosureError: ${error.message}`);
  });

  test("other errors pass, also those with a cut failure", () => {
    const other = new Error("[TABLE_NOT_FOUND] x");
    expect(executorError(other)).toBe(other);
    expect(executorFailure(new Error("<sightline:abcd>"))).toBeUndefined();
  });
});
