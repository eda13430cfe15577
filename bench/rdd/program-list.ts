// The programs of `npm run bench rdd`: what they read, and what ours must reach beside the other peers.
import type { DataFile } from "./data-files.ts";

export interface Figures {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/** At most so many times a peer's figure. */
export interface Goal {
  readonly figure: keyof Figures;
  readonly peer: "pyspark" | "node";
  readonly atMost: number;
}

export interface Program {
  readonly title: string;
  readonly files: readonly DataFile[];
  /** Each holds on each engine; without one, that it ends is enough. */
  readonly goals: readonly Goal[];
}

const lightGoals: Goal[] = [
  { figure: "cpuSeconds", peer: "pyspark", atMost: 1 / 4 },
  { figure: "cpuSeconds", peer: "node", atMost: 1.5 },
];
const bothAtMost = (atMost: number): Goal[] => [
  { figure: "wallSeconds", peer: "pyspark", atMost },
  { figure: "cpuSeconds", peer: "pyspark", atMost },
];

export const programList: Readonly<Record<string, Program>> = {
  wordCount: { title: "word count over 300 MB", files: ["words"], goals: lightGoals },
  filterCount: { title: "split, filter, count over 300 MB", files: ["log"], goals: lightGoals },
  reduceByKey: {
    title: "reduceByKey over 6M distinct keys of 30M",
    files: ["keys"],
    goals: bothAtMost(1 / 5),
  },
  tupleKeys: {
    title: "the same with tuples as keys, objects as values",
    files: ["keys"],
    goals: bothAtMost(1 / 2),
  },
  sortByKey: {
    title: "sortByKey over 10M records into two partitions",
    files: ["numbers"],
    goals: [{ figure: "wallSeconds", peer: "pyspark", atMost: 1 }],
  },
  groupByKey: { title: "groupByKey, one key with a third of 6M records", files: ["skewed"], goals: [] },
  join: { title: "join of 5M and 5M records", files: ["left", "right"], goals: [] },
};

/** No Node worker may have held more at any moment, in any program. */
export const workerMegabytes = 512;
