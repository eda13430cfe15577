import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumHint, findChromium, launchBrowser, lookAt, onPage } from "../support/browser.ts";
import { Command, root } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { cellAt, openNotebook, runCellByCell, save } from "../support/lab.ts";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly outputs?: readonly { readonly output_type: string; readonly data?: Record<string, unknown> }[];
  }[];
}

const chromium = findChromium();
const graphType = "application/vnd.sightline.graph.v1+json";
const graphs = [
  { nodes: "58", edges: "557" },
  { nodes: "434", edges: "510" },
];
let folder: string;
let browser: Browser | undefined;
const servers: Command[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sightline-browser-"));
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  if (chromium) browser = await launchBrowser(chromium);
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) {
    server.child.kill("SIGINT");
    await server.exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

const notebookFile = () => join(folder, "examples", "welcome.ipynb");
const readNotebook = () => JSON.parse(readFileSync(notebookFile(), "utf8")) as Notebook;
const cellIndex = (text: string) =>
  readNotebook().cells.findIndex(
    ({ cell_type, source }) => cell_type === "code" && source.join("").includes(text),
  );

test("a person runs the welcome notebook cell by cell, sees tables and graphs, and saves", async (context) => {
  if (!browser) context.skip(chromiumHint);
  const start = [
    "start",
    "--no-browser",
    "--notebook-dir",
    join(folder, "examples"),
    "--port",
    String(await freePort()),
  ];
  const server = new Command([process.execPath, join(root, "cli", "sightline.mjs"), ...start]);
  servers.push(server);
  const [url] = await server.says(/http:\S+/);
  await onPage(browser!, "welcome-run", (page) => runAndSave(page, url));
}, 240_000);

async function runAndSave(page: Page, url: string): Promise<void> {
  await openNotebook(page, url);
  await runCellByCell(page, readNotebook().cells);

  const shown = cellAt(page, cellIndex('SELECT * FROM table").show()')).locator(".jp-OutputArea-output");
  await expect
    .poll(() => shown.textContent())
    .toMatch(/^\+-+\+-+\+\n\| +src_col\|dst_col\|\n(.+\n)+only showing top 20 rows/);

  const busiest = cellAt(page, cellIndex("the busiest pairs")).locator("table");
  await expect
    .poll(() => busiest.locator("th").allTextContents())
    .toEqual(["process", "port", "connections"]);
  expect(await busiest.locator("td").allTextContents()).toEqual(busiestPairs(8).flat());

  await expectGraphs(page);
  await save(page);
  const outputs = readNotebook().cells.flatMap((cell) => cell.outputs ?? []);
  expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
  expect(outputs.filter(({ data }) => data && graphType in data)).toHaveLength(2);
}

test("the saved notebook shows its graphs on a machine without the kernel", async (context) => {
  if (!browser) context.skip(chromiumHint);
  const port = await freePort();
  const server = new Command(
    [
      join(root, ".venv/bin/python"),
      ...["-m", "jupyterlab", "--no-browser", "--allow-root", `--port=${port}`, "--IdentityProvider.token="],
      ...[`--ServerApp.root_dir=${join(folder, "examples")}`, "--LabApp.news_url=None"],
    ],
    { env: jupyterWithoutKernel() },
  );
  servers.push(server);
  const url = `http://127.0.0.1:${port}/lab/tree/welcome.ipynb`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200);
  await onPage(browser!, "welcome-saved", async (page) => {
    await openNotebook(page, url);
    const dialog = page.locator(".jp-Dialog");
    await dialog.locator("select").selectOption({ label: "No Kernel" });
    await dialog.getByRole("button", { name: "Select" }).click();
    await expectGraphs(page);
  });
}, 240_000);

/** Scrolls to each graph, waits until it has settled, and checks that it is drawn. */
async function expectGraphs(page: Page): Promise<void> {
  for (const { nodes, edges } of graphs) {
    const graph = `.sightline-graph[data-nodes="${nodes}"][data-edges="${edges}"]`;
    const index = cellIndex(nodes === graphs[0].nodes ? "plotter.plot(pdf)" : "await summary.toPandas()");
    await scrollTo(page, index);
    const state = () => page.locator(graph).getAttribute("data-state");
    await expect.poll(state, { timeout: 60_000 }).toBe("settled");
    const picture = await lookAt(page, `${graph} canvas.sightline-graph-canvas`);
    expect(picture.width).toBeGreaterThan(400);
    // A few hundred discs and lines on an empty ground, in the colours of several communities.
    expect(picture.drawnShare).toBeGreaterThan(0.005);
    expect(picture.drawnShare).toBeLessThan(0.6);
    expect(picture.colorCount).toBeGreaterThan(3);
  }
}

// Cells out of sight aren't in the page; the wheel brings them, as it does for a person.
async function scrollTo(page: Page, index: number): Promise<void> {
  await page.locator(".jp-NotebookPanel .jp-WindowedPanel-outer").hover();
  await page.mouse.wheel(0, -100_000);
  const output = cellAt(page, index).locator(".jp-OutputArea");
  for (let turns = 0; turns < 200 && !(await output.count()); turns++) {
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(50);
  }
  await output.first().scrollIntoViewIfNeeded();
}

/** The same as the notebook's SQL, by hand. */
function busiestPairs(count: number): string[][] {
  const lines = readFileSync(join(root, "examples", "file.csv"), "utf8")
    .trim()
    .split("\n");
  const times = new Map<string, number>();
  for (const line of lines) {
    const pair = line.split(",", 2).join("\t");
    times.set(pair, (times.get(pair) ?? 0) + 1);
  }
  const rows = Array.from(times, ([pair, n]) => [...pair.split("\t"), String(n)]);
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => Number(b[2]) - Number(a[2]) || byText(a[0], b[0]) || Number(a[1]) - Number(b[1]));
  return rows.slice(0, count);
}

function jupyterWithoutKernel(): NodeJS.ProcessEnv {
  const share = join(folder, "share");
  mkdirSync(share);
  symlinkSync(join(root, "share/jupyter/labextensions"), join(share, "labextensions"));
  const places = ["CONFIG", "DATA", "RUNTIME"].map((name) => [`JUPYTER_${name}_DIR`, join(folder, name)]);
  return { JUPYTER_PATH: share, IPYTHONDIR: join(folder, "ipython"), ...Object.fromEntries(places) };
}
