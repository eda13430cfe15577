import { errorReport } from "../display/error-report.ts";
import { KernelError } from "../kernel-error.ts";
import type { Outlet } from "../protocol/outlet.ts";
import { Cell } from "./cell.ts";

const exit = process.exit.bind(process);

/** Ends the kernel's process; exit hooks of the runtime run. */
export function exitKernel(): never {
  return exit(0);
}

/** Keeps the kernel alive whatever user code does: refused exits, errors that nobody caught. */
export function guardProcess(outlet: Outlet): void {
  process.exit = ((code?: number | string) => {
    throw new KernelError(
      `process.exit(${code ?? ""}) would end the kernel and lose every variable, so it was refused.\nThrow an error to stop the cell, or restart the kernel from the Kernel menu.`,
    );
  }) as typeof process.exit;
  const report = (error: unknown) => {
    const cell = Cell.current();
    if (cell?.scope.signal.aborted) return;
    if (cell?.isRunning) return cell.fail(error);
    const text = `Not caught by ${cell?.url ?? "the kernel"}: ${errorReport(error).traceback.join("\n")}\n`;
    if (cell) outlet.stream(cell.id, "stderr", text);
    else process.stderr.write(text);
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}
