import { isLive, showChanges } from "../display/live-display.ts";
import { displayContent, mimeBundle } from "../display/mime-bundle.ts";
import { type ErrorReport, errorReport } from "../display/error-report.ts";
import { ProgressLine } from "../display/progress-line.ts";
import { Cell } from "../execution/cell.ts";
import { makeDisplay } from "../execution/display.ts";
import { loadRuntimeFor } from "../execution/lazy-runtime.ts";
import { runCode, settleJobs, untilInterrupted } from "../execution/run-cell.ts";
import type { Content } from "../protocol/message.ts";
import { evaluateExpressions } from "./user-expressions.ts";
import type { Handler, KernelState } from "./request.ts";

/** Loads the compiler; the kernel does it while it waits for its first cell. */
export const loadCompiler = () => import("../language/compile-cell.ts");

let executionCount = 0;
let silentCount = 0;
/** What runs now, so that an interrupt finds it. */
let running: Cell | undefined;

/** The cell that an interrupt is meant for. */
export function runningCell(): Cell | undefined {
  return running;
}

/** The number of the last counted cell. */
export function lastExecutionCount(): number {
  return executionCount;
}

/** Runs a cell. Answers when its code, its jobs and its outputs are done. */
export const executeRequest: Handler = async ({ id, content }, state) => {
  const request = readRequest(content);
  const isCounted = request.storeHistory && request.code.trim() !== "";
  if (isCounted) executionCount++;
  const number = executionCount;
  if (!request.silent)
    state.outlet.publish(id, "execute_input", { code: request.code, execution_count: number });
  const url = isCounted ? `Cell [${number}]` : `Cell [silent ${++silentCount}]`;
  const cell = new Cell({ id, url, allowsInput: request.allowsInput });
  running = cell;
  const progress = new ProgressLine((kind, data, displayId) =>
    state.outlet.publish(id, kind, displayContent(data, { display_id: displayId })),
  );
  if (!request.silent) cell.scope.onReport = (report) => progress.report(report);
  if (state.notice && !request.silent) {
    state.outlet.stream(id, "stderr", state.notice);
    state.notice = undefined;
  }
  try {
    const failure = await execute(cell, request, number, state);
    if (failure) {
      return {
        content: { status: "error", execution_count: number, ...failure },
        abortsQueue: request.stopsOnError,
      };
    }
    const expressions = await evaluateExpressions(cell, request.userExpressions);
    return { content: { status: "ok", execution_count: number, payload: [], user_expressions: expressions } };
  } finally {
    cell.scope.onReport = undefined;
    progress.finish();
    cell.finish();
    running = undefined;
  }
};

interface ExecuteRequest {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  allowsInput: boolean;
  stopsOnError: boolean;
  userExpressions: Record<string, unknown>;
}

function readRequest(content: Content): ExecuteRequest {
  const silent = content.silent === true;
  return {
    code: typeof content.code === "string" ? content.code : "",
    silent,
    storeHistory: !silent && content.store_history !== false,
    allowsInput: content.allow_stdin === true,
    stopsOnError: content.stop_on_error !== false,
    userExpressions: (content.user_expressions as Record<string, unknown> | null) ?? {},
  };
}

/** @returns the error that was shown, if the cell failed */
async function execute(
  cell: Cell,
  request: ExecuteRequest,
  number: number,
  { outlet, history }: KernelState,
): Promise<ErrorReport | undefined> {
  let failure: ErrorReport | undefined;
  let output: string | null = null;
  let shownValue: (() => string | undefined) | undefined;
  try {
    const { compileCell } = await loadCompiler();
    const compiled = compileCell(request.code, cell.url);
    await untilInterrupted(cell, loadRuntimeFor(request.code));
    const value = await runCode(cell, compiled);
    if (compiled.showsValue && value !== undefined && !request.silent) {
      shownValue = compiled.valueFrame;
      const data = await untilInterrupted(
        cell,
        cell.scope.run(() => mimeBundle(value)),
      );
      // Front ends can change what was displayed, and not what is a result.
      if (isLive(value)) makeDisplay(outlet)(value);
      else outlet.publish(cell.id, "execute_result", { ...displayContent(data), execution_count: number });
      output = String(data["text/plain"]);
    }
  } catch (error) {
    failure = show(error, shownValue?.());
  }
  try {
    await settleJobs(cell);
  } catch (error) {
    // The first error is the cell's; what else failed is printed, so that nothing is hidden.
    if (!failure) failure = show(error);
    else if (!cell.scope.signal.aborted)
      outlet.stream(cell.id, "stderr", `${errorReport(error).traceback.join("\n")}\n`);
  }
  // Tools that run notebooks drop what comes between two cells.
  await Promise.race([showChanges(), cell.interrupted.catch(() => {})]);
  if (request.storeHistory) history.add(number, request.code, output);
  return failure;

  function show(error: unknown, from?: string): ErrorReport {
    const report = errorReport(error, from);
    outlet.publish(cell.id, "error", report);
    return report;
  }
}
