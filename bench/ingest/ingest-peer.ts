// Brings a topic into a table, from the call to the last commit. Arguments: brokers, topic, table, WebHDFS address or "".
// Answers one line of JSON.
import { feeds, ingest, kafka, parquet } from "../../runtime/index.ts";
import { peakBytes } from "./peak-bytes.ts";

const [brokers, topic, url, webhdfs] = process.argv.slice(2);
const started = performance.now();
const job = ingest({
  from: kafka({ brokers, topics: [topic], groupId: `ingest-${process.pid}-${Date.now()}` }),
  parse: { [topic]: feeds.json() },
  to: parquet(url, webhdfs ? { webhdfs } : {}),
  trigger: { availableNow: true },
});
const { rows, bytes, files } = await job.finished;
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ seconds, rows, bytes, files, peakBytes: peakBytes() }));
