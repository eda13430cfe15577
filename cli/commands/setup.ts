import type { Command } from "../main.ts";
import { main } from "../setup/main.mjs";

export const setup: Command = {
  summary:
    "Sets up what is missing: npm packages, Python packages, builds. --spark adds Spark, --hub JupyterHub.",
  run: main,
};
