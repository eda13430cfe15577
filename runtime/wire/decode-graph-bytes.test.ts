import { describe, expect, test } from "vitest";
import { decodeGraphBytes } from "./decode-graph-bytes.ts";
import { encodeGraphBytes } from "./encode-graph-bytes.ts";
import { PayloadError } from "./payload-error.ts";
import { textAt, utf8Column } from "./utf8-column.ts";

const good = encodeGraphBytes({
  nodeCount: 3,
  edgeCount: 2,
  nodeId: utf8Column(3, (i) => `n${i}`),
  edges: new Uint32Array([0, 1, 1, 2]),
  position: new Float32Array([0, 0, 1, 1, 2, 2]),
  pointLabel: utf8Column(3, (i) => `label ${i}`),
});

/** `good` with one u32 replaced. */
function patched(offset: number, value: number): Uint8Array<ArrayBuffer> {
  const bytes = good.slice();
  new DataView(bytes.buffer).setUint32(offset, value, true);
  return bytes;
}

describe("decodeGraphBytes", () => {
  test("refuses bytes that aren't a graph, are cut, or have another version", () => {
    expect(() => decodeGraphBytes(good.slice(0, 7))).toThrow(/7 bytes are too few/);
    expect(() => decodeGraphBytes(good.slice(0, 40))).toThrow(/ends before the directory/);
    expect(() => decodeGraphBytes(patched(0, 1))).toThrow(/first bytes/);
    expect(() => decodeGraphBytes(patched(4, 9))).toThrow(/version 9/);
  });

  test("refuses counts, columns and indexes that don't fit", () => {
    expect(() => decodeGraphBytes(patched(8, 0xffffffff))).toThrow(/more than a cell can hold/);
    expect(() => decodeGraphBytes(patched(8, 4))).toThrow(/column nodeId isn't 4 values/);
    expect(() => decodeGraphBytes(patched(24, 0xfffffffc))).toThrow(/column nodeId lies outside/);
    const edgesAt = new DataView(good.buffer).getUint32(16 + 16 + 8, true);
    expect(() => decodeGraphBytes(patched(edgesAt, 3))).toThrow(/leads to node 3, and there are 3 nodes/);
    const idsAt = new DataView(good.buffer).getUint32(16 + 8, true);
    expect(() => decodeGraphBytes(patched(idsAt + 4, 99))).toThrow(/overlap or lie outside/);
    const boxAt = new DataView(good.buffer).getUint32(16 + 32 + 8, true);
    expect(() => decodeGraphBytes(patched(boxAt + 8, 0x7fc00000))).toThrow(/box that no positions fit in/);
  });

  test("skips columns that it doesn't know", () => {
    const entry = 16 + 16 * 3;
    const bytes = patched(entry, 900 | (5 << 16));
    expect(decodeGraphBytes(bytes).pointLabel).toBeUndefined();
  });

  test("answers any damage with a graph that can be drawn or a PayloadError", () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 4294967296) * below);
    };
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      const bytes = good.slice(0, random(8) === 0 ? random(good.length) : good.length);
      for (let hit = 0; hit <= random(4) && bytes.length > 0; hit++)
        bytes[random(bytes.length)] = random(256);
      try {
        const table = decodeGraphBytes(bytes);
        for (let i = 0; i < table.nodeCount; i++) textAt(table.nodeId, i);
        expect(table.edges.every((node) => node < table.nodeCount)).toBe(true);
        expect(table.position?.every(Number.isFinite) ?? true).toBe(true);
      } catch (error) {
        if (!(error instanceof PayloadError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });
});
