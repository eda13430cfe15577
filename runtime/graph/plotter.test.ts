import { Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import polars from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { decodeGraphPayload, graphMimeType, type GraphPayload } from "../wire/graph-payload.ts";
import { textAt } from "../wire/utf8-column.ts";
import { graphistry } from "./graphistry.ts";
import type { Plot } from "./plot.ts";
import { PlotError } from "./plot-error.ts";

const ends = { source: "src", destination: "dst" };
const src = ["dc01", "dc01", null, "a host name beyond twelve bytes", "dc01"];
const dst = ["ws1", "dc01", "ws1", "ws1", "ws1"];
const rows = src.map((from, i) => ({ src: from, dst: dst[i], bytes: i }));

async function show(plot: Plot): Promise<Record<string, unknown>> {
  const display = (plot as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[
    Symbol.for("Jupyter.display")
  ];
  return display.call(plot);
}

async function edgesOf(plot: Plot): Promise<string[]> {
  const graph = await decodeGraphPayload((await show(plot))[graphMimeType]);
  return Array.from(
    { length: graph.edgeCount },
    (_, i) => `${textAt(graph.nodeId, graph.edges[2 * i])} > ${textAt(graph.nodeId, graph.edges[2 * i + 1])}`,
  );
}

const expected = ["dc01 > ws1", "dc01 > dc01", "a host name beyond twelve bytes > ws1", "dc01 > ws1"];

describe("graphistry.plot", () => {
  test("reads rows, polars frames and Arrow tables alike, dictionaries and plain texts", async () => {
    const plain = new Table({ src: vectorFromArray(src, new Utf8()), dst: vectorFromArray(dst, new Utf8()) });
    const coded = new Table({ src: vectorFromArray(src), dst: vectorFromArray(dst) });
    const frame = polars.DataFrame({ src, dst, unread: [1, 2, 3, 4, 5] });
    for (const data of [rows, plain, coded, frame]) {
      const plot = graphistry.bind(ends).plot(data as typeof rows);
      expect(await edgesOf(plot)).toEqual(expected);
      expect(String(plot)).toBe("Graph: 3 nodes, 4 edges (1 row without an id left out)");
    }
  });

  test("reads the slice of an Arrow table, and only nodes that its rows use", async () => {
    const table = new Table({ src: vectorFromArray(src), dst: vectorFromArray(dst) }).slice(3, 4);
    expect(await edgesOf(graphistry.bind(ends).plot(table))).toEqual([expected[2]]);
  });

  test("takes the number 5 and the text 5 as one node, and NaN as none", async () => {
    const numbers = tableFromArrays({ src: Float64Array.of(5, NaN, 7), dst: Int32Array.of(7, 1, 5) });
    expect(await edgesOf(graphistry.bind(ends).plot(numbers))).toEqual(["5 > 7", "7 > 5"]);
    expect(
      graphistry.bind(ends).plot([
        { src: 5, dst: "5" },
        { src: 5n, dst: "5" },
      ]).nodeCount,
    ).toBe(1);
  });

  test("brings the columns it needs of a Spark DataFrame, and answers with a promise", async () => {
    const asked: string[][] = [];
    const spark = {
      schema: () => Promise.resolve({ fields: [{ name: "src" }, { name: "d.st" }, { name: "other" }] }),
      select: (...columns: string[]) => (asked.push(columns), spark),
      toArrow: () =>
        Promise.resolve(new Table({ src: vectorFromArray(["a"]), "d.st": vectorFromArray(["b"]) })),
    };
    const plot = graphistry.edges(spark, "src", "d.st").plot();
    expect(plot).toBeInstanceOf(Promise);
    expect((await plot).edgeCount).toBe(1);
    expect(asked).toEqual([["src", "`d.st`"]]);
    const failing = graphistry.edges(spark, "scr", "d.st").plot();
    await expect(failing).rejects.toThrow(
      /No column `scr` in the edges \[src, d\.st, other\]\.\nDid you mean `src`\?/,
    );
  });

  test("shows a payload, a PNG of the declared size and counts", async () => {
    const bundle = await show(graphistry.bind(ends).name("logons").settings({ height: 9000 }).plot(rows));
    expect(Object.keys(bundle)).toEqual([graphMimeType, "image/png", "text/plain"]);
    expect(bundle["text/plain"]).toMatch(/^Graph: 3 nodes, 4 edges/);
    expect(bundle[graphMimeType] as GraphPayload).toMatchObject({
      nodes: 3,
      edges: 4,
      name: "logons",
      heightPx: 2000,
    });
    const png = Buffer.from(bundle["image/png"] as string, "base64");
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 600]);
  });

  test("draws no rows, one node and a self loop", async () => {
    for (const data of [[], [{ src: "a", dst: "a" }], [{ src: null, dst: "a" }]]) {
      const bundle = await show(graphistry.bind(ends).plot(data));
      const graph = await decodeGraphPayload(bundle[graphMimeType]);
      expect(graph.position?.every(Number.isFinite)).toBe(true);
    }
  });

  test("keeps the node table's order, adds nodes that only edges name, and reads looks by node", async () => {
    const nodes = [
      { id: "ws1", what: "Workstation", risk: 3, site: "#ff0000" },
      { id: "ws1", what: "second row of the same id", risk: 9, site: "#00ff00" },
      { id: null, what: "nothing", risk: 1, site: "x" },
      { id: "alone", what: "no edges", risk: 1, site: null },
    ];
    const look = { pointTitle: "what", pointSize: "risk", pointColor: "site", edgeWeight: "bytes" };
    const plot = graphistry
      .nodes(nodes, "id")
      .bind({ ...ends, ...look })
      .plot(rows);
    const graph = await decodeGraphPayload((await show(plot))[graphMimeType]);
    const ids = Array.from({ length: graph.nodeCount }, (_, i) => textAt(graph.nodeId, i));
    expect(ids).toEqual(["ws1", "alone", "dc01", "a host name beyond twelve bytes"]);
    expect(ids.map((_, i) => textAt(graph.pointTitle!, i))).toEqual(["Workstation", "no edges", "", ""]);
    expect([...graph.pointSize!].slice(0, 2)).toEqual([3, 1]);
    expect([...graph.pointColor!]).toEqual([0xff0000ff, 0, 0, 0]);
    expect([...graph.edgeWeight!]).toEqual([0, 1, 3, 4]);
    expect(plot.droppedRows).toBe(2);
  });

  test("lays out edges of any weight: none, negative, huge, not a number", async () => {
    const weights = [0, -5, 1e300, NaN, null, 2n];
    const data = Array.from({ length: 60 }, (_, i) => ({
      src: `a${i % 13}`,
      dst: `b${i % 7}`,
      w: weights[i % 6],
    }));
    const bundle = await show(graphistry.bind({ ...ends, edgeWeight: "w" }).plot(data));
    const graph = await decodeGraphPayload(bundle[graphMimeType]);
    expect(graph.position!.every(Number.isFinite)).toBe(true);
    expect(new Set(graph.position).size).toBeGreaterThan(20);
  });

  test("makes the same picture of the same data", async () => {
    const data = Array.from({ length: 400 }, (_, i) => ({ src: `n${i % 97}`, dst: `n${(i * 7) % 89}` }));
    const [first, second] = await Promise.all([1, 2].map(() => show(graphistry.bind(ends).plot(data))));
    expect(first["image/png"]).toBe(second["image/png"]);
    expect(first[graphMimeType]).toEqual(second[graphMimeType]);
  });

  test("leaves a plotter as it is when another is made from it", () => {
    const base = graphistry.bind({ source: "src" });
    base.bind({ destination: "dst" });
    expect(() => base.plot(rows)).toThrow(/No column is bound as the destination/);
    expect(graphistry.register({ username: "me", server: "hub" })).toBe(graphistry);
  });

  test("says what is wrong on the first line and what to do on the second", () => {
    const cases: [() => unknown, RegExp, RegExp][] = [
      [
        () => graphistry.bind({ ...ends, source: "scr" }).plot(rows),
        /`scr` in the edges \[src, dst, bytes\]/,
        /`src`/,
      ],
      [() => graphistry.bind({ ...ends, edgeWeight: "zzzzzz" }).plot(rows), /`zzzzzz`/, /Name one of these/],
      [() => graphistry.plot(rows), /No column is bound as the source/, /graphistry\.bind\(\{ source/],
      [() => graphistry.bind(ends).plot(), /no edges to plot/, /\.plot\(frame\)/],
      [() => graphistry.bind(ends).plot(7 as never), /edges are a number/, /Pass a Spark DataFrame/],
      [() => graphistry.bind(ends).plot(Promise.resolve(rows) as never), /a promise \(await it\)/, /Pass/],
      [() => graphistry.bind(ends).plot([1] as never), /Row 0 of the edges is a number/, /Pass rows/],
      [() => graphistry.bind({ ...ends, pointColor: "c" }).plot(rows), /no node table/, /\.nodes\(/],
      [() => graphistry.bind(ends).nodes([]).plot(rows), /id of the nodes/, /\.nodes\(frame, "id"\)/],
      [() => graphistry.bind({ sorce: "a" } as never), /`sorce` in the bindings/, /Did you mean `source`/],
      [() => graphistry.bind(undefined as never), /column names, and got undefined/, /Pass one: .*source/],
      [() => graphistry.bind(null as never), /column names, and got null/, /Pass one: .*source/],
      [() => graphistry.bind("s" as never), /column names, and got "s"/, /Pass one: .*destination/],
      [() => graphistry.bind(["a"] as never), /column names, and got \[/, /Pass one/],
      [
        () => graphistry.bind({ ...ends, source: "s" }).plot([{ src: 1, d: 2 }]),
        /No column `s` in the edges \[src, d\]/,
        /^Did you mean `src`\?$/,
      ],
      [
        () => graphistry.bind({ source: 3 } as never),
        /takes the name of a column, and got 3/,
        /Pass it as text/,
      ],
    ];
    for (const [act, what, remedy] of cases) {
      let caught: unknown;
      try {
        act();
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(PlotError);
      const [first, second] = (caught as Error).message.split("\n");
      expect(first).toMatch(what);
      expect(second).toMatch(remedy);
    }
  });
});
