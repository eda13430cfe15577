// Operations with a function of one record: each pushes what it makes to the next.
import type { RecordOperation } from "../stage.ts";
import { iterableItems } from "./iterable-items.ts";
import { joined, type JoinKind } from "./joined.ts";
import { KeyMap } from "./key-map.ts";
import { notAPair } from "./not-a-pair.ts";
import type { Operation, Push } from "./operation.ts";
import { settled } from "./settled.ts";

type Step = (operation: Operation, next: Push) => Push;

const steps: Readonly<Record<RecordOperation, Step>> = {
  map:
    ({ functions: [fn], method }, next) =>
    (record) =>
      next(settled(fn(record), method)),
  filter:
    ({ functions: [fn], method }, next) =>
    (record) => {
      if (settled(fn(record), method)) next(record);
    },
  flatMap:
    ({ functions: [fn], method }, next) =>
    (record) => {
      const items = fn(record);
      if (Array.isArray(items)) for (let i = 0; i < items.length; i++) next(items[i]);
      else for (const item of iterableItems(items, method)) next(item);
    },
  keyBy:
    ({ functions: [fn], method }, next) =>
    (record) =>
      next([settled(fn(record), method), record]),
  mapValues:
    ({ functions: [fn], method }, next) =>
    (record) => {
      if (!Array.isArray(record)) throw notAPair(method, record);
      next([record[0], settled(fn(record[1]), method)]);
    },
  flatMapValues:
    ({ functions: [fn], method }, next) =>
    (record) => {
      if (!Array.isArray(record)) throw notAPair(method, record);
      for (const item of iterableItems(fn(record[1]), method)) next([record[0], item]);
    },
  keys:
    ({ method }, next) =>
    (record) => {
      if (!Array.isArray(record)) throw notAPair(method, record);
      next(record[0]);
    },
  values:
    ({ method }, next) =>
    (record) => {
      if (!Array.isArray(record)) throw notAPair(method, record);
      next(record[1]);
    },
  foreach:
    ({ functions: [fn], method }, next) =>
    (record) => {
      settled(fn(record), method);
      next(record);
    },
  /** [record, null], for what brings equal records together. */
  paired: (_operation, next) => (record) => next([record, null]),
  ofKey: ({ functions: [makeKey], method }, next) => {
    const wanted = new KeyMap<true>();
    wanted.set(makeKey(), true);
    return (record) => {
      if (!Array.isArray(record)) throw notAPair(method, record);
      if (wanted.has(record[0])) next(record);
    };
  },
  joined: ({ args }, next) => joined(args as JoinKind, next),
};

/** How an operation of one record works; undefined for those of a whole partition. */
export function recordStep(name: string): Step | undefined {
  return Object.hasOwn(steps, name) ? steps[name as RecordOperation] : undefined;
}
