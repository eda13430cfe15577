/** Which columns mean what: ends and looks of edges are columns of the edges, the rest of the nodes. */
export interface Bindings {
  /** Column of the edges with the node an edge comes from. */
  source?: string;
  /** Column of the edges with the node an edge leads to. */
  destination?: string;
  /** Column of the node table with the node's id. */
  node?: string;
  /** Short text of a node. */
  pointTitle?: string;
  /** Longer text of a node. */
  pointLabel?: string;
  /** Colour of a node: "#rrggbb" as it is, other texts by category, numbers from low to high. */
  pointColor?: string;
  /** Area of a node, as a number; without it, its degree. */
  pointSize?: string;
  edgeTitle?: string;
  edgeLabel?: string;
  /** Colour of an edge, as for a node. */
  edgeColor?: string;
  /** How strongly an edge pulls its ends together, as a number; without it, 1. */
  edgeWeight?: string;
}

export const bindingNames: readonly (keyof Bindings)[] = [
  "source",
  "destination",
  "node",
  "pointTitle",
  "pointLabel",
  "pointColor",
  "pointSize",
  "edgeTitle",
  "edgeLabel",
  "edgeColor",
  "edgeWeight",
];

/** The bound columns that are read from the edges (`"edge"`) or from the node table (`"node"`). */
export function columnsOf(bindings: Bindings, part: "edge" | "node"): string[] {
  const ofNodes = (name: string): boolean => name === "node" || name.startsWith("point");
  return bindingNames
    .filter((name) => bindings[name] !== undefined && ofNodes(name) === (part === "node"))
    .map((name) => bindings[name]!);
}
