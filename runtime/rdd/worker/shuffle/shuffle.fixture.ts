// Map partitions written to real files and reduced, as a job does it, without an engine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { hashKey } from "../key-map.ts";
import type { JobClasses } from "../records.ts";
import { reducePartition, type ReduceMode } from "./reduce-partition.ts";
import { closeShuffleFiles, MapOutputFile, readSegments } from "./shuffle-file.ts";
import { type MapSide, ShuffleWriter } from "./shuffle-writer.ts";
import type { Segment } from "./segment.ts";

const folders: string[] = [];

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shuffle-test-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  closeShuffleFiles();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

export const noClasses: JobClasses = new Map();
export const add = (a: unknown, b: unknown) => (a as number) + (b as number);
export const sum = { create: (value: unknown) => value, mergeValue: add, mergeCombiners: add };
export const byHash = (partitions: number) => (key: unknown) => hashKey(key) % partitions;

export interface Shuffled {
  readonly folder: string;
  readonly maps: number;
  segments(target: number, dependency?: number): Segment[];
  /** The records of each reduce partition. */
  reduced(mode: ReduceMode, memoryBytes?: number): unknown[][];
}

/** Writes each of the arrays, or iterables, as one map partition. */
export function shuffled(
  maps: Iterable<unknown>[],
  side: Omit<MapSide, "place"> & { place?: MapSide["place"] },
  classes = noClasses,
): Shuffled {
  const folder = scratchFolder();
  maps.forEach((records, index) => {
    const file = new MapOutputFile(join(folder, String(index)));
    const writer = new ShuffleWriter({ place: byHash(side.partitions), ...side }, file, classes);
    for (const record of records) writer.push(record);
    writer.end();
    file.close();
  });
  const segments = (target: number, dependency = 0) =>
    maps.flatMap((_, source) => readSegments(join(folder, String(source)), dependency, source, target));
  const reduced = (mode: ReduceMode, memoryBytes?: number) =>
    Array.from({ length: side.partitions }, (_, target) => {
      const options = { classes, scratchFolder: folder, memoryBytes };
      return [...reducePartition(segments(target), mode, options)].flat();
    });
  return { folder, maps: maps.length, segments, reduced };
}

export function* generate<T>(count: number, make: (i: number) => T): Generator<T> {
  for (let i = 0; i < count; i++) yield make(i);
}
