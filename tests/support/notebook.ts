// Notebooks run by Jupyter's own tools, and what their cells show afterwards.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, root } from "./command.ts";

/** An output of a cell as nbformat keeps it. */
export interface CellOutput {
  readonly output_type: "stream" | "execute_result" | "display_data" | "error";
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Record<string, any>;
  readonly evalue?: string;
}

export interface RanCell {
  readonly source: string;
  readonly outputs: CellOutput[];
}

/** The code cells of a notebook file. */
export function codeCells(path: string): RanCell[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: { cell_type: string; source: string | string[]; outputs: CellOutput[] }[];
  };
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source, outputs }) => ({ source: joined(source), outputs }));
}

/** The content of one MIME type that a cell shows, texts in one piece. */
export function shown(cell: RanCell, type: string): any {
  const content = cell.outputs.find(({ data }) => data && type in data)?.data?.[type];
  return Array.isArray(content) ? joined(content) : content;
}

/** What a cell printed. */
export function printed(cell: RanCell, name = "stdout"): string {
  return cell.outputs
    .filter((output) => output.output_type === "stream" && output.name === name)
    .map(({ text }) => joined(text ?? ""))
    .join("");
}

function joined(text: string | string[]): string {
  return Array.isArray(text) ? text.join("") : text;
}

/** Runs a tool of the project's Jupyter in a folder; it finds the kernel as users are told to, and keeps its files there. */
export function runJupyterTool(
  tool: string,
  args: string[],
  folder: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const env = {
    JUPYTER_PATH: join(root, "share/jupyter"),
    JUPYTER_CONFIG_DIR: join(folder, ".jupyter/config"),
    JUPYTER_DATA_DIR: join(folder, ".jupyter/data"),
    JUPYTER_RUNTIME_DIR: join(folder, ".jupyter/runtime"),
    IPYTHONDIR: join(folder, ".jupyter/ipython"),
    SIGHTLINE_ENGINE_START: undefined,
    ...variables,
  };
  return Command.run([join(root, ".venv/bin", tool), ...args], { cwd: folder, env });
}
