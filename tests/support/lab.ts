// JupyterLab as a person uses it: cells run one after another, the notebook saved.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** A cell of the open notebook, by its place from 0. */
export function cellAt(page: Page, index: number): Locator {
  return page.locator(`.jp-NotebookPanel .jp-Cell[data-windowed-list-index="${index}"]`);
}

/** Opens a notebook and waits until its first cell is there. */
export async function openNotebook(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await cellAt(page, 0).waitFor();
}

/** Waits until the kernel has said that it is idle; before that JupyterLab runs nothing. */
export async function kernelIsIdle(page: Page): Promise<void> {
  await page.getByText(/TypeScript \(Sightline\) \| Idle/).waitFor({ timeout: 60_000 });
}

/** Runs the cells from the first to the last with Shift+Enter, each when the one before is done. */
export async function runCellByCell(
  page: Page,
  cells: readonly { readonly cell_type: string }[],
): Promise<void> {
  await kernelIsIdle(page);
  await cellAt(page, 0).click();
  await page.keyboard.press("Escape");
  for (const [index, { cell_type }] of cells.entries()) {
    await expect.poll(() => cellAt(page, index).getAttribute("class")).toContain("jp-mod-active");
    await page.keyboard.press("Shift+Enter");
    if (cell_type !== "code") continue;
    const prompt = cellAt(page, index).locator(".jp-InputPrompt").first();
    await expect.poll(() => prompt.textContent(), { timeout: 60_000 }).toMatch(/^\[\d+\]:$/);
  }
}

/** Saves as Ctrl+S does, and waits until nothing is unsaved. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+s");
  const dirty = page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty");
  await expect.poll(() => dirty.count(), { timeout: 20_000 }).toBe(0);
}
