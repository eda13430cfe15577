/** A file that is there while a kernel runs: found at the next start, it tells that the last run ended badly. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const LOGS = fileURLToPath(new URL("../../.sightline/logs/", import.meta.url));

/**
 * Marks that the kernel of this connection runs. Jupyter restarts a kernel with the same connection file.
 * @returns what the user should know about the last run, if it didn't end by itself
 */
export function markRun(connectionFile: string, logs = LOGS): string | undefined {
  const marker = markerOf(connectionFile, logs);
  try {
    mkdirSync(logs, { recursive: true });
    const last = readIfThere(marker);
    writeFileSync(marker, String(process.pid));
    if (last === undefined) return undefined;
    const reason = fatalError(Number(last), logs);
    return `The kernel ended unexpectedly${reason ? ` (${reason})` : ""} and was started again; its variables are gone.\nRun the cells from the first one.\n`;
  } catch {
    // Where nothing can be written nothing is remembered.
    return undefined;
  }
}

/** The run ended as it should. */
export function unmarkRun(connectionFile: string, logs = LOGS): void {
  rmSync(markerOf(connectionFile, logs), { force: true });
}

function markerOf(connectionFile: string, logs: string): string {
  return join(logs, `${basename(connectionFile, ".json")}.running`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** What Node's own report says of the process, as with `--report-on-fatalerror`. */
function fatalError(pid: number, logs: string): string | undefined {
  const name = readdirSync(logs).find(
    (file) => file.startsWith("report.") && file.split(".")[3] === String(pid),
  );
  if (!name) return undefined;
  const report = JSON.parse(readFileSync(join(logs, name), "utf8")) as { header?: { event?: string } };
  return report.header?.event;
}
