// What a stage does to records, between the closures and the steps that call them.

type UserFunction = (...args: unknown[]) => unknown;

/** An operation with its functions revived. */
export interface Operation {
  readonly name: string;
  /** The user's method, for messages. */
  readonly method: string;
  readonly functions: readonly UserFunction[];
  readonly args?: unknown;
}

export interface Receiver {
  push(record: unknown): void;
  /** Whether it wants no more records. */
  readonly isFull?: boolean;
}

/** The record under work, for the message when a function throws. */
export interface Progress {
  record: unknown;
}

export interface Pass {
  readonly operations: readonly Operation[];
  /** The index of the partition. */
  readonly partition: number;
  readonly progress: Progress;
}

/** Takes what a step makes. */
export type Push = (record: unknown) => void;
