// examples/lake.ipynb as it stands, on real brokers and a real HDFS.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/command.ts";
import { serversFor } from "../support/ingest/servers.ts";
import { codeCells, type RanCell, runJupyterTool, shown } from "../support/notebook.ts";

const servers = serversFor({ dataNodes: 1 });
const graphType = "application/vnd.sightline.graph.v1+json";

describe("lake.ipynb", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-lake-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("joins three feeds over hdfs:// and draws them; run again, it shows the same", async () => {
    cpSync(join(root, "examples"), folder, { recursive: true });
    const first = await run("first.ipynb");
    expectJoins(first);
    // The cell was done when the job had just begun: what it shows has been changed since.
    const progress: string = shown(cellWith(first, "job\n"), "text/plain");
    expect(progress).toMatch(/^state +stopped$/m);
    expect(progress).toMatch(/^rows +4,392$/m);
    expectJoins(await run("second.ipynb"));
  }, 240_000);

  async function run(output: string): Promise<RanCell[]> {
    const args = ["nbconvert", "--to", "notebook", "--execute", "lake.ipynb", "--output", output];
    const { code, stderr } = await runJupyterTool("jupyter", args, folder, {
      SIGHTLINE_KAFKA: servers.kafka.bootstrap.join(","),
      SIGHTLINE_HDFS: servers.hdfs.url,
      HADOOP_CONF_DIR: servers.hdfs.conf,
    });
    expect(code, stderr).toBe(0);
    return codeCells(join(folder, output));
  }
});

function cellWith(cells: readonly RanCell[], text: string): RanCell {
  return cells.find(({ source }) => `${source}\n`.includes(text))!;
}

function expectJoins(cells: readonly RanCell[]): void {
  const rows = (text: string): string[][] => {
    const table: string = shown(cellWith(cells, text), "text/plain");
    const lines = table.split("\n").filter((line) => line.startsWith("|"));
    return lines.slice(1).map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((value) => value.trim()),
    );
  };
  expect(rows('groupBy("source")')).toEqual([
    ["kev", "294"],
    ["siem", "3529"],
    ["threat-intel", "513"],
    ["vulnerability", "56"],
  ]);
  expect(rows("v.exploitable")).toEqual([
    ["A-001", "Engineering workstation", "24", "49", "1"],
    ["A-004", "Application server", "7", "7", "0"],
  ]);
  expect(rows("vulnerabilityName").map((row) => row.toSpliced(2, 1))).toEqual([
    ["A-001", "WORKSTATION5.theshire.local", "80", "CVE-2012-1823", expect.stringContaining("PHP")],
  ]);
  const techniques = rows("const techniques");
  expect(techniques.length).toBeGreaterThan(0);
  expect(techniques[0].slice(1, 2)).toEqual(["T0805"]);
  const graph = shown(cellWith(cells, ".plot("), graphType) as unknown as { nodes: number; edges: number };
  expect(graph.nodes).toBeGreaterThan(60);
  expect(graph.edges).toBeGreaterThan(100);
}
