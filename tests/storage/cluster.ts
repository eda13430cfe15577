import { userInfo } from "node:os";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { type Hdfs, type HdfsOptions, startHdfs } from "../../dev/hdfs/start-hdfs.ts";

/** A real HDFS for the tests of a suite, gone afterwards; they are skipped by name where Java or Maven is missing. */
export function clusterFor(options: HdfsOptions): { readonly hdfs: Hdfs } {
  const context = { hdfs: undefined as unknown as Hdfs };
  const missing = missingTools();
  beforeAll(async () => {
    if (!missing) context.hdfs = await startHdfs(options);
  }, 400_000);
  beforeEach((test) => {
    if (missing) test.skip(missing);
  });
  afterAll(() => context.hdfs?.stop());
  return context;
}

/** Changes something as the superuser, over WebHDFS: `SETOWNER&owner=alice`. */
export async function administer(hdfs: Hdfs, path: string, operation: string): Promise<void> {
  const url = `${hdfs.webhdfs}/webhdfs/v1${encodeURI(path)}?user.name=${userInfo().username}&op=${operation}`;
  const answer = await fetch(url, { method: "PUT" });
  if (!answer.ok) throw new Error(`${operation} ${path}: ${await answer.text()}`);
}
