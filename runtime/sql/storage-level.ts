import { inspect } from "node:util";
import { argumentError } from "./argument-error.ts";

/**
 * Where what {@link DataFrame.persist} keeps is kept.
 * @example df.persist(StorageLevel.DISK_ONLY)
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.StorageLevel.html
 */
export class StorageLevel {
  /** Nowhere. */
  static readonly NONE = new StorageLevel(false, false, false, false);
  static readonly DISK_ONLY = new StorageLevel(true, false, false, false);
  static readonly DISK_ONLY_2 = new StorageLevel(true, false, false, false, 2);
  static readonly DISK_ONLY_3 = new StorageLevel(true, false, false, false, 3);
  static readonly MEMORY_ONLY = new StorageLevel(false, true, false, false);
  static readonly MEMORY_ONLY_2 = new StorageLevel(false, true, false, false, 2);
  static readonly MEMORY_AND_DISK = new StorageLevel(true, true, false, false);
  static readonly MEMORY_AND_DISK_2 = new StorageLevel(true, true, false, false, 2);
  static readonly OFF_HEAP = new StorageLevel(true, true, true, false);
  /** In memory as objects, on disk what doesn't fit: what `cache()` uses. */
  static readonly MEMORY_AND_DISK_DESER = new StorageLevel(true, true, false, true);

  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  /** Whether it is kept as objects, not as bytes. */
  readonly deserialized: boolean;
  /** On how many machines. */
  readonly replication: number;

  constructor(
    useDisk: boolean,
    useMemory: boolean,
    useOffHeap: boolean,
    deserialized: boolean,
    replication = 1,
  ) {
    for (const flag of [useDisk, useMemory, useOffHeap, deserialized]) {
      if (typeof flag !== "boolean") throw argumentError("StorageLevel", flag, "true or false for each kind");
    }
    if (!Number.isInteger(replication) || replication < 1) {
      throw argumentError("StorageLevel", replication, "a whole number from 1 up", "replication");
    }
    this.useDisk = useDisk;
    this.useMemory = useMemory;
    this.useOffHeap = useOffHeap;
    this.deserialized = deserialized;
    this.replication = replication;
  }

  /** Whether both keep things the same way. */
  equals(other: StorageLevel): boolean {
    return other instanceof StorageLevel && String(this) === String(other);
  }

  toString(): string {
    const places = [
      ...(this.useDisk ? ["Disk"] : []),
      ...(this.useMemory ? ["Memory"] : []),
      ...(this.useOffHeap ? ["OffHeap"] : []),
      this.deserialized ? "Deserialized" : "Serialized",
    ];
    return `${places.join(" ")} ${this.replication}x Replicated`;
  }

  [inspect.custom](): string {
    return `StorageLevel(${String(this)})`;
  }
}

/** The value, which must be a storage level. @throws PlanError naming the method otherwise */
export function checkStorageLevel(method: string, value: unknown): StorageLevel {
  if (value instanceof StorageLevel) return value;
  throw argumentError(method, value, `a StorageLevel: df.${method}(StorageLevel.DISK_ONLY)`, "storageLevel");
}
