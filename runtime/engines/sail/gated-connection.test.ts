import { expect, test } from "vitest";
import { portsOutside } from "./gated-connection.ts";

test("source ports lie where the system gives none away", () => {
  expect(portsOutside("32768\t60999\n")).toEqual([61_000, 65_536]);
  expect(portsOutside("32768\t65535\n")).toEqual([20_000, 32_768]);
  expect(portsOutside("1024\t65535\n")).toEqual([1024, 65_536]);
  expect(portsOutside("1024\t60000\n")).toEqual([60_001, 65_536]);
});
