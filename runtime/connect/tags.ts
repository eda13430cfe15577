// The tags of what is sent: names by which operations are found again, to be interrupted.
import { AsyncLocalStorage } from "node:async_hooks";
import { PlanError } from "./plan-error.ts";

const sent = new AsyncLocalStorage<ReadonlySet<string>>();

/** Runs `body`; each operation it starts, however late, carries these tags. */
export function tagged<T>(tags: ReadonlySet<string>, body: () => T): T {
  return tags.size === 0 ? body() : sent.run(tags, body);
}

/** The tags of what the running code sends. */
export function currentTags(): ReadonlySet<string> {
  return sent.getStore() ?? none;
}
const none: ReadonlySet<string> = new Set();

/**
 * The tags that a session gives to what is called. PySpark keeps them by thread; here they are the session's, and a
 * scope opened by {@link within} has its own.
 */
export class SessionTags {
  readonly #own = new Set<string>();
  readonly #scope = new AsyncLocalStorage<Set<string>>();

  /** The tags that hold here; may be changed. */
  get current(): Set<string> {
    return this.#scope.getStore() ?? this.#own;
  }

  /** Runs `body` with these tags added to those that hold; what it adds and removes ends with it. */
  within<T>(tags: readonly string[], body: () => T): T {
    return this.#scope.run(new Set([...this.current, ...tags]), body);
  }
}

/** @throws PlanError for what Spark takes for no tag: it separates them by commas */
export function checkTag(tag: unknown): asserts tag is string {
  const say = 'Pass a name without commas: spark.addTag("nightly")';
  if (typeof tag !== "string")
    throw new PlanError(`A tag was given as ${tag === null ? "null" : typeof tag}, not text.`, say);
  if (tag === "") throw new PlanError("A tag can't be the empty text.", say);
  if (tag.includes(",")) throw new PlanError(`The tag "${tag}" has a comma, which separates tags.`, say);
}
