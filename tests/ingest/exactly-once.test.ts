import { expect, test } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { ingestThroughFaults } from "../support/ingest/fault-run.ts";

// Five of each, with 300,000 events: npm run soak ingest
test("each event is in the table once, though brokers, DataNodes and ingests die", async (context) => {
  const missing = missingTools();
  if (missing) return context.skip(missing);
  const events = 60_000;
  const report = await ingestThroughFaults({
    events,
    faults: { broker: 1, dataNode: 1, ingest: 1, betweenRenames: 1, zombie: 1 },
    seed: Date.now(),
  });
  expect(report).toMatchObject({
    rows: events,
    distinct: events,
    smallest: 0,
    largest: events - 1,
    zombiesRefused: 1,
  });
}, 600_000);
