import type { ClusterMetadata } from "@platformatic/kafka";

const WATCH_MS = 5000;

/** Looks every few seconds whether topics have got more partitions. */
export class GrowthWatch {
  readonly #ask: () => Promise<ClusterMetadata>;
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** @param ask what the cluster says of the topics; a second or two old will do */
  constructor(ask: () => Promise<ClusterMetadata>) {
    this.#ask = ask;
  }

  /** Notes how many partitions there are, and tells whether there were fewer before. */
  async hasGrown(): Promise<boolean> {
    const { topics } = await this.#ask();
    let hasGrown = false;
    for (const [topic, { partitionsCount }] of topics) {
      hasGrown ||= partitionsCount > (this.#counts.get(topic) ?? 0);
      this.#counts.set(topic, partitionsCount);
    }
    return hasGrown;
  }

  /** Calls back on each growth until {@link stop}. A look that fails is another's to report. */
  start(grown: () => void): void {
    this.#timer = setInterval(() => {
      this.hasGrown().then(
        (hasGrown) => hasGrown && grown(),
        () => {},
      );
    }, WATCH_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
