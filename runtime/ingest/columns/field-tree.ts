import { Field } from "./field.ts";
import { isFieldPartition } from "./partition-groups.ts";

/** A longer name goes to the overflow: it is no name, but data. */
const MAX_NAME_LENGTH = 255;

/** The fields that the events of a cut have, up to a limit. */
export class FieldTree {
  readonly root = new Field("");
  /** All but the root, in the order in which they were first seen. */
  readonly fields: Field[] = [];
  readonly #limit: number;
  readonly #partitionBy: readonly string[];

  constructor(limit: number, partitionBy: readonly string[]) {
    this.#limit = limit;
    this.#partitionBy = partitionBy;
  }

  /** The field of that key, which is made if there is room; undefined where there is none. */
  child(parent: Field, key: string): Field | undefined {
    const known = parent.children.get(key);
    if (known) return known;
    if (this.fields.length >= this.#limit || key.length > MAX_NAME_LENGTH) return undefined;
    const field = new Field(key, parent);
    if (parent === this.root && isFieldPartition(key)) field.partition = this.#partitionBy.indexOf(key);
    parent.children.set(key, field);
    this.fields.push(field);
    return field;
  }

  /** Takes back an event: the values from `row` on, and the fields beyond the first `fieldCount`. */
  rollBack(row: number, fieldCount: number): void {
    this.root.dropFrom(row);
    if (this.fields.length === fieldCount) return;
    for (const field of this.fields.splice(fieldCount)) field.parent!.children.delete(field.key);
    for (const field of [this.root, ...this.fields]) {
      field.firstChild = undefined;
      field.nextField = undefined;
    }
  }
}
