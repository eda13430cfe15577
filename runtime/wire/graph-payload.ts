import { fromBase64, toBase64 } from "./base64.ts";
import { decodeGraphBytes } from "./decode-graph-bytes.ts";
import { deflate, inflate } from "./deflate.ts";
import { encodeGraphBytes } from "./encode-graph-bytes.ts";
import { graphLimits, type GraphTable } from "./graph-table.ts";
import { PayloadError } from "./payload-error.ts";

/** MIME type of a graph output. */
export const graphMimeType = "application/vnd.sightline.graph.v1+json";

/** What a notebook's output holds under {@link graphMimeType}. Everything in it is untrusted when read. */
export interface GraphPayload {
  readonly version: 1;
  readonly nodes: number;
  readonly edges: number;
  readonly encoding: "deflate-raw;base64";
  /** Length of the byte table (graph-bytes.ts) before compression. */
  readonly bytes: number;
  readonly data: string;
  readonly name?: string;
  /** Rows that had no source or no destination and so are no edges. */
  readonly droppedRows?: number;
  readonly heightPx?: number;
  /** False: the layout doesn't start by itself. */
  readonly play?: boolean;
}

export type GraphNotes = Pick<GraphPayload, "name" | "droppedRows" | "heightPx" | "play">;

/**
 * Packs a graph for an output.
 * @throws RangeError when the graph is larger than readers accept
 */
export async function encodeGraphPayload(table: GraphTable, notes: GraphNotes = {}): Promise<GraphPayload> {
  const bytes = encodeGraphBytes(table);
  const { nodeCount: nodes, edgeCount: edges } = table;
  if (nodes > graphLimits.nodes || edges > graphLimits.edges || bytes.length > graphLimits.bytes) {
    throw new RangeError(
      `A graph of ${nodes} nodes, ${edges} edges and ${bytes.length} bytes is more than a cell can hold.\n` +
        `Plot a part of it: at most ${graphLimits.nodes} nodes and ${graphLimits.edges} edges.`,
    );
  }
  const data = toBase64(await deflate(bytes));
  return { version: 1, nodes, edges, encoding: "deflate-raw;base64", bytes: bytes.length, data, ...notes };
}

/**
 * Unpacks the graph of an output, which may hold anything: sizes are bounded before they are allocated.
 * @throws PayloadError saying what is wrong
 */
export async function decodeGraphPayload(payload: unknown): Promise<GraphTable> {
  const { version, encoding, bytes, data, nodes, edges } = (payload ?? {}) as Partial<GraphPayload>;
  if (version !== 1) throw new PayloadError(`it has version ${shown(version)}, and this reader knows 1`);
  if (encoding !== "deflate-raw;base64") throw new PayloadError(`its encoding is ${shown(encoding)}`);
  if (typeof data !== "string") throw new PayloadError("it has no data");
  if (!Number.isInteger(bytes) || bytes! < 0 || bytes! > graphLimits.bytes) {
    throw new PayloadError(`it declares ${shown(bytes)} bytes, and at most ${graphLimits.bytes} are read`);
  }
  const table = decodeGraphBytes(await inflate(fromBase64(data), bytes!));
  if (table.nodeCount !== nodes || table.edgeCount !== edges) {
    throw new PayloadError(
      `it declares ${shown(nodes)} nodes and ${shown(edges)} edges, and its data has others`,
    );
  }
  return table;
}

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40);
