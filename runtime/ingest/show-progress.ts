import type { IngestProgress } from "./progress.ts";

/** The progress of an ingest as a table for a notebook, and as text. */
export function showProgress(progress: IngestProgress, url: string): Record<string, string> {
  const { state, rows, rate, lag, files, bytes, deadLetters, lostRecords, partitions, problem } = progress;
  const facts: [string, string][] = [
    ["state", state],
    ["rows", count(rows)],
    ["rate", `${count(rate)} rows/s`],
    ["lag", `${count(lag)} records`],
    ["files", `${count(files)} (${(bytes / 1e6).toFixed(1)} MB)`],
    ["dead letters", deadLetters > 0 ? `${count(deadLetters)}: ${url}/_dead_letters says why` : "0"],
    ["table", url],
  ];
  if (lostRecords > 0)
    facts.splice(6, 0, ["lost", `${count(lostRecords)} records gone from Kafka before they were read`]);
  if (problem !== undefined) facts.push(["problem", problem]);
  const text = facts.map(([name, value]) => `${name.padEnd(12)} ${value}`).join("\n");
  const html = [
    '<table class="sightline-ingest">',
    ...facts.map(
      ([name, value]) =>
        `<tr><th style="text-align:left">${name}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
    ),
    "</table>",
    "<details><summary>partitions</summary><table>",
    "<tr><th>partition</th><th>committed</th><th>end</th><th>lag</th></tr>",
    ...partitions.map(
      (each) =>
        `<tr><td>${escapeHtml(each.topic)}-${each.partition}</td><td>${count(each.committedOffset)}</td>` +
        `<td>${each.endOffset === undefined ? "" : count(each.endOffset)}</td>` +
        `<td>${each.lag === undefined ? "" : count(each.lag)}</td></tr>`,
    ),
    "</table></details>",
  ].join("");
  return { "text/html": html, "text/plain": text };
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
