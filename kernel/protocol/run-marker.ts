/** A file that is there while a kernel runs: found at the next start, it tells that the last run ended badly. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const LOGS = process.env.SIGHTLINE_LOGS || fileURLToPath(new URL("../../.sightline/logs/", import.meta.url));
/** A server that was killed too leaves its kernels' connection files behind. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Marks that the kernel of this connection runs. Jupyter restarts a kernel with the same connection file.
 * @returns what the user should know about the last run, if it didn't end by itself
 */
export function markRun(connectionFile: string, logs = LOGS): string | undefined {
  const marker = markerOf(connectionFile, logs);
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    // Node's reports hold the user's code and what it worked on.
    chmodSync(logs, 0o700);
    const file = resolve(connectionFile);
    const [pid, lastFile] = (readIfThere(marker) ?? "").split("\n");
    writeFileSync(marker, `${process.pid}\n${file}`, { mode: 0o600 });
    const reason = fatalError(Number(pid), logs);
    sweep(logs);
    // A file of the same name in another folder was another kernel's.
    if (lastFile !== file) return undefined;
    return `The kernel ended unexpectedly${reason ? ` (${reason})` : ""} and was started again; its variables are gone.\nRun the cells from the first one.\n`;
  } catch {
    // Where nothing can be written nothing is remembered.
    return undefined;
  }
}

/** The run ended as it should. */
export function unmarkRun(connectionFile: string, logs = LOGS): void {
  try {
    rmSync(markerOf(connectionFile, logs), { force: true });
  } catch {
    // Nor was it marked, where nothing can be written.
  }
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
  const name = readdirSync(logs).find((file) => reportedPid(file) === pid);
  if (!name) return undefined;
  const report = JSON.parse(readFileSync(join(logs, name), "utf8")) as { header?: { event?: string } };
  return report.header?.event;
}

/** Removes what runs left behind that nobody will ask about: markers of dead kernels, and reports of others. */
function sweep(logs: string): void {
  const files = readdirSync(logs);
  const pids = new Set<number>();
  for (const file of files.filter((name) => name.endsWith(".running"))) {
    const path = join(logs, file);
    const [pid, connectionFile] = (readIfThere(path) ?? "").split("\n");
    if (isAlive(Number(pid)) || isWaitingForRestart(path, connectionFile)) pids.add(Number(pid));
    else rmSync(path, { force: true });
  }
  for (const file of files) {
    const pid = reportedPid(file);
    if (pid !== undefined && !pids.has(pid)) rmSync(join(logs, file), { force: true });
  }
}

/** `report.20260101.120000.<pid>.0.001.json` */
function reportedPid(file: string): number | undefined {
  return file.startsWith("report.") ? Number(file.split(".")[3]) : undefined;
}

/** Jupyter keeps the connection file of a kernel that it is about to start again. */
function isWaitingForRestart(marker: string, connectionFile: string | undefined): boolean {
  if (!connectionFile || !existsSync(connectionFile)) return false;
  const written = statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - written < MAX_AGE_MS;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
