import { applyAccumulatorUpdates } from "./accumulator.ts";
import { isNews } from "./kept-asides.ts";
import type { Lineage } from "./lineage.ts";

/** What a partition has added. */
export interface AccumulatorUpdate {
  /** As `accumulatorUpdates.take()` gave it. */
  readonly bytes: Uint8Array;
  /** Of what an engine keeps the id of its blocks. */
  readonly pid: number;
  readonly source: number;
}

/**
 * What the tasks of a job have added to accumulators. A stage that is run again takes the place of its first run, so
 * that each partition counts once.
 */
export class AccumulatorLedger {
  readonly #runs = new Map<Lineage | undefined, Map<string, readonly AccumulatorUpdate[]>>();

  /**
   * @param lineage what the stage computes
   * @param run what for, and over which partitions
   */
  note(lineage: Lineage | undefined, run: string, updates: readonly AccumulatorUpdate[]): void {
    let runs = this.#runs.get(lineage);
    if (!runs) this.#runs.set(lineage, (runs = new Map()));
    runs.set(run, updates);
  }

  /**
   * Adds it, once: at the end of the job, also of one that failed, of which Spark too counts the tasks that ended.
   * @returns what the accumulators' own adding threw; the others have theirs all the same
   */
  apply(): unknown[] {
    const all = [...this.#runs.values()].flatMap((runs) => [...runs.values()].flat());
    this.#runs.clear();
    const news = all.filter(({ pid, source }) => isNews(pid, `sums of ${source}`));
    return applyAccumulatorUpdates(news.map(({ bytes }) => bytes));
  }

  /** The same of a job that did what it should. @throws what the first accumulator threw */
  applyOrThrow(): void {
    const thrown = this.apply();
    if (thrown.length > 0) throw thrown[0];
  }
}
