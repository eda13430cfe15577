import type { Grouping } from "./group-table.ts";

type Merge = (a: unknown, b: unknown) => unknown;

/** [key, combined]. */
export function combining(mergeCombiners: Merge): Grouping {
  return {
    create: (value) => value,
    merge: mergeCombiners,
    values: (state) => [[0, state]],
    result: (key, state) => [key, state],
    keepsValues: false,
  };
}

/** The key. */
export const distinct: Grouping = {
  create: () => null,
  merge: () => null,
  values: () => [[0, null]],
  result: (key) => key,
  keepsValues: false,
};

/** [key, values]. */
export const grouped: Grouping = {
  create: (value) => [value],
  merge(state, value) {
    (state as unknown[]).push(value);
    return state;
  },
  *values(state) {
    for (const value of state as unknown[]) yield [0, value];
  },
  result: (key, state) => [key, state],
  keepsValues: true,
};

/** [key, values of each dependency]. */
export function cogrouped(dependencies: number): Grouping {
  return {
    create(value, dependency) {
      const state: unknown[][] = Array.from({ length: dependencies }, () => []);
      state[dependency].push(value);
      return state;
    },
    merge(state, value, dependency) {
      (state as unknown[][])[dependency].push(value);
      return state;
    },
    *values(state) {
      for (const [dependency, values] of (state as unknown[][]).entries()) {
        for (const value of values) yield [dependency, value];
      }
    },
    result: (key, state) => [key, state],
    keepsValues: true,
  };
}
