import { isMissing, textOf, type Column } from "./column.ts";
import type { NodeDictionary } from "./node-dictionary.ts";

/** A column given by a function of the row: rows of objects, and Arrow types that are rare as keys. */
export class ValuesColumn implements Column {
  readonly length: number;
  readonly get: (row: number) => unknown;

  constructor(length: number, get: (row: number) => unknown) {
    this.length = length;
    this.get = get;
  }

  markNulls(isNull: Uint8Array): void {
    for (let row = 0; row < this.length; row++) if (isMissing(this.get(row))) isNull[row] = 1;
  }

  addKeys(nodes: NodeDictionary, isNull: Uint8Array): Uint32Array {
    const keys = new Uint32Array(this.length);
    const known = new Map<unknown, number>();
    for (let row = 0; row < this.length; row++) {
      if (isNull[row] === 1) continue;
      const value = this.get(row);
      let node = known.get(value);
      if (node === undefined) {
        node = nodes.addText(textOf(value));
        known.set(value, node);
      }
      keys[row] = node;
    }
    return keys;
  }
}
