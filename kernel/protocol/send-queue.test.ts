import { expect, test } from "vitest";
import { SendQueue } from "./send-queue.ts";

test("sends one at a time, in order, and again what found a full queue", async () => {
  const sent: string[] = [];
  let refusals = 2;
  let isSending = false;
  const queue = new SendQueue({
    async send([text]) {
      expect(isSending).toBe(false);
      isSending = true;
      await Promise.resolve();
      isSending = false;
      if (text === "b" && refusals-- > 0) throw Object.assign(new Error("busy"), { code: "EAGAIN" });
      sent.push(String(text));
    },
  });
  void queue.send(["a"]);
  void queue.send(["b"]);
  void queue.send(["c"]);
  await queue.settled();
  expect(sent).toEqual(["a", "b", "c"]);
});

test("goes on after a message that can't be sent", async () => {
  const sent: string[] = [];
  const queue = new SendQueue({
    async send([text]) {
      if (text === "a") throw new Error("gone");
      sent.push(String(text));
    },
  });
  await queue.send(["a"]);
  await queue.send(["b"]);
  expect(sent).toEqual(["b"]);
});
