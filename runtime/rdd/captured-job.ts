import type { StageSpec } from "./stage.ts";
import { capture, type Captured, type CaptureOptions } from "./closures/capture.ts";
import { hasPrivateFields } from "./closures/class-text.ts";
import {
  ancestry,
  type CombineFunctions,
  type Lineage,
  type UserFunction,
  type UserValue,
} from "./lineage.ts";
import type { Kept } from "./kept.ts";
import type { KeptPartitions } from "./kept-partitions.ts";
import type { JobClasses } from "./worker/records.ts";
import { rowValueParts } from "./worker/row-values.ts";

/**
 * The functions of a job and all they use, as they are now. Stages name them by their place; what an RDD's lineage
 * grows afterwards isn't among them.
 */
export class CapturedJob {
  readonly closures: StageSpec["closures"];
  readonly classes: Captured["classes"];
  /** What must not be collected as long as the job, or a DataFrame of it, may run. */
  readonly held: Captured["held"];
  /** The same, as records need them. */
  readonly recordClasses: JobClasses;
  readonly #places = new Map<unknown, number>();
  readonly #whole = new Map<Kept, KeptPartitions>();

  /** @throws ClosureError for what can't travel */
  constructor(lineages: readonly Lineage[], functions: readonly UserFunction[], options: CaptureOptions) {
    const roots: { method: string; fn: unknown }[] = [];
    const add = (method: string, fn: unknown) => {
      if (this.#places.has(fn)) return;
      this.#places.set(fn, roots.length);
      roots.push({ method, fn });
    };
    for (const { method, fn } of functions) add(method, fn);
    for (const lineage of lineages) {
      for (const part of ancestry(lineage)) {
        if (part.kind === "kept" && part.kept.isEnough) this.#whole.set(part.kept, part.kept.partitions);
        for (const { method, fn } of functionsOf(part)) add(method, fn);
        for (const value of valuesOf(part)) add(value.method, value);
        if (part.kind === "slices") for (const type of classesOf(part.slices)) add(part.method, type);
      }
    }
    const given = roots.map(({ method, fn }) => ({ method, fn: isValue(fn) ? fn.value : fn }));
    const { bundle, classes, held } = capture(given as Parameters<typeof capture>[0], options);
    this.closures = bundle;
    this.classes = classes;
    this.held = held;
    const entries = [...classes].map(
      ([id, constructor]) => [id, { constructor, hasPrivateFields: hasPrivateFields(constructor) }] as const,
    );
    this.recordClasses = new Map(entries);
  }

  /** The partitions, if all were kept: the functions before them aren't among the job's. */
  countsOn(kept: Kept): KeptPartitions | undefined {
    return this.#whole.get(kept);
  }

  /** Whether all that it counts on is there. */
  get isWhole(): boolean {
    return [...this.#whole.values()].every((partitions) => partitions.isWritten);
  }

  /** The place of a function or value among the roots of the bundle. */
  indexOf(wanted: UserFunction | UserValue): number {
    const place = this.#places.get("fn" in wanted ? wanted.fn : wanted);
    if (place === undefined) throw new Error(`A function of ${wanted.method} was not captured.`);
    return place;
  }
}

function isValue(root: unknown): root is UserValue {
  return typeof root === "object" && root !== null && "value" in root;
}

function functionsOf(lineage: Lineage): readonly UserFunction[] {
  if (lineage.kind === "operation") return lineage.functions;
  if (lineage.kind !== "shuffle") return [];
  const { partitioning, reduction } = lineage;
  const found: (UserFunction | undefined)[] = [];
  if (partitioning.kind === "function") found.push(partitioning.function);
  if (partitioning.kind === "range") found.push(partitioning.order.keyFunction);
  if (reduction.mode === "sort") found.push(reduction.order.keyFunction);
  if (reduction.mode === "combine") found.push(...combineFunctions(reduction.functions));
  return found.filter((fn) => fn !== undefined);
}

function combineFunctions({ create, mergeValue, mergeCombiners }: CombineFunctions) {
  return [create, mergeValue, mergeCombiners];
}

function valuesOf(lineage: Lineage): readonly UserValue[] {
  if (lineage.kind === "operation") return lineage.values ?? [];
  const isCombining = lineage.kind === "shuffle" && lineage.reduction.mode === "combine";
  const zero = isCombining
    ? (lineage.reduction as { functions: CombineFunctions }).functions.zero
    : undefined;
  return zero ? [zero] : [];
}

/** Records that are instances, or hold some, travel with their classes. */
function classesOf(slices: readonly (readonly unknown[])[]): Set<unknown> {
  const found = new Set<unknown>();
  const known = new Set<unknown>([Object, Array, Map, Set, Date, RegExp]);
  const seen = new Set<object>();
  for (const slice of slices) for (const record of slice) visit(record, true);
  return found;

  function visit(value: unknown, isRecord = false): void {
    if (typeof value !== "object" || value === null) return;
    // Records alone aren't worth noting.
    if (!isRecord) {
      if (seen.has(value)) return;
      seen.add(value);
    }
    const { constructor } = value;
    if (typeof constructor === "function" && !known.has(constructor)) {
      // Workers have the classes of rows and of what is in them.
      const parts = rowValueParts(value);
      if (parts) return parts.args.forEach((part) => visit(part));
      known.add(constructor);
      if (/^class\b/.test(Function.prototype.toString.call(constructor))) found.add(constructor);
    }
    if (ArrayBuffer.isView(value)) return;
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value instanceof Map || value instanceof Set)
      for (const entry of value.entries()) for (const item of entry) visit(item);
    else for (const name in value) visit((value as Record<string, unknown>)[name]);
  }
}
