import { expect, test } from "vitest";
import { Signer } from "./signer.ts";

const frames = ["{}", "{}", "{}", '{"code":"1"}'].map((frame) => Buffer.from(frame));

test("accepts its own signature and nothing else", () => {
  const signer = new Signer("secret");
  const signature = signer.sign(frames);
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(signer.verify(Buffer.from(signature), frames)).toBe(true);
  expect(signer.verify(Buffer.from(signature.replace(/.$/, (c) => (c === "0" ? "1" : "0"))), frames)).toBe(
    false,
  );
  expect(signer.verify(Buffer.from(""), frames)).toBe(false);
});

test("refuses a message whose content was changed after signing", () => {
  const signer = new Signer("secret");
  const changed = [...frames.slice(0, 3), Buffer.from('{"code":"2"}')];
  expect(signer.verify(Buffer.from(signer.sign(frames)), changed)).toBe(false);
});

test("refuses the signature of another key", () => {
  const signature = Buffer.from(new Signer("other").sign(frames));
  expect(new Signer("secret").verify(signature, frames)).toBe(false);
});

test("an empty key means messages are not signed", () => {
  expect(new Signer("").sign(frames)).toBe("");
  expect(new Signer("").verify(Buffer.from(""), frames)).toBe(true);
});
