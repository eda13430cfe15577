import { expect, test } from "vitest";
import { decodeMessage, MessageEncoder } from "./message.ts";
import { Signer } from "./signer.ts";

const signer = new Signer("key");
const encode = (parent?: Parameters<MessageEncoder["encode"]>[0]["parent"]) =>
  new MessageEncoder(signer)
    .encode({
      type: "stream",
      content: { text: "é𝒳" },
      identities: ["who"],
      parent,
      buffers: [Buffer.from([1, 2])],
    })
    .map((frame) => Buffer.from(frame as string));

test("reads back what was written: identities, content and buffers", () => {
  const message = decodeMessage(encode(), signer);
  expect(message.identities.map(String)).toEqual(["who"]);
  expect(message.header.msg_type).toBe("stream");
  expect(message.content).toEqual({ text: "é𝒳" });
  expect(message.buffers).toEqual([Buffer.from([1, 2])]);
  expect(message.parentHeader).toEqual({});
});

test("an answer names the header of its parent unchanged, with fields that we don't know", () => {
  const headerFrame = Buffer.from('{"msg_id":"1","msg_type":"execute_request","subshell_id":"x"}');
  const parent = { identities: [], header: JSON.parse(String(headerFrame)), headerFrame };
  expect(decodeMessage(encode(parent), signer).parentHeader).toEqual(parent.header);
});

test("says what is wrong with a broken message", () => {
  expect(() => decodeMessage([Buffer.from("x")], signer)).toThrow("without the delimiter");
  expect(() => decodeMessage(encode().slice(0, 5), signer)).toThrow(
    "3 frames after the delimiter instead of 5",
  );
  const tampered = encode();
  tampered[6] = Buffer.from('{"text":"other"}');
  expect(() => decodeMessage(tampered, signer)).toThrow("signature is wrong");
  const unsigned = new Signer("");
  const parts = ["<IDS|MSG>", "", "{}", "{}", "{}", "{"].map((part) => Buffer.from(part));
  expect(() => decodeMessage(parts, unsigned)).toThrow("header without msg_type");
  parts[2] = Buffer.from('{"msg_type":"a","msg_id":"b"}');
  expect(() => decodeMessage(parts, unsigned)).toThrow("content that isn't JSON");
  parts[5] = Buffer.from("[]");
  expect(() => decodeMessage(parts, unsigned)).toThrow("content that isn't an object");
});
