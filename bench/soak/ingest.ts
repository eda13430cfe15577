// `npm run soak ingest [-- --events N] [--times N] [--seed N] [--save]`: brokers, DataNodes and ingests die five times each while
// events flow, also between two renames of one commit and as zombies; the table must hold each event once.
import { ingestThroughFaults } from "../../tests/support/ingest/fault-run.ts";
import { benchOptions, saveResult } from "../support/report.ts";

const { events, times, seed, save } = benchOptions({
  events: 300_000,
  times: 5,
  seed: Date.now() % 1_000_000,
});
const faults = { broker: times, dataNode: times, ingest: times, betweenRenames: times, zombie: times };
console.log(`seed ${seed}`);
const report = await ingestThroughFaults({ events, faults, seed, say: console.log });
console.log(report);
const isExact = report.rows === events && report.distinct === events && report.largest === events - 1;
console.log(isExact ? "Each event is in the table once." : "The table does NOT hold each event once.");
if (save) saveResult("soak-ingest", { seed, events, faults, ...report, isExact });
process.exit(isExact ? 0 : 1);
