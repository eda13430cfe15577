import { inspect } from "node:util";
import { encodeGraphPayload, graphMimeType } from "../wire/graph-payload.ts";
import type { GraphTable } from "../wire/graph-table.ts";
import { mergeEdges } from "../wire/merge-edges.ts";
import { adjacencyOf } from "./adjacency.ts";
import type { BuiltGraph } from "./build-graph.ts";
import { communityGroups } from "./community-groups.ts";
import { communityLevels } from "./communities.ts";
import { drawPicture } from "./picture.ts";
import type { PlotSettings } from "./plotter.ts";
import { startPositions } from "./start-positions.ts";

const counted = (count: number, what: string): string =>
  `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;

/** A graph that shows itself: interactive where the extension is, as a picture elsewhere, as counts in plain text. */
export class Plot {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Rows left out because they had no source or destination, or no node id. */
  readonly droppedRows: number;
  readonly #table: GraphTable;
  readonly #settings: PlotSettings;
  readonly #name: string | undefined;
  #bundle: Promise<Record<string, unknown>> | undefined;

  constructor(built: BuiltGraph, settings: PlotSettings = {}, name?: string) {
    this.#table = built.table;
    this.nodeCount = built.table.nodeCount;
    this.edgeCount = built.table.edgeCount;
    this.droppedRows = built.droppedRows;
    this.#settings = settings;
    this.#name = name;
  }

  /** "Graph: 1,234 nodes, 5,678 edges", and what was left out. */
  toString(): string {
    const dropped =
      this.droppedRows === 0 ? "" : ` (${counted(this.droppedRows, "row")} without an id left out)`;
    return `Graph: ${counted(this.nodeCount, "node")}, ${counted(this.edgeCount, "edge")}${dropped}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** The outputs of a notebook cell by MIME type. Made at the first call, then kept. */
  [Symbol.for("Jupyter.display")](): Promise<Record<string, unknown>> {
    return (this.#bundle ??= this.#makeBundle());
  }

  async #makeBundle(): Promise<Record<string, unknown>> {
    const table = arranged(this.#table);
    const { height, play } = this.#settings;
    const payload = await encodeGraphPayload(table, {
      ...(this.#name !== undefined && { name: this.#name }),
      ...(this.droppedRows > 0 && { droppedRows: this.droppedRows }),
      ...(height !== undefined && { heightPx: Math.min(2000, Math.max(120, height)) }),
      ...(play === false && { play }),
    });
    return {
      [graphMimeType]: payload,
      "image/png": drawPicture(table).toString("base64"),
      "text/plain": this.toString(),
    };
  }
}

/** The graph with communities and positions to start from. */
function arranged(table: GraphTable): GraphTable {
  const { pairs, weights } = mergeEdges(table);
  const graph = adjacencyOf(table.nodeCount, pairs, weights);
  const levels = communityLevels(graph);
  const position = startPositions(graph, levels);
  const pointGroup = communityGroups(table.nodeCount, levels);
  return { ...table, position, pointGroup };
}
