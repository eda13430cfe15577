import type { Utf8Column } from "./utf8-column.ts";

/** A graph as typed columns: what the kernel sends and the cell draws. Columns that are missing weren't bound. */
export interface GraphTable {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeId: Utf8Column;
  /** Source and destination of edge i, as node indexes, at 2i and 2i + 1. */
  readonly edges: Uint32Array;
  /** Where layout starts: x and y of node i at 2i and 2i + 1, in layout units. */
  readonly position?: Float32Array;
  /** Community of a node, 0 the largest; 255 is "none of the large ones". */
  readonly pointGroup?: Uint8Array;
  /** Relative area of a node; not finite means the default. */
  readonly pointSize?: Float32Array;
  /** 0xRRGGBBAA; 0 means the default. */
  readonly pointColor?: Uint32Array;
  readonly pointTitle?: Utf8Column;
  readonly pointLabel?: Utf8Column;
  readonly edgeWeight?: Float32Array;
  /** 0xRRGGBBAA; 0 means the default. */
  readonly edgeColor?: Uint32Array;
  readonly edgeTitle?: Utf8Column;
  readonly edgeLabel?: Utf8Column;
}

/** What a reader accepts; a payload that declares more is refused before anything is allocated. */
export const graphLimits = { nodes: 1 << 23, edges: 1 << 24, bytes: 1 << 29 } as const;
