/** Who holds a WebGL context: a graph cell. */
export interface ContextHolder {
  /** When it was last in sight, in any clock that grows; undefined while it is. */
  readonly unseenSince: number | undefined;
  /** Gives the context up and shows a picture instead. */
  yieldContext(): void;
}

/** Shares the few WebGL contexts that a browser gives a page: cells out of sight the longest give theirs up. */
export class ContextPool {
  readonly #holders = new Set<ContextHolder>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** True when `holder` may make a context; false when all are held by cells in sight. */
  acquire(holder: ContextHolder): boolean {
    if (this.#holders.has(holder)) return true;
    if (this.#holders.size >= this.#size) {
      const unseen = [...this.#holders].filter((other) => other.unseenSince !== undefined);
      unseen.sort((a, b) => a.unseenSince! - b.unseenSince!);
      if (unseen.length === 0) return false;
      this.#holders.delete(unseen[0]);
      unseen[0].yieldContext();
    }
    this.#holders.add(holder);
    return true;
  }

  release(holder: ContextHolder): void {
    this.#holders.delete(holder);
  }
}

/** Chromium takes contexts away beyond 16 a page; other outputs of the page need some. */
export const contextPool = new ContextPool(8);
