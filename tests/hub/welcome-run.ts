// A person's server: the welcome notebook as it opens after login, run from top to bottom.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { cellAt, kernelIsIdle, save } from "../support/lab.ts";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly outputs?: readonly { readonly output_type: string; readonly data?: Record<string, unknown> }[];
  }[];
}

const graphType = "application/vnd.sightline.graph.v1+json";
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Notebook;

/** Waits until a server that is being started shows its notebook; a person sees the hub's page meanwhile. */
export async function serverIsUp(page: Page, name: string): Promise<void> {
  await page.waitForURL(new RegExp(`/user/${name}/.*lab`), { timeout: 110_000 });
  await cellAt(page, 0).waitFor({ timeout: 60_000 });
}

/** Runs all cells, saves the notebook, and checks that no cell failed and the graphs are drawn. */
export async function runWelcome(page: Page, file: string): Promise<void> {
  await kernelIsIdle(page);
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByText("Run All Cells", { exact: true }).click();
  const codeCells = read(file).cells.filter(({ cell_type }) => cell_type === "code").length;
  await page.locator(".jp-InputPrompt", { hasText: `[${codeCells}]:` }).waitFor({ timeout: 120_000 });
  await save(page);
  const outputs = read(file).cells.flatMap((cell) => cell.outputs ?? []);
  expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
  expect(outputs.filter(({ data }) => data && graphType in data)).toHaveLength(2);
  await page.locator('.sightline-graph[data-state="settled"]').last().waitFor({ timeout: 60_000 });
}
