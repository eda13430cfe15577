import { expect, test } from "vitest";
import { EngineError } from "../engine-error.ts";
import { refuseBesideOthers } from "./sail-engine.ts";

const title = "the embedded engine (Sail)";

test("without a gate and with others on the machine, the engine isn't started, and the way out is named", () => {
  const refuse = () => refuseBesideOthers(title, "linux has no gate", ["ann", "ben", "eve", "joe", "zoe"]);
  expect(refuse).toThrow(EngineError);
  expect(refuse).toThrow(
    "The embedded engine (Sail) would be open to the other accounts of this machine (ann, ben, eve and 2 more) " +
      "and so it wasn't started: linux has no gate.\n" +
      "Use Spark with a token, SPARK_REMOTE=local[*] (`npm run setup -- --spark` installs it), " +
      "or give each person a container of their own.",
  );
});

test("without a gate, but alone on the machine, it is started", () => {
  expect(() => refuseBesideOthers(title, "linux has no gate", [])).not.toThrow();
});
