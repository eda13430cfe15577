import { type Case, markOf } from "./recorded/case.ts";
import { type Area, type Capability, type KnownGap, tableEngines } from "./capabilities/capability.ts";

/** Cases recorded from Spark, in an area of their own (`tests/conformance/cases`). */
export interface RecordedCases {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** The README's table: what each engine does, and what it doesn't with a way on. Markdown. */
export function capabilitiesTable(areas: readonly Area[], recorded: readonly RecordedCases[] = []): string {
  const names = Object.keys(tableEngines) as KnownGap["engine"][];
  const head = ["", "", ...Object.values(tableEngines)];
  const rows = areas.flatMap(({ name, capabilities }) =>
    capabilities.map((capability, i) => [
      i === 0 ? `**${name}**` : "",
      escapeBars(capability.title),
      ...names.map((engine) => outcome(capability, engine)),
    ]),
  );
  const counted = recorded.map((area, i) => [
    i === 0 ? "**Cases recorded from Spark**" : "",
    `[${area.name}](tests/conformance/cases/${area.name}.ts)`,
    ...names.map((engine) => countOf(area, engine)),
  ]);
  return [head, ["---", "---", ...names.map(() => "---")], ...rows, ...counted]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function countOf({ cases }: RecordedCases, engine: KnownGap["engine"]): string {
  const lacking = cases.filter((one) => markOf(one, "gap", engine, "client")).length;
  return lacking === 0 ? `all ${cases.length}` : `${cases.length - lacking} of ${cases.length}`;
}

function outcome({ gaps }: Capability, engine: KnownGap["engine"]): string {
  const gap = gaps.find((known) => known.engine === engine);
  if (!gap) return "yes";
  return `${gap.link ? `[no](${gap.link})` : "no"}: ${escapeBars(gap.why)}`;
}

function escapeBars(text: string): string {
  return text.replaceAll("|", "\\|");
}

const begin = "<!-- capabilities:begin -->";
const end = "<!-- capabilities:end -->";

/** A text with the table between the two marks. */
export function withTable(
  readme: string,
  areas: readonly Area[],
  recorded: readonly RecordedCases[] = [],
): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(
      `README.md has no place for the capability table.\nPut the lines ${begin} and ${end} where it belongs.`,
    );
  }
  return `${readme.slice(0, from + begin.length)}\n\n${capabilitiesTable(areas, recorded)}\n\n${readme.slice(to)}`;
}
