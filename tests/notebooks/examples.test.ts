// Restart & Run All on every example, by the tools that people run notebooks with.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/command.ts";
import { codeCells, printed, type RanCell, runJupyterTool, shown } from "../support/notebook.ts";

const examples = join(root, "examples");
// lake.ipynb needs servers: tests/ingest/lake-notebook.test.ts.
const notebooks = readdirSync(examples).filter((name) => name.endsWith(".ipynb") && name !== "lake.ipynb");
const graphType = "application/vnd.sightline.graph.v1+json";

test("welcome.ipynb is among the examples", () => expect(notebooks).toContain("welcome.ipynb"));

describe.each(notebooks)("%s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-examples-"));
  // Without what earlier runs in the clone wrote, so that the first run is one.
  beforeAll(() =>
    cpSync(examples, folder, { recursive: true, filter: (path) => !path.endsWith(".parquet") }),
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["nbconvert", "jupyter", ["nbconvert", "--to", "notebook", "--execute", name, "--output", "first.ipynb"]],
    [
      "nbconvert again",
      "jupyter",
      ["nbconvert", "--to", "notebook", "--execute", name, "--output", "second.ipynb"],
    ],
    ["papermill", "papermill", [name, "third.ipynb", "--kernel", "sightline", "--no-progress-bar"]],
  ])(
    "every cell runs under %s",
    async (_, tool, args) => {
      const { code, stderr } = await runJupyterTool(tool, args, folder);
      expect(code, stderr).toBe(0);
      const cells = codeCells(
        join(
          folder,
          args.find((arg) => /^(first|second|third)\.ipynb$/.test(arg))!,
        ),
      );
      expect(cells.length).toBeGreaterThan(0);
      expect(cells.flatMap(({ outputs }) => outputs.filter((o) => o.output_type === "error"))).toEqual([]);
      expect(cells.map((cell) => printed(cell, "stderr")).join("")).toBe("");
      if (name === "welcome.ipynb") expectWelcome(cells);
    },
    180_000,
  );

  test("each run shows what the first did", () => {
    const [first, ...others] = ["first", "second", "third"].map((run) => join(folder, `${run}.ipynb`));
    expect(existsSync(first)).toBe(true);
    const texts = (path: string) => codeCells(path).map((cell) => shown(cell, "text/plain"));
    for (const other of others) expect(texts(other)).toEqual(texts(first));
  });
});

function expectWelcome(cells: RanCell[]): void {
  const cellWith = (text: string) => cells.find(({ source }) => source.includes(text))!;
  expect(shown(cellWith("data.take(3)"), "text/plain")).toBe(
    "[ [ 'lsass.exe', 389 ], [ 'ismserv.exe', 389 ], [ 'lsass.exe', 389 ] ]",
  );
  const table = printed(cellWith(".show()")).split("\n");
  expect(table.slice(0, 4)).toEqual([
    "+--------------------+-------+",
    "|             src_col|dst_col|",
    "+--------------------+-------+",
    expect.stringMatching(/^\| +\S+\| +\d+\|$/),
  ]);
  expect(table).toContain("only showing top 20 rows");

  const busiest = cellWith("the busiest pairs");
  expect(shown(busiest, "text/plain")).toContain(
    "|                   process| port|connections|\n" +
      "+--------------------------+-----+-----------+\n" +
      "|                 lsass.exe|   88|        104|\n" +
      "|                 lsass.exe|  389|         62|\n" +
      "|                    system|  445|         34|\n",
  );
  expect(shown(busiest, "text/html")).toContain(
    '<td style="text-align: left">lsass.exe</td><td style="text-align: right">88</td><td style="text-align: right">104</td>',
  );
  expect(shown(cellWith("events.count()"), "text/plain")).toBe("'3529 events, 2922 relations'");

  expectGraph(cellWith("plotter.plot(pdf)"), 58, 557);
  expectGraph(cellWith("edgeWeight"), 434, 510);
}

function expectGraph(cell: RanCell, nodes: number, edges: number): void {
  expect(shown(cell, "text/plain")).toBe(`Graph: ${nodes} nodes, ${edges} edges`);
  expect(shown(cell, graphType)).toMatchObject({ nodes, edges });
  const png = Buffer.from(shown(cell, "image/png"), "base64");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(1000);
}
