import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { PNG } from "pngjs";
import { root } from "./command.ts";

/** What enables the browser tests on a machine without one. */
export const chromiumHint = "apt-get install chromium";

/** The system's Chromium or Chrome; `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
  return process.env.CHROMIUM ?? found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts the browser without a window; it asks nobody but the pages it opens. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  const quiet = ["background-networking", "component-update", "sync", "quic"].map(
    (name) => `--disable-${name}`,
  );
  const home = join(root, ".sightline", "test-home");
  const env = { ...process.env, XDG_CONFIG_HOME: join(home, "config"), XDG_CACHE_HOME: join(home, "cache") };
  return chromium.launch({ executablePath, env, args: ["--no-sandbox", "--no-first-run", ...quiet] });
}

/** How the pixels of a part of the page differ: what a person would see, as the browser composed it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The share of pixels that differ from the commonest colour, the background. */
  readonly drawnShare: number;
  /** How many clearly different colours cover at least twenty pixels each. */
  readonly colorCount: number;
}

/** Takes a screenshot of an element and looks at its pixels. */
export async function lookAt(page: Page, selector: string): Promise<Picture> {
  const png = await page.locator(selector).screenshot({ animations: "disabled" });
  const { width, height, data } = PNG.sync.read(png);
  const counts = new Map<number, number>();
  for (let i = 0; i < data.length; i += 4) {
    // Three bits a channel: shades of one colour count once.
    const color = ((data[i] >> 5) << 6) | ((data[i + 1] >> 5) << 3) | (data[i + 2] >> 5);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const sizes = [...counts.values()].toSorted((a, b) => b - a);
  return {
    width,
    height,
    drawnShare: 1 - sizes[0] / (width * height),
    colorCount: sizes.filter((size) => size >= 20).length,
  };
}

/** Runs a test's steps on a page of its own; when one fails, what the page showed is kept in `.sightline/logs`. */
export async function onPage(
  browser: Browser,
  name: string,
  steps: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const page = await context.newPage();
  try {
    await steps(page);
  } catch (error) {
    await page.screenshot({ path: join(root, ".sightline", "logs", `${name}.png`) });
    throw error;
  } finally {
    await context.close();
  }
}
