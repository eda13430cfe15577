// Shapes of columns of types GEOMETRY and GEOGRAPHY.
import { PlanError } from "../../connect/plan-error.ts";
import { inspect } from "node:util";

abstract class Shape {
  readonly #wkb: Uint8Array;
  readonly #srid: number;

  /**
   * @param wkb the shape in well-known binary
   * @param srid the number of its reference system
   */
  constructor(wkb: Uint8Array, srid: number) {
    if (!(wkb instanceof Uint8Array) || !Number.isInteger(srid)) {
      throw new PlanError("A shape is bytes and a whole number.", "Pass its well-known binary and its SRID.");
    }
    this.#wkb = wkb;
    this.#srid = srid;
  }

  /** The number of its reference system. */
  getSrid(): number {
    return this.#srid;
  }
  /** The shape in well-known binary. */
  getBytes(): Uint8Array {
    return this.#wkb;
  }
  get srid(): number {
    return this.#srid;
  }
  get wkb(): Uint8Array {
    return this.#wkb;
  }

  toString(): string {
    return `${this.constructor.name}(${Buffer.from(this.#wkb).toString("hex")}, ${this.#srid})`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  toJSON(): { wkb: string; srid: number } {
    return { wkb: Buffer.from(this.#wkb).toString("base64"), srid: this.#srid };
  }
}

/** A shape on a plane. */
export class Geometry extends Shape {
  static fromWKB(wkb: Uint8Array, srid = 0): Geometry {
    return new Geometry(wkb, srid);
  }
}

/** A shape on the globe. */
export class Geography extends Shape {
  static fromWKB(wkb: Uint8Array, srid = 4326): Geography {
    return new Geography(wkb, srid);
  }
}
