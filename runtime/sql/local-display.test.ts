import { tableFromArrays } from "apache-arrow";
import polars from "nodejs-polars";
import { expect, test } from "vitest";
import { localDisplay } from "./local-display.ts";

test("a local frame shows every digit of its integers, and all of its data as text", () => {
  const frame = polars.DataFrame({
    "<b>": ["<script>alert(1)</script>", null],
    big: [2n ** 60n, 1n],
    f: [1.5, Number.NaN],
  });
  const bundle = localDisplay(frame)!;
  expect(Object.keys(bundle)).toEqual(["text/html", "text/plain"]);
  expect(bundle["text/html"]).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(bundle["text/html"]).not.toMatch(/<script|<b>/);
  expect(bundle["text/plain"]).toContain("|1152921504606846976|1.5|");
  expect(bundle["text/plain"]).toMatch(/\| +NULL\| +1\|NaN\|\n.*\n2 rows$/);
});

test("what is left out of a long frame or Arrow table is counted", () => {
  const frame = polars.DataFrame({ n: Array.from({ length: 3000 }, (_, i) => i) });
  expect(localDisplay(frame)!["text/plain"]).toMatch(/\|19\.0\|\n.*\nshowing 20 of 3000 rows$/);
  const table = tableFromArrays({ n: Int32Array.from({ length: 21 }, (_, i) => i), s: Array(21).fill("x") });
  expect(localDisplay(table)!["text/plain"]).toMatch(/\| 19\| {2}x\|\n.*\nshowing 20 of 21 rows$/);
});

test("other values, and a thing that only looks like a frame, show themselves", () => {
  expect([null, 1, "x", {}, { batches: [], schema: { fields: 1 } }].map(localDisplay)).toEqual(
    Array(5).fill(undefined),
  );
  const broken = { writeIPCStream: () => Buffer.from("no Arrow"), limit: () => broken, height: 1 };
  expect(localDisplay(broken)).toBeUndefined();
});
