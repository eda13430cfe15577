import { describe, expect, test } from "vitest";
import { PlanError } from "../connect/plan-error.ts";
import { parameterCount, refuseSurplusOf } from "./surplus-arguments.ts";

describe("parameterCount", () => {
  test.each([
    ["f() { return 1; }", 0],
    ["f(a, b) {}", 2],
    ["async *f(a, b = 1,) {}", 2],
    ['f(a = ")", { b, c } = {}, [d, e] = [1, 2]) {}', 3],
    ["f(a = g(1, 2), /* b, */ c // d, e\n) {}", 2],
    ["f(a = [...x]) {}", 1],
    ["f(...all) {}", undefined],
    ["f(a, ...rest) {}", undefined],
    ["(a) => a", 1],
  ])("of %s is %s", (source, count) => expect(parameterCount(source)).toBe(count));
});

describe("refuseSurplusOf", () => {
  class Shop {
    static open(name: string) {
      return `${name} is open`;
    }
    readonly #stock = 7;
    count() {
      return this.#stock;
    }
    take(howMany = 1, _what?: string) {
      return this.#stock - howMany;
    }
    all(...things: unknown[]) {
      return things.length;
    }
  }
  const { count } = Shop.prototype;
  refuseSurplusOf(Shop);
  const shop = new Shop() as any;
  const refusal = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(PlanError);
      return (error as Error).message;
    }
    return undefined;
  };

  test("leaves calls as they are that fit", () => {
    expect([shop.count(), shop.take(), shop.take(2, "x"), shop.all(1, 2, 3)]).toEqual([7, 6, 5, 3]);
    expect([shop.take.name, shop.take.length, shop.count.length]).toEqual(["take", 0, 0]);
    expect(Shop.prototype.count).not.toBe(count);
  });

  test("says what to leave out", () => {
    expect(refusal(() => shop.count(5))).toBe(
      "count() was given 1 argument and takes none.\nLeave 5 out: count().",
    );
    expect(refusal(() => shop.take(1, "x", "y"))).toBe(
      'take() was given 3 arguments and takes 2.\nLeave "y" out.',
    );
    expect(refusal(() => (Shop as any).open("a", "b"))).toContain('Leave "b" out.');
  });

  test("lets what map() passes through where one argument is taken, and explains it elsewhere", () => {
    expect(["a", "b"].map(Shop.open)).toEqual(["a is open", "b is open"]);
    expect(refusal(() => [1, 2].map(shop.take, shop))).toContain(".map((each) => take(each))");
  });
});
