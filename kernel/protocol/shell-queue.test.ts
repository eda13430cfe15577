import { expect, test } from "vitest";
import type { Message } from "./message.ts";
import { ShellQueue } from "./shell-queue.ts";

const message = (msg_type: string) => ({ header: { msg_type } }) as Message;

test("starts the next request when the one before is finished", () => {
  const started: string[] = [];
  const queue = new ShellQueue(({ message }) => started.push(message.header.msg_type));
  queue.push(message("a"));
  queue.push(message("b"));
  expect(started).toEqual(["a"]);
  queue.finish();
  expect(started).toEqual(["a", "b"]);
  queue.finish();
  expect(queue.current).toBeUndefined();
});

test("gives up waiting cells, but no other requests", () => {
  const started: string[] = [];
  const queue = new ShellQueue(({ message }) => started.push(message.header.msg_type));
  for (const type of ["execute_request", "execute_request", "complete_request", "execute_request"])
    queue.push(message(type));
  expect(queue.takeCells()).toHaveLength(2);
  queue.finish();
  expect(started).toEqual(["execute_request", "complete_request"]);
});
