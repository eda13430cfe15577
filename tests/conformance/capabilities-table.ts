import { type Area, type Capability, type KnownGap, tableEngines } from "./capabilities/capability.ts";

/** The README's table: what each engine does, and what it doesn't with a way on. Markdown. */
export function capabilitiesTable(areas: readonly Area[]): string {
  const names = Object.keys(tableEngines) as KnownGap["engine"][];
  const head = ["", "", ...Object.values(tableEngines)];
  const rows = areas.flatMap(({ name, capabilities }) =>
    capabilities.map((capability, i) => [
      i === 0 ? `**${name}**` : "",
      escapeBars(capability.title),
      ...names.map((engine) => outcome(capability, engine)),
    ]),
  );
  return [head, ["---", "---", ...names.map(() => "---")], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
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
export function withTable(readme: string, areas: readonly Area[]): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(
      `README.md has no place for the capability table.\nPut the lines ${begin} and ${end} where it belongs.`,
    );
  }
  return `${readme.slice(0, from + begin.length)}\n\n${capabilitiesTable(areas)}\n\n${readme.slice(to)}`;
}
