// What becomes of a key's values in two RDDs, after a cogroup.
import type { Push } from "./operation.ts";

export type JoinKind = "inner" | "left" | "right" | "full" | "subtract" | "intersection";

const none = [null];

/** Takes [key, [values here, values there]] and pushes the pairs of a join. */
export function joined(kind: JoinKind, next: Push): Push {
  return (record) => {
    const [key, [here, there]] = record as [unknown, [unknown[], unknown[]]];
    switch (kind) {
      case "subtract":
        if (there.length === 0) for (const value of here) next([key, value]);
        return;
      case "intersection":
        if (here.length > 0 && there.length > 0) next(key);
        return;
      case "inner":
        return pairs(key, here, there, next);
      case "left":
        return pairs(key, here, orNone(there), next);
      case "right":
        return pairs(key, orNone(here), there, next);
      case "full":
        return pairs(key, orNone(here), orNone(there), next);
    }
  };
}

function orNone(values: readonly unknown[]): readonly unknown[] {
  return values.length > 0 ? values : none;
}

function pairs(key: unknown, here: readonly unknown[], there: readonly unknown[], next: Push): void {
  for (const a of here) for (const b of there) next([key, [a, b]]);
}
