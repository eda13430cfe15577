import { expect, test } from "vitest";
import { closeNames } from "./close-names.ts";

test("finds the name that a slip of the fingers meant", () => {
  const commands = ["start", "setup", "status", "help"];
  expect(closeNames("strat", commands)).toEqual(["start"]);
  expect(closeNames("hepl", commands)).toEqual(["help"]);
  expect(closeNames("Hots", ["bytes", "host", "port"])).toEqual(["host"]);
});

test("finds what begins with the word, however much is left to type", () => {
  expect(closeNames("sta", ["start", "setup", "status"])).toEqual(["start", "status"]);
  expect(closeNames("dest", ["src", "destination_address"])).toEqual(["destination_address"]);
});

test("puts fewer slips first and stops at three", () => {
  expect(closeNames("event_tim", ["event_dime", "event_time"])).toEqual(["event_time", "event_dime"]);
  expect(closeNames("col", ["col1", "col2", "col3", "col4"])).toHaveLength(3);
});

test("finds nothing that is another word altogether", () => {
  expect(closeNames("s", ["src", "d"])).toEqual(["src"]);
  expect(closeNames("x", ["y"])).toEqual([]);
  expect(closeNames("ip", ["id", "host"])).toEqual(["id"]);
  expect(closeNames("user", ["host", "port"])).toEqual([]);
  expect(closeNames("kubernetes", ["start", "setup"])).toEqual([]);
  expect(closeNames("", ["a", "host"])).toEqual([]);
});
