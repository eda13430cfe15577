// Shapes: values of ST_ functions.
import { shown } from "../argument-error.ts";
import { PlanError } from "../../connect/plan-error.ts";
import { AnyType } from "./data-type.ts";

/** The reference systems that Spark 4.2 names in its JSON, by their numbers. */
const crsOf: Readonly<Record<number, string>> = { 0: "SRID:0", 3857: "EPSG:3857", 4326: "OGC:CRS84" };
const sridOf = (crs: string) => {
  const known = Object.entries(crsOf).find(([, name]) => name.toLowerCase() === crs.toLowerCase());
  return known ? Number(known[0]) : Number(/^\w+:(\d+)$/.exec(crs)?.[1] ?? Number.NaN);
};

abstract class SpatialType extends AnyType {
  /** The reference system's number, -1 for any. */
  readonly srid: number;
  constructor(type: string, srid: number | "ANY") {
    super();
    this.srid = srid === "ANY" ? -1 : srid;
    if (!Number.isInteger(this.srid)) {
      throw new PlanError(
        `${type}(${shown(srid)}) is not a type.`,
        `Pass the number of a reference system, or "ANY".`,
      );
    }
  }
  protected get system(): string {
    return this.srid === -1 ? "any" : String(this.srid);
  }
  protected get crs(): string {
    return this.srid === -1 ? "SRID:ANY" : (crsOf[this.srid] ?? `EPSG:${this.srid}`);
  }
}

/** Shapes on a plane. In rows: {@link Geometry}. */
export class GeometryType extends SpatialType {
  readonly typeName = "geometry";
  constructor(srid: number | "ANY") {
    super("geometry", srid);
  }
  simpleString(): string {
    return `geometry(${this.system})`;
  }
  jsonValue(): string {
    return `geometry(${this.crs})`;
  }
}

/** Shapes on the globe. In rows: {@link Geography}. */
export class GeographyType extends SpatialType {
  readonly typeName = "geography";
  constructor(srid: number | "ANY") {
    super("geography", srid);
  }
  simpleString(): string {
    return `geography(${this.system})`;
  }
  jsonValue(): string {
    return `geography(${this.crs}, SPHERICAL)`;
  }
}

/** The type that Spark's JSON means by "geometry(…)" or "geography(…)"; undefined for another. */
export function spatialType(json: string): GeometryType | GeographyType | undefined {
  const match = /^(geometry|geography)(?:\((.*)\))?$/i.exec(json);
  if (!match) return undefined;
  const [crs = "OGC:CRS84"] = (match[2] ?? "").split(",").filter((part) => part.includes(":"));
  const srid = /any/i.test(match[2] ?? "") ? "ANY" : sridOf(crs.trim());
  return match[1].toLowerCase() === "geometry" ? new GeometryType(srid) : new GeographyType(srid);
}
