import { StatCounter, type StatState } from "../../stat-counter.ts";
import { describeValue } from "../../../sql/columns/row-error.ts";
import type { PartitionCall } from "./partition-operation.ts";

/** The state of one {@link StatCounter}. */
export function* stats(records: Iterable<unknown>, { method }: PartitionCall): Generator<StatState> {
  const counter = new StatCounter();
  for (const record of records) {
    if (typeof record !== "number" && typeof record !== "bigint" && typeof record !== "boolean") {
      throw new TypeError(
        `${method ?? "stats"} needs numbers, but got ${describeValue(record)}.\n` +
          "Make numbers first: rdd.map(Number)",
      );
    }
    counter.merge(Number(record));
  }
  yield counter.state();
}
