import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

test("README's example runs as it stands, and prints what README says", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, script, output] = /<!-- example:begin -->\n\n```ts\n(.*?)```\n\n```\n(.*?)```/s.exec(readme)!;
  // Inside the project, so that "sightline" is found by its name.
  const folder = join(root, ".sightline", "readme");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "example.ts");
  writeFileSync(file, script);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: root, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.trim()).toBe(output.trim());
});

test("README's figures are those of bench/results", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const result = (name: string) =>
    JSON.parse(readFileSync(join(root, "bench", "results", `${name}.json`), "utf8")) as Record<
      string,
      number
    >;
  const { readyRatio, roundTripRatio } = result("kernel");
  expect(readme).toContain(`| Kernel ready | ${readyRatio.toFixed(2)} × ipykernel |`);
  expect(readme).toContain(`| \`1+1\` round trip | ${roundTripRatio.toFixed(2)} × ipykernel |`);
  const ingest = result("ingest") as unknown as {
    ratio: number;
    localRatio: number;
    results: { peakMegabytes: number }[];
  };
  const [{ peakMegabytes }] = ingest.results;
  expect(readme).toContain(
    `| ${ingest.ratio.toFixed(2)} × a consumer that drops them, ${peakMegabytes} MB at most |`,
  );
  const { programs } = result("rdd") as unknown as {
    programs: Record<string, { results: { name: string; cpuSeconds: number; wallSeconds: number }[] }>;
  };
  const rdd = (program: string, figure: "cpuSeconds" | "wallSeconds", engine: string) => {
    const of = (peer: string) => programs[program].results.find(({ name }) => name === peer)![figure];
    return (of(engine) / of("pyspark")).toFixed(2);
  };
  for (const [what, program, figure] of [
    ["Word count over 300 MB with RDDs, processor time", "wordCount", "cpuSeconds"],
    ["Split, filter and count over 300 MB, processor time", "filterCount", "cpuSeconds"],
    ["`reduceByKey` of 30M pairs, 6M keys", "reduceByKey", "wallSeconds"],
    ["`sortByKey` of 10M pairs", "sortByKey", "wallSeconds"],
    ["`join` of 5M and 5M pairs", "join", "wallSeconds"],
  ] as const) {
    const [sail, spark] = ["sail", "spark"].map((engine) => rdd(program, figure, engine));
    expect(readme).toContain(`| ${what} | ${sail} × PySpark's, on Spark ${spark} × |`);
  }
  const client = result("client") as unknown as Record<string, Record<string, { ratio: number }>>;
  const ratio = (task: string, what = "seconds") => client[task][what].ratio.toFixed(2);
  expect(readme).toContain(`| \`spark.sql("SELECT 1").collect()\` | ${ratio("sql")} × pyspark's`);
  expect(readme).toContain(
    `| 5M × 3 rows to Arrow | ${ratio("arrow")} × pyspark's, ${ratio("arrow", "cpuSeconds")} × its processor time |`,
  );
  expect(readme).toContain(`| \`createDataFrame\` of 1M rows | ${ratio("create")} × pyspark's |`);
  expect(readme).toContain(`| A plan of 200 steps | ${ratio("plan")} × pyspark's |`);
  const { udfRatio, arrowRatio } = result("udf");
  expect(readme).toContain(
    `| \`udf\` over 1M rows | ${udfRatio.toFixed(2)} × PySpark's, ${arrowRatio.toFixed(2)} × its Arrow-optimised one |`,
  );
  const [wide] = result("parquet").results as unknown as {
    smaller: number;
    times: Record<string, { faster: number }>;
  }[];
  const faster = (question: string) => wide.times[question].faster.toFixed(0);
  expect(readme).toContain(
    `| ${wide.smaller.toFixed(0)} times smaller than CSV; count ${faster("count")}, with a predicate ${faster("count where")} times faster |`,
  );
});
