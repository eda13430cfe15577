// What goes wrong in a notebook is told once, with what to do about it, and the kernel goes on.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { JupyterClient } from "../support/jupyter-client.ts";

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start();
  writeFileSync(join(kernel.folder, "hosts.csv"), "a,1\nb,2\na,3\n");
  await kernel.execute(`const hosts = spark.createDataFrame([["a", 1]], "host string, port int")`);
});
afterAll(() => kernel.stop());
afterEach(async () => {
  expect((await kernel.execute("await spark.range(3).count()")).text).toBe("3");
});

// eslint-disable-next-line no-control-regex
const plain = (lines: string[]) => lines.join("\n").replaceAll(/\u001b\[\d+m/g, "");

/** The one error of a cell, with the cell's number replaced by n. */
async function failure(code: string) {
  const { reply, messages, stderr } = await kernel.execute(code);
  expect(reply.status).toBe("error");
  expect(stderr).toBe("");
  const errors = messages.filter(({ type }) => type === "error");
  expect(errors).toHaveLength(1);
  const { ename, evalue, traceback } = errors[0].content;
  const text = plain(traceback).replaceAll(`Cell [${reply.execution_count}]`, "Cell [n]");
  expect(text).not.toContain("node_modules");
  return { ename, lines: evalue.split("\n"), text };
}

test("a missing file, in an RDD", async () => {
  const { ename, lines, text } = await failure(
    `const lines = sc.textFile("nowhere.csv")\nawait lines.count()`,
  );
  expect(ename).toBe("PlanError");
  expect(lines).toEqual([
    `textFile("nowhere.csv"): there is no file ${join(kernel.folder, "nowhere.csv")}.`,
    `Check the path; a relative one starts at the notebook's folder, which is ${kernel.folder} now.`,
  ]);
  expect(text).toContain("Cell [n], line 2:13");
});

test.each(["csv", "json", "parquet", "text"])("a missing file, in spark.read.%s", async (format) => {
  const { ename, lines, text } = await failure(`await spark.read.${format}("nowhere.x").show()`);
  expect(ename).toBe("SparkError");
  expect(lines).toEqual([
    `PATH_NOT_FOUND: there is no file or folder ${join(kernel.folder, "nowhere.x")}.`,
    "Check the path; a relative one starts at the notebook's folder.",
  ]);
  expect(text).toMatch(/Cell \[n\], line 1:\d+/);
});

test("a closure that throws, at the user's line and column", async () => {
  const { ename, lines, text } = await failure(`interface Host { name: string }
const parse = (line: string): Host => {
  const [name, port] = line.split(",");
  if (port === "2") throw new RangeError("no port " + port);
  return { name };
};
await sc.textFile("hosts.csv").map(parse).collect();`);
  expect(ename).toBe("ClosureError");
  expect(lines[0]).toBe("RangeError: no port 2");
  expect(lines[1]).toContain('at the record "b,2"');
  expect(lines[1]).toContain("Mend the function, or filter such records out before.");
  expect(text).toContain(
    "  Cell [n], line 4:27\n" +
      "    2 | const parse = (line: string): Host => {\n" +
      '    3 |   const [name, port] = line.split(",");\n' +
      '  > 4 |   if (port === "2") throw new RangeError("no port " + port);\n' +
      "      |                           ^\n",
  );
});

test.each([
  ["in an action", `await hosts.select("hots").show()`],
  ["in a frame that shows itself", `hosts.filter("hots = 'a'")`],
  ["in SQL", `hosts.registerTempTable("hosts"); await sqlContext.sql("SELECT hots FROM hosts").collect()`],
])("an unknown column %s", async (_, code) => {
  const { ename, lines, text } = await failure(code);
  expect(ename).toBe("AnalysisException");
  expect(lines[0]).toMatch(/^UNRESOLVED_COLUMN: no column `hots`/);
  expect(lines[1]).toContain("Did you mean `host`?");
  expect(text).toContain("Cell [n], line 1:");
});

test("a folder that can't be written", async () => {
  const { ename, lines, text } = await failure(`await hosts.write.parquet("/proc/nowhere/x")`);
  expect(ename).toBe("SparkError");
  expect(lines[0]).toContain("/proc/nowhere/x");
  expect(lines[1]).toBe("Write to a folder that you may change.");
  expect(text).toContain("Cell [n], line 1:");
});

test("a path that is there already", async () => {
  await kernel.execute(`hosts.write.mode("overwrite").parquet("hosts.parquet")`);
  const { lines } = await failure(`hosts.write.parquet("hosts.parquet")`);
  expect(lines[0]).toBe(
    `PATH_ALREADY_EXISTS: there is something at ${join(kernel.folder, "hosts.parquet")} already.`,
  );
  expect(lines[1]).toContain(`Replace it: df.write.mode("overwrite")`);
});

test("a job that nobody awaited fails its cell", async () => {
  const { lines, text } = await failure(`spark.read.parquet("nowhere.x").count();\nconst after = 1;`);
  expect(lines[0]).toContain("PATH_NOT_FOUND");
  expect(lines[1]).toContain("Check the path");
  expect(text).toContain("Cell [n], line 1:");
  expect((await kernel.execute("after")).text).toBe("1");
});
