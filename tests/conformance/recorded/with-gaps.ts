import { type CaseEntry, gap, type Mark, otherError, toCase } from "./case.ts";

/** Ends of cases' texts, by why Sail gives something else than Spark. */
export interface SailGaps {
  readonly gaps: Readonly<Record<string, readonly string[]>>;
  /** Both refuse; Sail's words don't tell Spark's condition. */
  readonly otherErrors: readonly string[];
}

/** Cases with marks for Sail from a table. */
export function withGaps(entries: readonly CaseEntry[], table: SailGaps): CaseEntry[] {
  const found = new Map<string, Mark[]>();
  const cases = entries.map(toCase);
  const mark = (end: string, made: Mark) => {
    const meant = cases.filter((one) => one.text.endsWith(end));
    if (meant.length === 0) throw new Error(`No case ends so.\nTake it out of the table of gaps: ${end}`);
    for (const one of meant) found.set(one.text, [...(found.get(one.text) ?? []), made]);
  };
  for (const why of Object.keys(table.gaps)) {
    for (const end of table.gaps[why]) mark(end, gap("sail", why));
  }
  for (const end of table.otherErrors) mark(end, otherError("sail", "its errors have no condition"));
  return cases.map((one): CaseEntry => [one.text, ...one.marks, ...(found.get(one.text) ?? [])]);
}
