// A member of a consumer group that fetches by itself: it alone knows each partition's next offset, which the
// commits of the table must follow without a gap. The client library keeps the membership and the connections.
import { Consumer } from "@platformatic/kafka";
import { clientOptions } from "./client-options.ts";
import { type FetchAnswer, readFetchAnswer } from "./fetch-answer.ts";
import { GrowthWatch } from "./growth-watch.ts";
import type { KafkaSource } from "./kafka.ts";
import { type FetchedRecord } from "./record-batch.ts";
import { takeRecords } from "./take-records.ts";
import { partitionName, type TopicPartition } from "./topic-partition.ts";

const MAX_FETCH_BYTES = 1 << 20;
const MAX_PARTITION_BYTES = 256 << 10;
/** Short, because a job that stops waits for the fetch that is under way. */
const MAX_WAIT_MS = 100;
const RETRY_MS = 500;

/** What a {@link GroupConsumer} tells its owner. */
export interface GroupListener {
  /** The group gave us these partitions; resolves to the offset to read next in each. Called one at a time. */
  assigned(
    partitions: readonly TopicPartition[],
    topicIds: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, number>>;
  /** The topic was deleted while it was read, and another of its name made. */
  replaced(partition: TopicPartition): void;
  /** Records in their order; the next fetch waits until this resolves. */
  records(partition: TopicPartition, records: FetchedRecord[], nextOffset: number): Promise<void>;
  /** Something failed that is tried again; undefined when it works again. */
  problem(error: unknown): void;
  /** The offset to read next isn't in Kafka; where the partition begins and ends comes with it. Nothing is read until a seek. */
  outOfRange(partition: TopicPartition, start: number, end: number): void;
}

interface Reading extends TopicPartition {
  readonly topicId: string | undefined;
  position: number;
  highWatermark: number;
  /** Changes with each seek, so that an answer to an older request is dropped. */
  epoch: number;
  /** Not asked for before this moment, after an error. */
  notBefore: number;
}

/**
 * Reads the partitions that a consumer group gives to this member, each in its order.
 * @see https://kafka.apache.org/protocol.html
 */
export class GroupConsumer {
  readonly #consumer: Consumer<Buffer, Buffer, Buffer, Buffer>;
  readonly #source: KafkaSource;
  readonly #listener: GroupListener;
  readonly #readings = new Map<string, Reading>();
  readonly #loops = new Map<number, Promise<void>>();
  #assigning: Promise<void> = Promise.resolve();
  readonly #growth = new GrowthWatch(() => this.#metadata());
  #isStopped = false;
  #epoch = 0;
  #wake = Promise.withResolvers<void>();

  constructor(source: KafkaSource, listener: GroupListener) {
    this.#source = source;
    this.#listener = listener;
    this.#consumer = new Consumer({
      ...clientOptions(source),
      groupId: source.groupId,
      autocommit: false,
      sessionTimeout: source.sessionTimeoutMs,
      rebalanceTimeout: Math.max(60_000, source.sessionTimeoutMs),
      heartbeatInterval: Math.min(3000, Math.floor(source.sessionTimeoutMs / 3)),
      metadataMaxAge: 5000,
      retries: 3,
      retryDelay: 300,
    });
    this.#consumer.on("consumer:group:join", ({ assignments = [] }) => this.#assign(assignments));
    // The library gives up after a failed rejoin; a member of ours doesn't.
    this.#consumer.on("error", (error: Error) => void this.#rejoin(error));
    this.#consumer.topics.trackAll(...source.topics);
  }

  /** Joins the group; resolves when it has assigned partitions for the first time. */
  async start(): Promise<void> {
    await this.#growth.hasGrown();
    await this.#consumer.joinGroup({});
    await this.#assigning;
    // The library gives out the partitions of the last rebalance; one begins when the group's leader joins anew.
    if (!this.#isStopped) this.#growth.start(() => void this.#rejoin());
  }

  /** Where a partition ends, as the last fetch told; undefined while nothing was fetched. */
  highWatermark(partition: TopicPartition): number | undefined {
    const mark = this.#readings.get(partitionName(partition))?.highWatermark ?? -1;
    return mark < 0 ? undefined : mark;
  }

  /** Goes on reading a partition from another offset. */
  seek(partition: TopicPartition, offset: number): void {
    const reading = this.#readings.get(partitionName(partition));
    if (!reading) return;
    reading.position = offset;
    reading.epoch = ++this.#epoch;
    reading.notBefore = 0;
    this.#wakeLoops();
  }

  /** Where partitions end now (`latest`) or begin (`earliest`), asked of Kafka. */
  async listOffsets(
    partitions: readonly TopicPartition[],
    at: "earliest" | "latest",
  ): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    if (topics.length === 0) return found;
    const offsets = await this.#consumer.listOffsets({ topics, timestamp: at === "earliest" ? -2n : -1n });
    for (const each of partitions) {
      const offset = offsets.get(each.topic)?.[each.partition];
      if (offset !== undefined && offset >= 0n) found.set(partitionName(each), Number(offset));
    }
    return found;
  }

  /** The offsets that the group has committed: what Kafka's tools compute lag from. */
  async committed(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    const topics = [...new Set(partitions.map(({ topic }) => topic))].map((topic) => ({
      topic,
      partitions: partitions.filter((each) => each.topic === topic).map(({ partition }) => partition),
    }));
    const found = new Map<string, number>();
    if (topics.length === 0) return found;
    const offsets = await this.#consumer.listCommittedOffsets({ topics });
    for (const each of partitions) {
      const offset = offsets.get(each.topic)?.[each.partition];
      if (offset !== undefined && offset >= 0n) found.set(partitionName(each), Number(offset));
    }
    return found;
  }

  /** Commits an offset for the group. */
  async commit(partition: TopicPartition, offset: number): Promise<void> {
    await this.#consumer.commit({ offsets: [{ ...partition, offset: BigInt(offset), leaderEpoch: -1 }] });
  }

  /** Stops fetching; membership stays until {@link close}. */
  async pause(): Promise<void> {
    this.#isStopped = true;
    this.#growth.stop();
    this.#wakeLoops();
    await Promise.all(this.#loops.values());
  }

  /** Leaves the group. */
  async close(): Promise<void> {
    await this.pause();
    await this.#consumer.close(true).catch(() => {});
  }

  #assign(assignments: readonly { topic: string; partitions: number[] }[]): void {
    const partitions = assignments.flatMap(({ topic, partitions: numbers }) =>
      numbers.map((partition) => ({ topic, partition })),
    );
    // Nothing is read while positions are looked up: they may have moved in another member's hands.
    this.#readings.clear();
    this.#assigning = this.#assigning
      .then(() => this.#takeOver(partitions))
      .catch((error: unknown) => this.#listener.problem(error));
  }

  async #takeOver(partitions: readonly TopicPartition[]): Promise<void> {
    if (this.#isStopped) return;
    const { topics } = await this.#metadata();
    const topicIds = new Map([...topics].map(([topic, { id }]) => [topic, id]));
    const positions = await this.#listener.assigned(partitions, topicIds);
    this.#readings.clear();
    for (const each of partitions) {
      const position = positions.get(partitionName(each));
      if (position === undefined) continue;
      const topicId = topicIds.get(each.topic);
      const state = { ...each, topicId, position, highWatermark: -1, epoch: ++this.#epoch, notBefore: 0 };
      this.#readings.set(partitionName(each), state);
    }
    this.#wakeLoops();
    await this.#startLoops();
  }

  async #rejoin(failure?: Error): Promise<void> {
    for (let error: unknown = failure; !this.#isStopped;) {
      if (error) {
        this.#listener.problem(error);
        await this.#sleep(RETRY_MS * 2);
      }
      try {
        if (!this.#isStopped) await this.#consumer.joinGroup({});
        return;
      } catch (again) {
        error = again;
      }
    }
  }

  #metadata() {
    return this.#consumer.metadata({ topics: [...this.#source.topics] });
  }

  /** One loop for each broker that leads a partition of ours; a loop ends when it leads none. */
  async #startLoops(): Promise<void> {
    const leaders = await this.#leaders();
    for (const node of new Set(leaders.values())) {
      if (this.#loops.has(node)) continue;
      const loop = this.#readFrom(node).finally(() => {
        this.#loops.delete(node);
      });
      this.#loops.set(node, loop);
    }
  }

  async #leaders(): Promise<Map<Reading, number>> {
    const leaders = new Map<Reading, number>();
    const metadata = await this.#metadata();
    for (const reading of this.#readings.values()) {
      const leader = metadata.topics.get(reading.topic)?.partitions[reading.partition]?.leader;
      if (leader !== undefined && leader >= 0) leaders.set(reading, leader);
    }
    return leaders;
  }

  async #readFrom(node: number): Promise<void> {
    while (!this.#isStopped) {
      try {
        const leaders = await this.#leaders();
        // A leader that moved needs a loop of its own.
        if ([...leaders.values()].some((leader) => !this.#loops.has(leader))) await this.#startLoops();
        const mine = [...leaders].filter(([, leader]) => leader === node).map(([reading]) => reading);
        if (mine.length === 0 && leaders.size === this.#readings.size && leaders.size > 0) return;
        const due = mine.filter(({ notBefore }) => notBefore <= Date.now());
        if (due.length === 0) await this.#sleep(RETRY_MS);
        else await this.#fetch(node, due);
      } catch (error) {
        if (this.#isStopped) return;
        this.#listener.problem(error);
        this.#consumer.clearMetadata();
        await this.#sleep(RETRY_MS);
      }
    }
  }

  async #fetch(node: number, readings: readonly Reading[]): Promise<void> {
    const asked = new Map(
      readings.map((reading) => [reading, { epoch: reading.epoch, position: reading.position }]),
    );
    const metadata = await this.#metadata();
    const replaced = readings.find(({ topic, topicId }) => metadata.topics.get(topic)!.id !== topicId);
    if (replaced) {
      replaced.notBefore = Number.POSITIVE_INFINITY;
      this.#listener.replaced(replaced);
      return;
    }
    const names = new Map(readings.map(({ topic, topicId }) => [topicId!, topic]));
    const topics = [...names].map(([topicId, topic]) => ({
      topicId,
      partitions: readings
        .filter((reading) => reading.topic === topic)
        .map(({ partition, position }) => ({
          partition,
          fetchOffset: BigInt(position),
          currentLeaderEpoch: -1,
          lastFetchedEpoch: -1,
          partitionMaxBytes: MAX_PARTITION_BYTES,
        })),
    }));
    const fetched = this.#consumer.fetch({
      node,
      topics,
      minBytes: 1,
      maxBytes: MAX_FETCH_BYTES,
      maxWaitTime: MAX_WAIT_MS,
    });
    for (const answer of await readFetchAnswer(fetched, names)) {
      const reading = this.#readings.get(partitionName(answer));
      const request = reading && asked.get(reading);
      // Seeked, revoked or given back meanwhile: the answer is to a question nobody asks any more.
      if (!reading || request?.epoch !== reading.epoch) continue;
      await this.#take(reading, answer);
    }
  }

  async #take(reading: Reading, answer: FetchAnswer): Promise<void> {
    if (answer.isOutOfRange) {
      const name = partitionName(reading);
      const { epoch } = reading;
      const start = (await this.listOffsets([reading], "earliest")).get(name) ?? answer.logStartOffset;
      const end = (await this.listOffsets([reading], "latest")).get(name) ?? start;
      if (this.#readings.get(name)?.epoch !== epoch) return;
      // Only now: where the offsets weren't told, it is asked again.
      reading.notBefore = Number.POSITIVE_INFINITY;
      this.#listener.outOfRange(reading, start, end);
      return;
    }
    if (answer.error) {
      reading.notBefore = Date.now() + RETRY_MS;
      this.#consumer.clearMetadata();
      this.#listener.problem(answer.error);
      return;
    }
    reading.highWatermark = answer.highWatermark;
    const { records, nextOffset } = takeRecords(answer, reading.position);
    this.#listener.problem(undefined);
    if (nextOffset <= reading.position) return;
    reading.position = nextOffset;
    await this.#listener.records(reading, records, nextOffset);
  }

  #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    return Promise.race([promise, this.#wake.promise]).finally(() => clearTimeout(timer));
  }

  #wakeLoops(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
