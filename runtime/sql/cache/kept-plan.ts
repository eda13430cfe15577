// A plan whose result is kept in files of the session, for an engine that keeps nothing itself.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectClient } from "../../connect/client.ts";
import { SaveMode, write } from "../../plan/command.ts";
import { alias, attribute, call, star } from "../../plan/expression.ts";
import { isOrdered } from "../../plan/keeps-order.ts";
import * as plan from "../../plan/relation.ts";
import type { Prerequisite } from "../prerequisite.ts";
import { schemaFromMessage } from "../schema-from-message.ts";
import type { StorageLevel } from "../storage-level.ts";
import type { StructType } from "../types.ts";

const kept = new WeakMap<plan.Relation, KeptPlan>();

/** What keeps a plan, if something does. */
export function keeperOf(relation: plan.Relation): KeptPlan | undefined {
  return kept.get(relation);
}

/**
 * Keeps the result of a plan in Parquet files from the first job on that needs it. The plan's message then reads the
 * files, so that every plan made of it does too; what it was before is remembered, and used when the files are gone.
 */
export class KeptPlan implements Prerequisite {
  readonly level: StorageLevel;
  readonly #relation: plan.Relation;
  /** What the plan was, once its result has been asked for: before, it may not be known. */
  #origin: plan.Relation["relType"] | undefined;
  readonly #parent: string;
  /** Whether a failure is an error: a checkpoint must be there, a cache need not. */
  readonly #isStrict: boolean;
  #folder: string | undefined;
  #writing: Promise<void> | undefined;
  #isOver = false;

  /** @param parent the folder in which the files get one of their own */
  constructor(
    relation: plan.Relation,
    { parent, level, isStrict = false }: { parent: string; level: StorageLevel; isStrict?: boolean },
  ) {
    this.#relation = relation;
    this.#parent = parent;
    this.level = level;
    this.#isStrict = isStrict;
    kept.set(relation, this);
  }

  /** Computes and writes the result, unless it is there. */
  async check(client: ConnectClient, purpose: "run" | "ask"): Promise<void> {
    if (this.#isOver || purpose === "ask" || this.#isThere()) return;
    this.#restore();
    this.#writing ??= this.#write(client).finally(() => (this.#writing = undefined));
    try {
      await this.#writing;
    } catch (error) {
      if (this.#isStrict) throw error;
      // The job itself runs the same plan, and tells what is wrong with it.
      this.#isOver = true;
    }
  }

  /**
   * Gives the plan back for good. A column of a DataFrame that this one was made of, `base.filter(…).cache()` and
   * `base.col("id")`, is found by the id of that plan, which the files don't have.
   * @returns whether that changes anything
   */
  recover(): boolean {
    const isRead = this.#origin !== undefined && this.#relation.relType !== this.#origin;
    if (!isRead || this.#isStrict) return false;
    this.#isOver = true;
    this.#restore();
    return true;
  }

  /** Lets go of the result: the plan is what it was, and the files go when no job reads them any more. */
  release(client: ConnectClient): Promise<void> {
    this.#isOver = true;
    kept.delete(this.#relation);
    this.#restore();
    return this.#remove(client);
  }

  #isThere(): boolean {
    if (this.#folder === undefined) return false;
    try {
      return readdirSync(this.#folder).length > 0;
    } catch {
      return false;
    }
  }

  #restore(): void {
    if (this.#origin) this.#relation.relType = this.#origin;
  }

  async #write(client: ConnectClient): Promise<void> {
    this.#origin ??= this.#relation.relType;
    const schema = schemaFromMessage(await client.schema(this.#relation));
    if (schema.names.length === 0) {
      this.#isOver = true;
      return;
    }
    const folder = mkdtempSync(join(this.#parent, "kept-"));
    const origin = plan.relation(this.#relation.relType as never);
    const { input, read } = withPlainNames(origin, schema, isOrdered(origin));
    const command = write({
      input,
      target: { path: folder },
      format: "parquet",
      // Sail's overwriting leaves out a sort, and nothing is there yet.
      mode: SaveMode.APPEND,
      partitionBy: [],
      options: {},
    });
    try {
      await client.command(command);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    this.#folder = folder;
    // A result without rows leaves no files: there is nothing to keep.
    if (!this.#isThere()) this.#isOver = true;
    if (!this.#isOver) this.#relation.relType = read(folder).relType;
  }

  async #remove(client: ConnectClient): Promise<void> {
    await this.#writing?.catch(() => {});
    const readers = [...client.operations.keys()];
    while (readers.some((id) => client.operations.has(id))) await sleep(20, undefined, { ref: false });
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

// Files can't hold every name, or two of one name; and a scan of several files has no order, so an ordered plan gets a
// column to sort by.
function withPlainNames(origin: plan.Relation, { names }: StructType, isSorted: boolean) {
  const plain = names.map((_, i) => `c${i}`);
  const place = alias(call("monotonically_increasing_id", []), "place");
  const read = (folder: string): plan.Relation => {
    const scan = plan.readFiles("parquet", [folder]);
    const columns = plain.map((name) => attribute(name));
    const ordered = isSorted ? plan.project(plan.sort(scan, [attribute("place")]), columns) : scan;
    return plan.toDF(ordered, [...names]);
  };
  // Directly above the sort: the embedded engine leaves out one that it thinks nobody looks at.
  const input = isSorted
    ? plan.toDF(plan.project(origin, [star(), place]), [...plain, "place"])
    : plan.toDF(origin, plain);
  return { input, read };
}
