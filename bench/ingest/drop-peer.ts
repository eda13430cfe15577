// Reads a topic to its end and drops every record: as fast as the library's own consumer can. Arguments: brokers,
// topic, count. Answers one line of JSON.
import { Consumer } from "@platformatic/kafka";
import { peakBytes } from "./peak-bytes.ts";

const [brokers, topic, count] = process.argv.slice(2);
const started = performance.now();
const consumer = new Consumer({
  clientId: "drop",
  bootstrapBrokers: brokers.split(","),
  groupId: `drop-${process.pid}-${Date.now()}`,
  autocommit: false,
});
const stream = await consumer.consume({ topics: [topic], mode: "earliest" });
let seen = 0;
stream.on("data", () => {
  if (++seen < Number(count)) return;
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, rows: seen, peakBytes: peakBytes() }));
  process.exit(0);
});
