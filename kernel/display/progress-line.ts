// One output of a cell that tells how far its jobs are, while they run long.
import { randomUUID } from "node:crypto";
import { setInterval } from "node:timers";
import type { JobReport, WorkDone } from "../../runtime/jobs/index.ts";
import type { MimeBundle } from "./mime-bundle.ts";

/** Jobs that end sooner show nothing. */
const patienceMs = 1000;
/** Front ends redraw an output for each update: more often than this only costs. */
const intervalMs = 500;

/** Shows a bundle: first as a new output, then in its place. */
export type Show = (
  kind: "display_data" | "update_display_data",
  data: MimeBundle,
  displayId: string,
) => void;

/**
 * The line under a cell whose jobs take more than a second: stages, tasks and bytes as the engine tells them, and what is
 * waited for. It is updated at most twice a second; at the cell's end it becomes the time that the cell took.
 */
export class ProgressLine {
  readonly #show: Show;
  readonly #displayId = randomUUID();
  readonly #began = performance.now();
  readonly #reports = new Map<string, JobReport>();
  #shown: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(show: Show) {
    this.#show = show;
  }

  /** A job tells of itself. */
  report(report: JobReport): void {
    // What was waited for and has come says nothing any more.
    if (report.isDone && !report.work) this.#reports.delete(report.id);
    else this.#reports.set(report.id, report);
    this.#timer ??= setInterval(() => this.#draw(), intervalMs).unref();
  }

  /** The cell is done. */
  finish(): void {
    clearInterval(this.#timer);
    if (this.#shown === undefined) return;
    // How far it came last isn't how far it came: engines don't report the end.
    const text = `Took ${this.#seconds()} s.`;
    this.#publish({ "text/plain": text, "text/html": `<small>${text}</small>` });
  }

  #draw(): void {
    const now = performance.now();
    const running = [...this.#reports.values()].filter(({ isDone }) => !isDone);
    if (this.#shown === undefined && !running.some(({ since }) => now - since >= patienceMs)) return;
    const waits = running.flatMap(({ text }) => (text ? [text] : []));
    const works = running.flatMap(({ work }) => (work ? [work] : []));
    const share = works.length > 0 ? sum(works, "tasksDone") / sum(works, "tasks") : undefined;
    const told = works.length > 0 ? [describe(works)] : [];
    const text = [...waits, ...told, `${this.#seconds()} s`].join(" · ");
    if (waits.length + works.length === 0) return;
    const plain = share === undefined ? text : `${bar(share)} ${text}`;
    const value = share === undefined ? "" : ` value="${share.toFixed(3)}"`;
    const html = `<progress max="1"${value}></progress> <small>${escape(text)}</small>`;
    this.#publish({ "text/plain": plain, "text/html": html });
  }

  #publish(data: MimeBundle): void {
    const text = String(data["text/plain"]);
    if (text === this.#shown) return;
    const kind = this.#shown === undefined ? "display_data" : "update_display_data";
    this.#shown = text;
    this.#show(kind, data, this.#displayId);
  }

  #seconds(): number {
    return Math.round((performance.now() - this.#began) / 1000);
  }
}

function describe(works: readonly WorkDone[]): string {
  const [stages, done] = [sum(works, "stages"), sum(works, "stagesDone")];
  const parts = [`stage ${Math.min(done + 1, stages)} of ${stages}`];
  parts.push(`${count(sum(works, "tasksDone"))} of ${count(sum(works, "tasks"))} tasks`);
  if (sum(works, "tasksRunning") > 0) parts.push(`${count(sum(works, "tasksRunning"))} running`);
  if (sum(works, "bytesRead") > 0) parts.push(`${bytes(sum(works, "bytesRead"))} read`);
  if (sum(works, "rowsReceived") > 0) parts.push(`${count(sum(works, "rowsReceived"))} rows here`);
  return parts.join(" · ");
}

function sum(works: readonly WorkDone[], what: keyof WorkDone): number {
  return works.reduce((total, work) => total + work[what], 0);
}

function bar(share: number): string {
  const full = Math.round(share * 20);
  return `[${"#".repeat(full)}${"-".repeat(20 - full)}]`;
}

function count(n: number): string {
  return n.toLocaleString("en-US").replaceAll(",", " ");
}

function bytes(n: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let at = 0;
  while (n >= 1000 && at < units.length - 1) {
    n /= 1000;
    at++;
  }
  return `${at === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[at]}`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
