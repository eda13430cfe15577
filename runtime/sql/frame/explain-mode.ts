import { ExplainMode } from "../../connect/client.ts";
import { PlanError } from "../../connect/plan-error.ts";
import { argumentError } from "../argument-error.ts";
import { keywordArguments } from "../keyword-arguments.ts";

const modes: Readonly<Record<string, ExplainMode>> = {
  simple: ExplainMode.SIMPLE,
  extended: ExplainMode.EXTENDED,
  codegen: ExplainMode.CODEGEN,
  cost: ExplainMode.COST,
  formatted: ExplainMode.FORMATTED,
};

/** `explain(extended, mode)`: `true`, or the name of a mode in either place. */
export function explainMode(args: readonly unknown[]): ExplainMode {
  const { extended, mode } = keywordArguments("explain", ["extended", "mode"], args);
  if (extended !== undefined && mode !== undefined) {
    throw new PlanError(
      "explain() was given extended and mode.",
      'Pass one of them: df.explain("formatted")',
    );
  }
  const wanted = mode ?? extended ?? false;
  if (typeof wanted === "boolean") return wanted ? ExplainMode.EXTENDED : ExplainMode.SIMPLE;
  if (typeof wanted === "string" && Object.hasOwn(modes, wanted.toLowerCase()))
    return modes[wanted.toLowerCase()];
  throw argumentError("explain", wanted, `true, or one of ${Object.keys(modes).join(", ")}`, "mode");
}
