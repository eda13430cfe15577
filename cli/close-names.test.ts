import { expect, test } from "vitest";
import { closeNames } from "./close-names.ts";

test("finds the name that a slip of the fingers meant", () => {
  const names = ["start", "setup", "status", "help"];
  expect(closeNames("strat", names)).toEqual(["start"]);
  expect(closeNames("hepl", names)).toEqual(["help"]);
  expect(closeNames("sta", names)).toEqual(["start", "status"]);
});

test("finds nothing for a word that is far from all", () => {
  expect(closeNames("kubernetes", ["start", "setup"])).toEqual([]);
});
