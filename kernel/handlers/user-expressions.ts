import { errorReport } from "../display/error-report.ts";
import { mimeBundle } from "../display/mime-bundle.ts";
import type { Cell } from "../execution/cell.ts";
import { runCode } from "../execution/run-cell.ts";
import type { Content } from "../protocol/message.ts";

/** Evaluates the expressions that came with a cell, after it, each to a MIME bundle or to its error. */
export async function evaluateExpressions(
  cell: Cell,
  expressions: Record<string, unknown>,
): Promise<Content> {
  const results: Content = {};
  for (const [name, expression] of Object.entries(expressions)) {
    try {
      const { compileCell } = await import("../language/compile-cell.ts");
      const value = await runCode(cell, compileCell(String(expression), `Cell [expression ${name}]`));
      results[name] = { status: "ok", data: await mimeBundle(value), metadata: {} };
    } catch (error) {
      results[name] = { status: "error", ...errorReport(error) };
    }
  }
  return results;
}
