// The temp views that were registered from this process: what they are, to put them back on a newly started engine.
import type { ConnectClient } from "../connect/client.ts";
import { isConnectionLost } from "../connect/error-details.ts";
import { SparkError } from "../connect/spark-error.ts";
import { type Command, createView } from "../plan/command.ts";
import type { Relation } from "../plan/relation.ts";
import { viewStatement } from "./text/view-statement.ts";

interface View {
  /** What makes it anew. */
  readonly command: Command;
  /** Its plan, when it was made of a DataFrame. */
  readonly input?: Relation;
}

export interface ViewName {
  readonly name: string;
  readonly isGlobal?: boolean;
}

export class TempViews {
  readonly #views = new Map<string, View>();
  readonly #isCaseSensitive: boolean;

  /** @param isCaseSensitive whether the engine tells `a` from `A`, as Sail does and Spark doesn't */
  constructor(isCaseSensitive = false) {
    this.#isCaseSensitive = isCaseSensitive;
  }

  /** The plans of those that were made of DataFrames, by name. */
  get plans(): ReadonlyMap<string, Relation> {
    const plans = new Map<string, Relation>();
    for (const [name, { input }] of this.#views) if (input) plans.set(name, input);
    return plans;
  }

  /** Their names, global ones with `global_temp.`. */
  get names(): Iterable<string> {
    return this.#views.keys();
  }

  /** Remembers a view of a DataFrame. */
  note({ name, isGlobal = false }: ViewName, input: Relation): void {
    this.#views.set(this.#key({ name, isGlobal }), {
      input,
      command: createView(input, name, true, isGlobal),
    });
  }

  /** Remembers what SQL text, which was run, did to views. */
  noteStatement(text: string, command: Command): void {
    const statement = viewStatement(text);
    if (statement?.does === "create") this.#views.set(this.#key(statement), { command });
    if (statement?.does === "drop") this.forget(statement);
  }

  forget(view: ViewName): void {
    this.#views.delete(this.#key(view));
  }

  /**
   * Makes them on an engine that was just started. One that can't be made, because what it reads is gone too, is
   * named on standard error and forgotten: SQL that uses it says that it isn't there.
   */
  async restore(client: ConnectClient): Promise<void> {
    let left = [...this.#views];
    // A view may read another one that was made again after it.
    for (let before = left.length + 1; left.length > 0 && left.length < before;) {
      before = left.length;
      const failed: typeof left = [];
      for (const entry of left) if (!(await isMade(client, entry[1]))) failed.push(entry);
      left = failed;
    }
    for (const [name] of left) this.#views.delete(name);
    const lost = left.map(([name]) => `\`${name}\``).join(", ");
    if (lost !== "") {
      console.warn(
        `These temp views couldn't be put back, because what they read is gone too: ${lost}\nMake them again.`,
      );
    }
  }

  #key({ name, isGlobal = false }: ViewName): string {
    const full = isGlobal ? `global_temp.${name}` : name;
    return this.#isCaseSensitive ? full : full.toLowerCase();
  }
}

async function isMade(client: ConnectClient, { command }: View): Promise<boolean> {
  try {
    await client.command(command);
    return true;
  } catch (error) {
    if (!(error instanceof SparkError) || isConnectionLost(error.cause)) throw error;
    return false;
  }
}
