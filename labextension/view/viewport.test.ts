import { describe, expect, test } from "vitest";
import { boxOf, Viewport } from "./viewport.ts";

function fitted(): Viewport {
  const view = new Viewport();
  view.width = 800;
  view.height = 400;
  view.fit({ left: -100, right: 300, bottom: -50, top: 50 }, 20);
  return view;
}

describe("a viewport", () => {
  test("fits the whole box inside its margin", () => {
    const view = fitted();
    const [left, top] = view.toScreen(-100, 50);
    const [right, bottom] = view.toScreen(300, -50);
    expect([left, right]).toEqual([20, 780]);
    expect(top).toBeGreaterThanOrEqual(20);
    expect(bottom).toBeLessThanOrEqual(380);
  });

  test("zooms about the pointer: what is under it stays there", () => {
    const view = fitted();
    const before = view.toLayout(123, 77);
    view.zoomAbout(123, 77, 3);
    const after = view.toLayout(123, 77);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
    expect(view.zoom).toBeCloseTo(3);
  });

  test("pans with the pointer, and bounds how far it zooms", () => {
    const view = fitted();
    const [x, y] = view.toLayout(200, 200);
    view.pan(30, -10);
    expect(view.toScreen(x, y)).toEqual([expect.closeTo(230), expect.closeTo(190)]);
    for (let i = 0; i < 100; i++) view.zoomAbout(0, 0, 10);
    expect(view.zoom).toBeCloseTo(2000);
    for (let i = 0; i < 100; i++) view.zoomAbout(0, 0, 0.1);
    expect(view.zoom).toBeCloseTo(1 / 20);
  });

  test("shows one node, and no nodes, without dividing by nothing", () => {
    const view = new Viewport();
    view.width = view.height = 1;
    for (const positions of [Float32Array.of(5, 5), new Float32Array(0)]) {
      view.fit(boxOf(positions), 34);
      expect(Number.isFinite(view.scale) && view.scale > 0).toBe(true);
    }
  });
});
