// The cells that the product was promised with, as they stand there, in a folder where nothing ran before.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CellResult, JupyterClient } from "../support/jupyter-client.ts";

const readText = `// RDD: the default way to load raw data
let data = sc.textFile("file.csv");
data = data.map(x => x.split(","));`;

const mapWithFunction = `// a function of the user's, shipped to every node
function doSomething(x: string[]) { return [x[0], Number(x[1])]; }
data = data.map(x => doSomething(x));`;

const nameSchema = `const schema = "src_col string, dst_col int"`;

const makeDataFrame = `// DataFrame from an RDD and a schema
const df = sqlContext.createDataFrame(data, schema);
df.write.parquet("file.parquet");
const back = sqlContext.read.parquet("file.parquet");`;

const runSql = `// SQL
back.registerTempTable("table");
sqlContext.sql("SELECT * FROM table").show();`;

const plotGraph = `// local data frame, then the graph
const pdf = await back.toPandas();
const plotter = graphistry.bind({ source: "src_col", destination: "dst_col" });
plotter.plot(pdf);`;

let kernel: JupyterClient;
beforeAll(async () => {
  kernel = await JupyterClient.start({ env: { SIGHTLINE_ENGINE_START: "" } });
  writeFileSync(join(kernel.folder, "file.csv"), "lsass.exe,389,x\nsvchost.exe,135,y\nlsass.exe,88,z\n");
});
afterAll(() => kernel.stop());

async function run(code: string): Promise<CellResult> {
  const result = await kernel.execute(code);
  expect(result.error).toBeUndefined();
  expect(result.reply.status).toBe("ok");
  expect(result.stderr).toBe("");
  return result;
}

test("every cell of the promise runs as it stands, from raw text to the graph", async () => {
  for (const cell of [readText, mapWithFunction, nameSchema, makeDataFrame]) {
    const { stdout, messages } = await run(cell);
    expect(stdout).toBe("");
    expect(messages.map(({ type }) => type)).toEqual(["execute_input"]);
  }
  expect(existsSync(join(kernel.folder, "file.parquet"))).toBe(true);

  const { stdout } = await run(runSql);
  const [line, head, line2, ...rest] = stdout.trim().split("\n");
  expect([line, head, line2]).toEqual([
    "+-----------+-------+",
    "|    src_col|dst_col|",
    "+-----------+-------+",
  ]);
  // Without ORDER BY the order is that in which the files were read.
  expect(rest.sort()).toEqual([
    line,
    "|  lsass.exe|     88|",
    "|  lsass.exe|    389|",
    "|svchost.exe|    135|",
  ]);

  const { messages } = await run(plotGraph);
  const bundle = messages.find(({ type }) => type === "execute_result")!.content.data;
  expect(Object.keys(bundle).sort()).toEqual([
    "application/vnd.sightline.graph.v1+json",
    "image/png",
    "text/plain",
  ]);
  expect(bundle["text/plain"]).toBe("Graph: 5 nodes, 3 edges");
  expect(bundle["application/vnd.sightline.graph.v1+json"]).toMatchObject({ nodes: 5, edges: 3 });
});

test("values that a cell computed are those of the raw text, typed by the schema", async () => {
  const { text } = await run(
    `(await back.orderBy("dst_col").collect()).map((row) => [row.src_col, row.dst_col])`,
  );
  expect(text).toBe("[ [ 'lsass.exe', 88 ], [ 'svchost.exe', 135 ], [ 'lsass.exe', 389 ] ]");
});

test("a write that wasn't awaited is done before what reads it", async () => {
  await run(`const p = "ordered.parquet"`);
  const code = `df.write.mode("overwrite").parquet(p); sqlContext.read.parquet(p).count()`;
  for (const _ of ["first", "again"]) expect((await run(code)).text).toBe("3");
});

test("writing to a path that is there says how to go on", async () => {
  const { error } = await kernel.execute(`df.write.parquet("file.parquet")`);
  const [what, remedy] = error!.evalue.split("\n");
  expect(what).toContain("file.parquet");
  expect(remedy).toContain('mode("overwrite")');
});
