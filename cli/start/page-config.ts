import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";

/** Parts of JupyterLab that ask for something on the first day: whether to fetch news from its project's site. */
const disabledExtensions = { "@jupyterlab/apputils-extension:announcements": true };

/** Writes what JupyterLab's page is told before it loads its parts. */
export function writePageConfig(): void {
  const folder = join(places.config, "labconfig");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "page_config.json"),
    `${JSON.stringify({ disabledExtensions }, undefined, 2)}\n`,
  );
}
