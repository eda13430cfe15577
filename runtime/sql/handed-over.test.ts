import { expect, test } from "vitest";
import { handedOver } from "./handed-over.ts";

test("each thing is given when it is asked for, and no sooner", async () => {
  const log: string[] = [];
  const things = handedOver<number>(async (give) => {
    for (let i = 0; i < 3; i++) {
      log.push(`make ${i}`);
      await give(i);
    }
  });
  expect(log).toEqual([]);
  for await (const each of things) log.push(`take ${each}`);
  expect(log).toEqual(["make 0", "take 0", "make 1", "take 1", "make 2", "take 2"]);
});

test("who leaves ends the work, and waits for its end", async () => {
  const log: string[] = [];
  const things = handedOver<number>(async (give) => {
    let i = 0;
    while (await give(i++));
    await Promise.resolve();
    log.push(`ended after ${i}`);
  });
  for await (const each of things) if (each === 1) break;
  expect(log).toEqual(["ended after 2"]);
});

test("a failure is thrown behind what was given before it", async () => {
  const seen: number[] = [];
  const things = handedOver<number>(async (give) => {
    await give(1);
    throw new Error("broken");
  });
  const read = async () => {
    for await (const each of things) seen.push(each);
  };
  await expect(read()).rejects.toThrow("broken");
  expect(seen).toEqual([1]);
});
