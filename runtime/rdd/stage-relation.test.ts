import { describe, expect, test } from "vitest";
import type { PlannedStage } from "./job-plan.ts";
import { type Carrier, rowsRelation } from "./stage-relation.ts";
import type { StageSource } from "./stage.ts";

const carrier: Carrier = {
  jobId: "job",
  program: { path: "worker.cjs", source: new Uint8Array(), hash: "" },
  isLocal: true,
  sendsSource: false,
  cancelFile: "",
  pythonVersion: "",
  maxTasks: 8,
  keepsOrder: false,
};

function rowsOf(source: StageSource, parent?: PlannedStage): PlannedStage {
  const schema = { type: "struct", fields: [{ name: "n", type: "integer", nullable: true }] } as const;
  const closures = { nodes: [], roots: [] };
  return {
    spec: { closures, source, operations: [], sink: { kind: "rows", schema } },
    partitionCount: 1,
    parent,
  };
}

const text = (end: number, isGzip = false) =>
  rowsOf({ kind: "text", splits: [{ path: "a", start: 0, end, isGzip }] });

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
    const shuffle = { kind: "shuffle", mapPartitions: 1, combine: { mode: "group" } } as const;
    expect(shapeOf(rowsOf(shuffle, text(257 * megabyte)))).toBe("mapPartitions");
  });
});
