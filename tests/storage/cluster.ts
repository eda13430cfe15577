import { afterAll, beforeAll, beforeEach } from "vitest";
import { findJava, findMaven, installCommand } from "../../dev/jars/find-tools.ts";
import { type Hdfs, type HdfsOptions, startHdfs } from "../../dev/hdfs/start-hdfs.ts";

/** A real HDFS for the tests of a suite, gone afterwards; they are skipped by name where Java or Maven is missing. */
export function clusterFor(options: HdfsOptions): { readonly hdfs: Hdfs } {
  const context = { hdfs: undefined as unknown as Hdfs };
  const isPossible = hasTools();
  beforeAll(async () => {
    if (isPossible) context.hdfs = await startHdfs(options);
  }, 400_000);
  beforeEach((test) => {
    if (!isPossible) test.skip(installCommand);
  });
  afterAll(() => context.hdfs?.stop());
  return context;
}

function hasTools(): boolean {
  try {
    findJava();
    findMaven();
    return true;
  } catch {
    return false;
  }
}
