import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import { textAt, type Utf8Column } from "../../runtime/wire/utf8-column.ts";

const counted = (count: number, what: string): string =>
  `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;

/** "1,234 nodes · 5,678 edges" */
export function describeCounts(nodes: number, edges: number): string {
  return `${counted(nodes, "node")} · ${counted(edges, "edge")}`;
}

/** What a node is called: its title, its id where there is none. */
export function nodeName(graph: GraphTable, node: number): string {
  return optional(graph.pointTitle, node) || textAt(graph.nodeId, node);
}

/** Lines about a node: what it is called, its id if that is another, its label, its degree. */
export function describeNode(graph: GraphTable, node: number, degree: number): string[] {
  const name = nodeName(graph, node);
  const id = textAt(graph.nodeId, node);
  const lines = [
    name || "(empty)",
    id === name ? "" : id,
    optional(graph.pointLabel, node),
    `degree ${degree.toLocaleString("en-US")}`,
  ];
  return lines.filter((line) => line !== "");
}

/** Lines about an edge: its title or its ends, its label, its weight. */
export function describeEdge(graph: GraphTable, edge: number): string[] {
  const ends = `${nodeName(graph, graph.edges[2 * edge])} → ${nodeName(graph, graph.edges[2 * edge + 1])}`;
  const title = optional(graph.edgeTitle, edge);
  const weight =
    graph.edgeWeight === undefined ? "" : `weight ${graph.edgeWeight[edge].toLocaleString("en-US")}`;
  return [title || ends, title === "" ? "" : ends, optional(graph.edgeLabel, edge), weight].filter(
    (line) => line !== "",
  );
}

const optional = (column: Utf8Column | undefined, index: number): string =>
  column === undefined ? "" : textAt(column, index);
