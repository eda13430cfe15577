import { describe, expect, test } from "vitest";
import { AccumulatorLedger } from "./accumulator-ledger.ts";
import type { PlannedStage } from "./job-plan.ts";
import { type Carrier, rowsRelation } from "./stage-relation.ts";
import type { StageNode } from "./stage.ts";

const carrier: Carrier = {
  jobId: "job",
  added: new AccumulatorLedger(),
  job: { closures: { nodes: [], roots: [] } } as unknown as Carrier["job"],
  folder: undefined,
  scratchFolder: "",
  program: { path: "worker.cjs", source: new Uint8Array(), hash: "" },
  isLocal: true,
  sendsSource: false,
  cancelFile: "",
  settings: { node: "node", nodeHash: "", memory: 2048 },
  pythonVersion: "",
  maxTasks: 8,
  keepsOrder: false,
};

function rowsOf(node: StageNode, inputs: PlannedStage["inputs"] = []): PlannedStage {
  const schema = { type: "struct", fields: [{ name: "n", type: "integer", nullable: true }] } as const;
  return { node, sink: { kind: "rows", schema }, partitionCount: 1, inputs };
}

function text(size: number, isPacked = false) {
  const file = { url: "file:/a", path: "/a", size, codec: isPacked ? ("gzip" as const) : undefined };
  return rowsOf({ kind: "files", files: { method: "textFile", parts: [{ file, start: 0, end: size }] } });
}

describe("the rows of a DataFrame", () => {
  test("are ordered by a column that is dropped again, where the engine mixes tasks", () => {
    const { relType } = rowsRelation(text(1000), carrier);
    expect(relType.case).toBe("drop");
    expect(relType.value).toMatchObject({
      columnNames: ["__sightline_position"],
      input: { relType: { case: "sort", value: { input: { relType: { case: "mapPartitions" } } } } },
    });
  });

  test("are left as they come from an engine that keeps order, and from files above 256 MB", () => {
    const megabyte = 1 << 20;
    const shapeOf = (stage: PlannedStage, keepsOrder = false) =>
      rowsRelation(stage, { ...carrier, keepsOrder }).relType.case;
    expect(shapeOf(text(1000), true)).toBe("mapPartitions");
    expect(shapeOf(text(256 * megabyte))).toBe("drop");
    expect(shapeOf(text(257 * megabyte))).toBe("mapPartitions");
    expect(shapeOf(text(50 * megabyte, true))).toBe("drop");
    expect(shapeOf(text(52 * megabyte, true))).toBe("mapPartitions");
    const output = {
      partitions: 1,
      placement: { kind: "hash" },
      record: "pair",
      isGrouped: true,
      method: "groupByKey",
    } as const;
    const sink = { kind: "shuffle", id: 0, output, folder: "", firstSource: 0 } as const;
    const shuffle = {
      kind: "shuffle",
      id: 0,
      stage: { ...text(257 * megabyte), sink },
      output,
      folder: "",
    } as const;
    const shuffled = {
      kind: "shuffled",
      shuffles: [{ id: 0, mapPartitions: 1, folder: "" }],
      reduce: { mode: "group" },
    } as const;
    expect(shapeOf(rowsOf(shuffled, [shuffle]))).toBe("mapPartitions");
  });
});
