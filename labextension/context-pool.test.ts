import { describe, expect, test } from "vitest";
import { ContextPool, type ContextHolder } from "./context-pool.ts";

function holder(unseenSince?: number): ContextHolder & { unseenSince: number | undefined; yielded: number } {
  return {
    unseenSince,
    yielded: 0,
    yieldContext() {
      this.yielded++;
    },
  };
}

describe("a context pool", () => {
  test("takes the context of the cell that is out of sight the longest", () => {
    const pool = new ContextPool(3);
    const [seen, longest, shorter, next] = [holder(), holder(10), holder(20), holder()];
    for (const one of [seen, shorter, longest]) expect(pool.acquire(one)).toBe(true);
    expect(pool.acquire(next)).toBe(true);
    expect([seen, longest, shorter].map((one) => one.yielded)).toEqual([0, 1, 0]);
  });

  test("refuses when all are in sight, until one is released", () => {
    const pool = new ContextPool(1);
    const [first, second] = [holder(), holder()];
    expect(pool.acquire(first)).toBe(true);
    expect(pool.acquire(first)).toBe(true);
    expect(pool.acquire(second)).toBe(false);
    pool.release(first);
    expect(pool.acquire(second)).toBe(true);
    expect(first.yielded).toBe(0);
  });
});
