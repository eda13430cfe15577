import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanError } from "../connect/plan-error.ts";
import type { StructJson } from "../plan/data-type.ts";
import type { Relation } from "../plan/relation.ts";
import type { CapturedJob } from "./captured-job.ts";
import { coalesceGroups } from "./coalesce-groups.ts";
import { type FileParts, fileParts } from "./files/file-source.ts";
import {
  type CombineFunctions,
  isSamePartitioner,
  type KeyOrder,
  type Lineage,
  type Operation,
  type Partitioner,
  type Preparation,
  type Reduction,
  type Shuffle,
} from "./lineage.ts";
import { rangeBounds } from "./range-bounds.ts";
import type {
  Combiner,
  MapOutput,
  Placement,
  ReduceSide,
  SortOrder,
  StageNode,
  StageOperation,
  StageSink,
} from "./stage.ts";
import { encodeRecords } from "./worker/records.ts";

/** What an action wants of the last stage. */
export type Wanted =
  | { readonly kind: "collect"; readonly limit?: number }
  | { readonly kind: "count" | "ignore" }
  | { readonly kind: "rows"; readonly schema: StructJson; readonly isSingle: boolean };

/** A stage with the number of its partitions and what it reads of other stages. */
export interface PlannedStage {
  /** What it computes; undefined where it passes on what the engine has. */
  readonly lineage?: Lineage;
  readonly node: StageNode;
  readonly sink: StageSink;
  readonly partitionCount: number;
  readonly inputs: readonly PlannedInput[];
}

export type PlannedInput = PlannedShuffle | PlannedBlocks;

/** What a map stage writes. */
export interface PlannedShuffle {
  readonly kind: "shuffle";
  readonly id: number;
  readonly stage: PlannedStage;
  readonly output: MapOutput;
  /** Where its files go; "" where its blocks go through the engine. */
  readonly folder: string;
}

/** Partitions of blocks that the engine has. */
export interface PlannedBlocks {
  readonly kind: "blocks";
  readonly id: number;
  readonly relation: Relation;
  readonly partitions: number;
}

export interface PlanOptions {
  readonly job: CapturedJob;
  /** Where the stages of this job leave their files; undefined where everything goes through the engine. */
  readonly folder: string | undefined;
  /** Whether executors see this machine's files, those of kept partitions too. */
  readonly isLocal: boolean;
  /** Runs a stage over all its partitions. */
  readonly run: (stage: PlannedStage) => Promise<unknown[]>;
  /** The rows of a DataFrame as partitions of blocks. */
  readonly readRows: (lineage: Extract<Lineage, { kind: "rows" }>) => Promise<RowFiles>;
  /** Keeps partitions where the engine does it. */
  readonly keep: (lineage: Extract<Lineage, { kind: "kept" }>) => Promise<PlannedRows>;
}

/** Blocks that the engine has, before a stage reads them. */
export interface PlannedRows {
  /** Unlike those of shuffles: it is written in the blocks. */
  readonly id: number;
  readonly relation: Relation;
  readonly partitions: number;
}

/** Rows of a DataFrame as partitions in files. */
export interface RowFiles {
  readonly folder: string;
  readonly partitions: number;
}

/** Slices above this lie in a file beside the plan, where executors see this machine's files. */
const maxInlineBytes = 1 << 18;

function hasKeys({ reduction }: Shuffle): boolean {
  return reduction.mode !== "records" && reduction.mode !== "distinct";
}

/** Kept partitions were there when the job's functions were taken, and aren't any more. */
export class KeptPartitionsLost extends Error {
  constructor() {
    super(
      "Partitions that the RDD was kept in were lost while the job began.\nRun it again: they are computed anew.",
    );
  }
}

/** Makes the stages of RDDs, with functions as they were captured. */
export class JobPlanner implements Preparation {
  readonly #options: PlanOptions;
  readonly #counts = new Map<Lineage, Promise<number>>();
  readonly #found = new Map<Lineage, Promise<FileParts>>();
  readonly #rows = new Map<Lineage, Promise<RowFiles>>();
  readonly #shuffles = new Map<Lineage, PlannedShuffle[]>();
  #nextId = 0;

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  /** The last stage of a job. */
  async stage(lineage: Lineage, sink: StageSink): Promise<PlannedStage> {
    const inputs = new Map<number, PlannedInput>();
    // Files are read by any stage; what comes through the engine is for one.
    if (this.#options.folder === undefined) this.#shuffles.clear();
    const node = await this.#node(lineage, inputs);
    return {
      lineage,
      node,
      sink,
      partitionCount: await this.partitionCount(lineage),
      inputs: [...inputs.values()],
    };
  }

  async collect(lineage: Lineage): Promise<unknown[]> {
    return this.#options.run(await this.stage(lineage, { kind: "collect" }));
  }

  async counts(lineage: Lineage): Promise<number[]> {
    return (await this.#options.run(await this.stage(lineage, { kind: "count" }))) as number[];
  }

  partitionCount(lineage: Lineage): Promise<number> {
    let count = this.#counts.get(lineage);
    if (!count) this.#counts.set(lineage, (count = this.#countPartitions(lineage)));
    return count;
  }

  async #countPartitions(lineage: Lineage): Promise<number> {
    switch (lineage.kind) {
      case "files":
        return (await this.#files(lineage)).parts.length;
      case "slices":
        return lineage.slices.length;
      case "range":
        return lineage.partitions;
      case "rows":
        return (await this.#rowFiles(lineage)).partitions;
      case "operation":
      case "kept":
        return this.partitionCount(lineage.parent);
      case "union":
        return (await this.#unionPartitioner(lineage.parents))?.numPartitions ?? this.#sum(lineage.parents);
      case "zip":
        return this.partitionCount(lineage.parents[0]);
      case "cartesian": {
        const [left, right] = lineage.parents;
        return (await this.partitionCount(left)) * (await this.partitionCount(right));
      }
      case "coalesce":
        return Math.min(lineage.numPartitions, await this.partitionCount(lineage.parent));
      case "selection":
        return lineage.partitions.length;
      case "shuffle":
        return lineage.numPartitions ?? this.#brought(lineage.parents);
    }
  }

  #rowFiles(lineage: Extract<Lineage, { kind: "rows" }>): Promise<RowFiles> {
    let files = this.#rows.get(lineage);
    if (!files) this.#rows.set(lineage, (files = this.#options.readRows(lineage)));
    return files;
  }

  /** How many partitions a union of two, and of that and the next, has: the default of what brings RDDs together. */
  async #brought([first, ...others]: readonly Lineage[]): Promise<number> {
    let union = first;
    for (const other of others) union = { kind: "union", parents: [union, other] };
    return this.partitionCount(union);
  }

  /** As Spark does: RDDs that place their keys alike are united partition by partition, those without partitions left out. */
  async #unionPartitioner(parents: readonly Lineage[]): Promise<Partitioner | undefined> {
    let common: Partitioner | undefined;
    for (const parent of parents) {
      if ((await this.partitionCount(parent)) === 0) continue;
      const own = await this.partitionerOf(parent);
      if (!own || (common && !isSamePartitioner(own, common))) return undefined;
      common = own;
    }
    return common;
  }

  /** They are looked up once a job. */
  #files(lineage: Extract<Lineage, { kind: "files" }>): Promise<FileParts> {
    let files = this.#found.get(lineage);
    if (!files) this.#found.set(lineage, (files = fileParts(lineage.source, this.#options.isLocal)));
    return files;
  }

  async #sum(lineages: readonly Lineage[]): Promise<number> {
    const counts = await Promise.all(lineages.map((lineage) => this.partitionCount(lineage)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** How keys are placed in an RDD, if they are. */
  async partitionerOf(lineage: Lineage): Promise<Partitioner | undefined> {
    if (lineage.kind === "kept" || (lineage.kind === "operation" && lineage.keepsPartitioner))
      return this.partitionerOf(lineage.parent);
    if (lineage.kind === "union") return this.#unionPartitioner(lineage.parents);
    if (lineage.kind !== "shuffle" || !hasKeys(lineage)) return undefined;
    return { partitioning: lineage.partitioning, numPartitions: await this.partitionCount(lineage) };
  }

  async #node(lineage: Lineage, inputs: Map<number, PlannedInput>): Promise<StageNode> {
    switch (lineage.kind) {
      case "files":
        return { kind: "files", files: await this.#files(lineage) };
      case "slices":
        return this.#slices(lineage);
      case "range": {
        const { start, step, size, partitions } = lineage;
        return { kind: "range", start, step, size, partitions };
      }
      case "rows": {
        const { folder } = await this.#rowFiles(lineage);
        return { kind: "kept", folder, input: undefined };
      }
      case "operation":
        return this.#operation(lineage, inputs);
      case "union":
        return this.#union(lineage.parents, inputs);
      case "zip":
        return this.#zip(lineage, inputs);
      case "cartesian": {
        const [left, right] = lineage.parents;
        return {
          kind: "cartesian",
          left: await this.#node(left, inputs),
          right: await this.#node(right, inputs),
          rightPartitions: await this.partitionCount(right),
        };
      }
      case "coalesce": {
        const input = await this.#node(lineage.parent, inputs);
        const count = await this.partitionCount(lineage.parent);
        return { kind: "coalesce", input, groups: coalesceGroups(count, lineage.numPartitions) };
      }
      case "selection":
        return this.#selection(lineage, inputs);
      case "kept":
        return this.#kept(lineage, inputs);
      case "shuffle":
        return this.#shuffled(lineage, inputs);
    }
  }

  async #operation(lineage: Operation, inputs: Map<number, PlannedInput>): Promise<StageNode> {
    const { job } = this.#options;
    const { name, method } = lineage;
    const functions = [...lineage.functions, ...(lineage.values ?? [])].map((root) => job.indexOf(root));
    const args = lineage.prepare ? await lineage.prepare(this) : lineage.args;
    const operation: StageOperation = { name, method, functions, args };
    const input = await this.#node(lineage.parent, inputs);
    return input.kind === "operations"
      ? { ...input, operations: [...input.operations, operation] }
      : { kind: "operations", input, operations: [operation] };
  }

  async #union(parents: readonly Lineage[], inputs: Map<number, PlannedInput>): Promise<StageNode> {
    const nodes = [];
    for (const parent of parents) {
      const node = await this.#node(parent, inputs);
      nodes.push({ node, partitions: await this.partitionCount(parent) });
    }
    const union: StageNode = { kind: "union", inputs: nodes };
    const partitioner = await this.#unionPartitioner(parents);
    if (!partitioner) return union;
    const count = partitioner.numPartitions;
    const total = nodes.reduce((sum, { partitions }) => sum + partitions, 0);
    const groups = Array.from({ length: count }, (_, partition) =>
      Array.from({ length: total / count }, (_, parent) => parent * count + partition),
    );
    return { kind: "coalesce", input: union, groups };
  }

  async #zip(
    { parents: [left, right] }: Extract<Lineage, { kind: "zip" }>,
    inputs: Map<number, PlannedInput>,
  ): Promise<StageNode> {
    const [a, b] = await Promise.all([this.partitionCount(left), this.partitionCount(right)]);
    if (a !== b) {
      throw new PlanError(
        `zip() needs two RDDs with the same number of partitions, but they have ${a} and ${b}.`,
        `Give both the same number: sc.parallelize(items, ${a})`,
      );
    }
    return { kind: "zip", left: await this.#node(left, inputs), right: await this.#node(right, inputs) };
  }

  async #selection(
    { parent, partitions }: Extract<Lineage, { kind: "selection" }>,
    inputs: Map<number, PlannedInput>,
  ): Promise<StageNode> {
    const count = await this.partitionCount(parent);
    const wrong = partitions.find((index) => !(Number.isInteger(index) && index >= 0 && index < count));
    if (wrong !== undefined)
      throw new PlanError(`There is no partition ${wrong} of ${count}.`, "Their numbers begin at 0.");
    const input = await this.#node(parent, inputs);
    return { kind: "coalesce", input, groups: partitions.map((index) => [index]) };
  }

  async #kept(
    lineage: Extract<Lineage, { kind: "kept" }>,
    inputs: Map<number, PlannedInput>,
  ): Promise<StageNode> {
    const { kept, parent } = lineage;
    const whole = this.#options.job.countsOn(kept);
    if (!whole && !kept.isActive) return this.#node(parent, inputs);
    if (whole?.blocks) return this.#blocks(whole.blocks, inputs);
    if (!this.#options.isLocal) return this.#blocks(await this.#options.keep(lineage), inputs);
    const partitions = whole ?? kept.partitions;
    const { folder } = partitions;
    if (partitions.isWhole(await this.partitionCount(parent)))
      return { kind: "kept", folder, input: undefined };
    if (whole) throw new KeptPartitionsLost();
    return { kind: "kept", folder, input: await this.#node(parent, inputs) };
  }

  #blocks({ id, relation, partitions }: PlannedRows, inputs: Map<number, PlannedInput>): StageNode {
    inputs.set(id, { kind: "blocks", id, relation, partitions });
    const shuffles = [{ id, mapPartitions: 1, folder: "" }];
    return { kind: "shuffled", shuffles, reduce: { mode: "records" } };
  }

  async #shuffled(lineage: Shuffle, inputs: Map<number, PlannedInput>): Promise<StageNode> {
    const { parents, reduction } = lineage;
    const partitions = await this.partitionCount(lineage);
    const write = (placement: Placement) => this.#mapOutput(lineage, partitions, placement);
    const reduce = this.#reduceSide(reduction, parents.length);
    if (parents.length === 1) {
      const placed = await this.partitionerOf(parents[0]);
      const wanted = { partitioning: lineage.partitioning, numPartitions: partitions };
      if (placed && isSamePartitioner(placed, wanted)) {
        const input = await this.#node(parents[0], inputs);
        return reduction.mode === "pairs"
          ? input
          : { kind: "regrouped", input, write: { ...write({ kind: "hash" }), partitions: 1 }, reduce };
      }
    }
    let shuffles = this.#shuffles.get(lineage);
    if (!shuffles) {
      const placement = await this.#placement(lineage, partitions);
      shuffles = [];
      for (const parent of parents) shuffles.push(await this.#shuffle(parent, write(placement)));
      this.#shuffles.set(lineage, shuffles);
    }
    for (const shuffle of shuffles) inputs.set(shuffle.id, shuffle);
    return {
      kind: "shuffled",
      shuffles: shuffles.map(({ id, stage, folder }) => ({
        id,
        folder,
        mapPartitions: stage.partitionCount,
      })),
      reduce,
    };
  }

  async #shuffle(parent: Lineage, output: MapOutput): Promise<PlannedShuffle> {
    const id = this.#nextId++;
    const folder = this.#options.folder === undefined ? "" : join(this.#options.folder, String(id));
    const known = new Map(this.#shuffles);
    const stage = await this.stage(parent, { kind: "shuffle", id, output, folder, firstSource: 0 });
    if (this.#options.folder === undefined) for (const [key, value] of known) this.#shuffles.set(key, value);
    return { kind: "shuffle", id, stage, output, folder };
  }

  #mapOutput({ method, reduction }: Shuffle, partitions: number, placement: Placement): MapOutput {
    const record = reduction.mode === "records" ? "any" : reduction.mode === "distinct" ? "distinct" : "pair";
    const combiner = reduction.mode === "combine" ? this.#combiner(reduction.functions) : undefined;
    const isGrouped = ["combine", "distinct", "group", "cogroup"].includes(reduction.mode);
    return { partitions, placement, record, combiner, isGrouped, method };
  }

  #combiner({ create, zero, mergeValue, mergeCombiners }: CombineFunctions): Combiner {
    const { job } = this.#options;
    return {
      create: create && job.indexOf(create),
      zero: zero && job.indexOf(zero),
      mergeValue: job.indexOf(mergeValue),
      mergeCombiners: job.indexOf(mergeCombiners),
    };
  }

  #reduceSide(reduction: Reduction, dependencies: number): ReduceSide {
    switch (reduction.mode) {
      case "combine":
        return { mode: "combine", combiner: this.#combiner(reduction.functions) };
      case "cogroup":
        return { mode: "cogroup", dependencies };
      case "sort":
        return { mode: "sort", order: this.#order(reduction.order) };
      default:
        return { mode: reduction.mode };
    }
  }

  #order({ isAscending, keyFunction }: KeyOrder): SortOrder {
    return { isAscending, keyFunction: keyFunction && this.#options.job.indexOf(keyFunction) };
  }

  async #placement({ partitioning, parents }: Shuffle, partitions: number): Promise<Placement> {
    switch (partitioning.kind) {
      case "function":
        return { kind: "function", fn: this.#options.job.indexOf(partitioning.function) };
      case "range": {
        const bounds = await rangeBounds(parents[0], partitions, partitioning.order, this);
        return {
          kind: "range",
          bounds: encodeRecords(bounds, this.#options.job.recordClasses),
          order: this.#order(partitioning.order),
        };
      }
      default:
        return partitioning;
    }
  }

  #slices({ method, slices }: Extract<Lineage, { kind: "slices" }>): StageNode {
    const encoded = slices.map((slice) => this.#encoded(method, slice));
    const total = encoded.reduce((sum, { length }) => sum + length, 0);
    const { folder } = this.#options;
    if (folder === undefined || total <= maxInlineBytes) return { kind: "slices", slices: encoded };
    const path = join(folder, `slices-${this.#nextId++}`);
    writeFileSync(path, Buffer.concat(encoded), { mode: 0o600 });
    let end = 0;
    return { kind: "slice-file", path, ends: encoded.map(({ length }) => (end += length)) };
  }

  #encoded(method: string, slice: readonly unknown[]): Uint8Array {
    try {
      return encodeRecords(slice, this.#options.job.recordClasses);
    } catch (error) {
      throw new PlanError(
        `${method}() was given a record that can't be sent: ${(error as Error).message}`,
        "Make of it what can be sent before; functions are part of map() instead.",
        { cause: error },
      );
    }
  }
}
