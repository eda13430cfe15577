import { describe, expect, test } from "vitest";
import { decodeGraphPayload, encodeGraphPayload, type GraphPayload } from "./graph-payload.ts";
import { graphLimits, type GraphTable } from "./graph-table.ts";
import { PayloadError } from "./payload-error.ts";
import { textAt, utf8Column } from "./utf8-column.ts";

const ids = ["dc01", "wkstn-7", "日本", "", "<b>x</b>"];

function sample(): GraphTable {
  return {
    nodeCount: 5,
    edgeCount: 3,
    nodeId: utf8Column(5, (i) => ids[i]),
    edges: new Uint32Array([0, 1, 1, 2, 4, 4]),
    position: new Float32Array([-100, 0, 100, 50, 0, -50, 3, 4, 5, 6]),
    pointGroup: new Uint8Array([0, 0, 1, 255, 2]),
    pointColor: new Uint32Array([0xff0000ff, 0, 1, 2, 3]),
    edgeWeight: new Float32Array([1, 2.5, 0]),
    edgeTitle: utf8Column(3, (i) => `edge ${i}`),
  };
}

describe("a graph payload", () => {
  test("gives back every column that went in, and no others", async () => {
    const table = sample();
    const read = await decodeGraphPayload(JSON.parse(JSON.stringify(await encodeGraphPayload(table))));
    expect(ids.map((_, i) => textAt(read.nodeId, i))).toEqual(ids);
    expect(read.edges).toEqual(table.edges);
    expect(read.pointGroup).toEqual(table.pointGroup);
    expect(read.pointColor).toEqual(table.pointColor);
    expect(read.edgeWeight).toEqual(table.edgeWeight);
    expect(textAt(read.edgeTitle!, 2)).toBe("edge 2");
    expect(Object.keys(read).sort()).toEqual(Object.keys(table).sort());
    read.position!.forEach((value, i) => expect(Math.abs(value - table.position![i])).toBeLessThan(0.01));
  });

  test("holds an empty graph, and positions that aren't finite as the middle", async () => {
    const empty = { nodeCount: 0, edgeCount: 0, nodeId: utf8Column(0, String), edges: new Uint32Array(0) };
    expect((await decodeGraphPayload(await encodeGraphPayload(empty))).nodeCount).toBe(0);
    const odd = { ...empty, nodeCount: 2, nodeId: utf8Column(2, String) };
    const position = new Float32Array([NaN, Infinity, -Infinity, 7]);
    const read = await decodeGraphPayload(await encodeGraphPayload({ ...odd, position }));
    expect([...read.position!].every(Number.isFinite)).toBe(true);
  });

  test("cuts a text of ten megabytes at a character", () => {
    const column = utf8Column(1, () => "é".repeat(5_000_000), 101);
    expect(textAt(column, 0)).toBe("é".repeat(49) + "…");
  });

  test("says what is wrong, then what to do", async () => {
    const good = await encodeGraphPayload(sample());
    const problems: [Partial<Record<keyof GraphPayload, unknown>>, RegExp][] = [
      [{ version: 2 }, /version 2/],
      [{ encoding: "gzip" }, /encoding is "gzip"/],
      [{ data: 7 }, /no data/],
      [{ data: "%%" }, /isn't base64/],
      [{ data: "AAAA" }, /more than its 3 compressed bytes can hold|damaged/],
      [{ bytes: graphLimits.bytes + 1 }, /at most/],
      [{ bytes: good.bytes - 1 }, /more than the/],
      [{ bytes: good.bytes + 1 }, new RegExp(`holds ${good.bytes} bytes of`)],
      [{ nodes: 6 }, /declares 6 nodes/],
    ];
    for (const [change, message] of problems) {
      const error = await decodeGraphPayload({ ...good, ...change }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(PayloadError);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message.split("\n")[1]).toBe("Run its cell again to make the output anew.");
    }
    for (const nothing of [undefined, null, 3, "x", []]) {
      await expect(decodeGraphPayload(nothing)).rejects.toBeInstanceOf(PayloadError);
    }
  });

  test("refuses to pack more than readers accept", async () => {
    const huge = { ...sample(), nodeCount: graphLimits.nodes + 1 };
    await expect(encodeGraphPayload(huge)).rejects.toThrow(/\nPlot a part of it/);
  });
});
