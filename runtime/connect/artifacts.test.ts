import { toJsonString } from "@bufbuild/protobuf";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { artifactRequests } from "./artifacts.ts";
import { type AddArtifactsRequest, AddArtifactsRequestSchema } from "./generated/base_pb.js";

const identity = { sessionId: "s", clientType: "t", userContext: { userId: "u", userName: "u" } };

const toJsons = (requests: readonly AddArtifactsRequest[]) =>
  requests.map((request) => toJsonString(AddArtifactsRequestSchema, request));

test("files and bytes are cut into chunks of 32 KiB, each with its checksum; small ones are sent whole", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-chunks-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { empty: "", small: "abc", whole: "x".repeat(32 * 1024), large: "y".repeat(70_000) };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const artifacts = Object.keys(files).map((name) => ({ name: `files/${name}`, path: join(folder, name) }));
  const requests = await Array.fromAsync(artifactRequests(identity, artifacts));
  const inMemory = Object.entries(files).map(([name, content]) => ({
    name: `files/${name}`,
    bytes: Buffer.from(content),
  }));
  expect(toJsons(await Array.fromAsync(artifactRequests(identity, inMemory)))).toEqual(toJsons(requests));
  expect(requests.map(({ payload }) => payload.case)).toEqual([
    "batch",
    "batch",
    "batch",
    "beginChunk",
    "chunk",
    "chunk",
  ]);
  const [empty, small, whole, first, ...rest] = requests.map(({ payload }) => payload.value as any);
  expect(empty.artifacts[0].data.data.length).toBe(0);
  expect(Buffer.from(small.artifacts[0].data.data).toString()).toBe("abc");
  expect(small.artifacts[0].data.crc).toBe(BigInt(crc32("abc")));
  expect(whole.artifacts[0].name).toBe("files/whole");
  expect([first.name, first.totalBytes, first.numChunks]).toEqual(["files/large", 70_000n, 3n]);
  expect([first.initialChunk, ...rest].map(({ data }) => data.length)).toEqual([32_768, 32_768, 4464]);
});
