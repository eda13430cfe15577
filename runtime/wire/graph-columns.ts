// The columns of a graph's byte table: their codes on the wire are fixed for ever, new ones get new codes.
import type { GraphTable } from "./graph-table.ts";

export type ColumnType = "u8" | "u32" | "f32" | "box16" | "utf8";
export type ColumnName = Exclude<keyof GraphTable, "nodeCount" | "edgeCount">;

export interface ColumnSpec {
  readonly code: number;
  readonly name: ColumnName;
  readonly type: ColumnType;
  readonly per: "node" | "edge";
  /** Values for each node or edge. */
  readonly width: number;
}

export const typeCodes: Readonly<Record<ColumnType, number>> = { u8: 1, u32: 2, f32: 3, box16: 4, utf8: 5 };

export const columnSpecs: readonly ColumnSpec[] = [
  { code: 1, name: "nodeId", type: "utf8", per: "node", width: 1 },
  { code: 2, name: "edges", type: "u32", per: "edge", width: 2 },
  { code: 3, name: "position", type: "box16", per: "node", width: 2 },
  { code: 4, name: "pointGroup", type: "u8", per: "node", width: 1 },
  { code: 5, name: "pointSize", type: "f32", per: "node", width: 1 },
  { code: 6, name: "pointColor", type: "u32", per: "node", width: 1 },
  { code: 7, name: "pointTitle", type: "utf8", per: "node", width: 1 },
  { code: 8, name: "pointLabel", type: "utf8", per: "node", width: 1 },
  { code: 9, name: "edgeWeight", type: "f32", per: "edge", width: 1 },
  { code: 10, name: "edgeColor", type: "u32", per: "edge", width: 1 },
  { code: 11, name: "edgeTitle", type: "utf8", per: "edge", width: 1 },
  { code: 12, name: "edgeLabel", type: "utf8", per: "edge", width: 1 },
];
