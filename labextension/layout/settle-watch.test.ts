import { describe, expect, test } from "vitest";
import { SettleWatch } from "./settle-watch.ts";

describe("a settle watch", () => {
  test("ends when the nodes rest, not while they move", () => {
    const watch = new SettleWatch(3);
    const at = (shift: number): Float32Array => Float32Array.of(0, 0, 100 + shift, 0, 0, 100);
    expect(watch.look(16, at(0))).toBe(false);
    expect(watch.look(32, at(5))).toBe(false);
    expect(watch.look(48, at(5.01))).toBe(false);
    expect(watch.look(64, at(5.02))).toBe(true);
  });

  test("ends at its last iteration, frozen by then", () => {
    const watch = new SettleWatch(100_000);
    expect(watch.heat(0)).toBe(1);
    expect(watch.heat(watch.maxIterations)).toBe(0);
    expect(watch.isDue(watch.maxIterations)).toBe(true);
    expect(watch.look(watch.maxIterations, new Float32Array(8))).toBe(true);
  });
});
