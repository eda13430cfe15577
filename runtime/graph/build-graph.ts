import type { GraphTable } from "../wire/graph-table.ts";
import { utf8Column, type Utf8Column } from "../wire/utf8-column.ts";
import type { Bindings } from "./bindings.ts";
import { columnColors } from "./column-colors.ts";
import { textOf } from "./column.ts";
import type { LocalTable } from "./local-table.ts";
import { NodeDictionary } from "./node-dictionary.ts";
import { PlotError } from "./plot-error.ts";

export interface BuiltGraph {
  readonly table: GraphTable;
  /** Rows of the edges without a source or destination, and rows of the nodes without an id. */
  readonly droppedRows: number;
}

/**
 * Numbers the nodes and makes the columns of a graph. Nodes are those of the node table, in its order, then those that
 * only edges name. A repeated id keeps its first row.
 * @throws PlotError when a bound column isn't there or a binding lacks the table it is about
 */
export function buildGraph(
  edges: LocalTable,
  points: LocalTable | undefined,
  bindings: Bindings,
): BuiltGraph {
  const nodes = new NodeDictionary();
  const pointRows: number[] = [];
  let droppedRows = 0;
  if (points !== undefined && bindings.node !== undefined) {
    const ids = points.column(bindings.node);
    const isNull = new Uint8Array(points.rowCount);
    ids.markNulls(isNull);
    ids.addKeys(nodes, isNull).forEach((node, row) => {
      if (isNull[row] === 1) droppedRows++;
      else pointRows[node] ??= row;
    });
  }
  const sources = edges.column(bindings.source!);
  const destinations = edges.column(bindings.destination!);
  const isNull = new Uint8Array(edges.rowCount);
  sources.markNulls(isNull);
  destinations.markNulls(isNull);
  const from = sources.addKeys(nodes, isNull);
  const to = destinations.addKeys(nodes, isNull);
  const edgeRows = new Uint32Array(isNull.reduce((count, flag) => count + (1 - flag), 0));
  const pairs = new Uint32Array(edgeRows.length * 2);
  for (let row = 0, edge = 0; row < isNull.length; row++) {
    if (isNull[row] === 1) continue;
    edgeRows[edge] = row;
    pairs[2 * edge] = from[row];
    pairs[2 * edge + 1] = to[row];
    edge++;
  }
  droppedRows += isNull.length - edgeRows.length;
  const table: GraphTable = {
    nodeCount: nodes.size,
    edgeCount: edgeRows.length,
    nodeId: nodes.column(),
    edges: pairs,
    ...pointColumns(
      points,
      bindings,
      Int32Array.from({ length: nodes.size }, (_, node) => pointRows[node] ?? -1),
    ),
    ...edgeColumns(edges, bindings, edgeRows),
  };
  return { table, droppedRows };
}

function pointColumns(
  points: LocalTable | undefined,
  bindings: Bindings,
  rows: Int32Array,
): Partial<GraphTable> {
  const { pointTitle, pointLabel, pointColor, pointSize } = bindings;
  const bound = Object.entries({ pointTitle, pointLabel, pointColor, pointSize }).find(
    ([, name]) => name !== undefined,
  );
  if (points === undefined) {
    if (bound === undefined) return {};
    throw new PlotError(
      `\`${bound[0]}\` names a column of the nodes (\`${bound[1]}\`), and there is no node table.`,
      'Add one: .nodes(nodesFrame, "id")',
    );
  }
  return defined({
    pointTitle: texts(points, pointTitle, rows),
    pointLabel: texts(points, pointLabel, rows),
    pointColor: pointColor === undefined ? undefined : columnColors(points.column(pointColor), rows),
    pointSize: numbers(points, pointSize, rows),
  });
}

function edgeColumns(edges: LocalTable, bindings: Bindings, rows: Uint32Array): Partial<GraphTable> {
  const { edgeTitle, edgeLabel, edgeColor, edgeWeight } = bindings;
  return defined({
    edgeTitle: texts(edges, edgeTitle, rows),
    edgeLabel: texts(edges, edgeLabel, rows),
    edgeColor: edgeColor === undefined ? undefined : columnColors(edges.column(edgeColor), rows),
    edgeWeight: numbers(edges, edgeWeight, rows),
  });
}

function texts(table: LocalTable, name: string | undefined, rows: ArrayLike<number>): Utf8Column | undefined {
  if (name === undefined) return undefined;
  const column = table.column(name);
  return utf8Column(rows.length, (i) => (rows[i] < 0 ? "" : textOf(column.get(rows[i]))));
}

function numbers(
  table: LocalTable,
  name: string | undefined,
  rows: ArrayLike<number>,
): Float32Array | undefined {
  if (name === undefined) return undefined;
  const column = table.column(name);
  return Float32Array.from(rows, (row) => {
    const value = row < 0 ? null : column.get(row);
    return value === null || value === undefined ? NaN : Number(value);
  });
}

const defined = <T extends object>(columns: T): T =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as T;
