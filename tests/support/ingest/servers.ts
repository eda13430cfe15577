import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Hdfs, startHdfs } from "../../../dev/hdfs/start-hdfs.ts";
import { missingTools } from "../../../dev/jars/find-tools.ts";
import { type Kafka, startKafka } from "../../../dev/kafka/start-kafka.ts";

/** What a suite of ingest has: real brokers, a real HDFS where it asked for one, and an empty folder. */
export interface Servers {
  readonly kafka: Kafka;
  readonly hdfs: Hdfs;
  readonly folder: string;
  /** The brokers, as `kafka()` takes them. */
  readonly brokers: readonly string[];
}

/** Starts servers for the tests of a suite, and ends them; the tests are skipped by name where Java or Maven is missing. */
export function serversFor({ dataNodes }: { dataNodes?: 1 | 3 } = {}): Servers {
  const context: { kafka?: Kafka; hdfs?: Hdfs; folder: string; brokers: readonly string[] } = {
    folder: "",
    brokers: [],
  };
  const missing = missingTools();
  beforeAll(async () => {
    context.folder = mkdtempSync(join(tmpdir(), "sightline-ingest-"));
    if (missing) return;
    context.kafka = await startKafka();
    context.brokers = context.kafka.bootstrap;
    if (dataNodes) context.hdfs = await startHdfs({ dataNodes });
  }, 400_000);
  beforeEach((test) => {
    if (missing) test.skip(missing);
  });
  afterAll(async () => {
    await Promise.all([context.kafka?.stop(), context.hdfs?.stop()]);
    rmSync(context.folder, { recursive: true, force: true });
  }, 60_000);
  return context as Servers;
}
