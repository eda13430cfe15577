import { closeNames } from "../../runtime/text/close-names.ts";
import { DevError } from "../dev-error.ts";
import { spawnOnLeash } from "./leash.ts";

/** What a tool wrote, and its exit code. */
export interface ToolResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; it ends with this process. */
export function runTool(
  command: readonly string[],
  { input = "", env = process.env }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const { child } = spawnOnLeash(command, { env, stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout!.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr!.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.stdin!.on("error", () => {}); // it has ended without reading all
    child.stdin!.end(input);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * The Java class behind a tool's name.
 * @throws DevError with close names when there is none
 */
export function mainClassOf(tool: string, tools: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(tools, tool)) return tools[tool];
  const close = closeNames(tool, Object.keys(tools));
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  throw new DevError(`There is no tool ${tool}.`, `${hint}All: ${Object.keys(tools).join(", ")}`);
}
