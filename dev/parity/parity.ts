// pyspark's public names beside ours, and docs/reference/parity.md made of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explained, language, notYet, type Reason, reasons, spelt } from "./explained.ts";
import { ourGroups } from "./our-names.ts";

/** What became of one name of pyspark. */
export type Outcome =
  | { readonly kind: "there"; readonly ours: string }
  | { readonly kind: "explained"; readonly reason: Reason; readonly why: string }
  | { readonly kind: "later"; readonly what: string }
  | { readonly kind: "missing" };

export interface Entry {
  readonly group: string;
  readonly name: string;
  readonly outcome: Outcome;
}

interface Names {
  readonly pyspark: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

export const namesPath = join(import.meta.dirname, "pyspark-names.golden.json");
export const documentPath = join(import.meta.dirname, "..", "..", "docs", "reference", "parity.md");

/** The names that pyspark-names.golden.json holds. */
function pysparkNames(): Names {
  return JSON.parse(readFileSync(namesPath, "utf8")) as Names;
}

/** `asc_nulls_first` as it is spelt here. */
export function camelCase(name: string): string {
  return name.replaceAll(/(?<=[^_])_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}

/** Every name of pyspark with its outcome, and what the lists of explained.ts say that isn't so. */
export function compare(): { readonly entries: readonly Entry[]; readonly mistakes: readonly string[] } {
  const { names } = pysparkNames();
  const groups = ourGroups();
  const mistakes: string[] = [];
  const entries = Object.entries(names).flatMap(([group, theirs]) => {
    const ours = groups.get(group);
    if (!ours) throw new Error(`our-names.ts doesn't say what ${group} is here.`);
    return theirs.map((name): Entry => {
      const native = language[group]?.[name];
      if (native) return { group, name, outcome: { kind: "there", ours: native } };
      const here = spelt[group]?.[name] ?? [name, camelCase(name)].find((one) => ours.names.has(one));
      const isThere = here !== undefined && ours.names.has(here);
      const why = explained[group]?.[name];
      const later = Object.entries(notYet[group] ?? {});
      const listed = later.find(([, list]) => list.includes(name))?.[0];
      if (why) {
        if (isThere !== (why.refuses ?? false))
          mistakes.push(`${group}.${name} is explained and ${here} is there.`);
        return { group, name, outcome: { kind: "explained", reason: why.reason, why: why.why } };
      }
      if (isThere) {
        if (listed) mistakes.push(`${group}.${name} is listed as not yet and ${here} is there.`);
        return { group, name, outcome: { kind: "there", ours: here } };
      }
      if (listed) return { group, name, outcome: { kind: "later", what: listed } };
      return { group, name, outcome: { kind: "missing" } };
    });
  });
  const lists = [explained, spelt, language, notYet].flatMap((list) => Object.keys(list));
  for (const group of new Set(lists)) {
    const listed = [explained, spelt, language].flatMap((list) => Object.keys(list[group] ?? {}));
    const later = Object.values(notYet[group] ?? {}).flat();
    for (const name of [...listed, ...later]) {
      if (!names[group]?.includes(name)) mistakes.push(`pyspark has no ${group}.${name}.`);
    }
  }
  return { entries, mistakes };
}

/** The document. Markdown. */
export function parityDocument(): string {
  const { pyspark } = pysparkNames();
  const { entries } = compare();
  const groups = [...new Set(entries.map(({ group }) => group))];
  const count = (list: readonly Entry[], kind: Outcome["kind"]) =>
    list.filter(({ outcome }) => outcome.kind === kind).length;
  const row = (title: string, list: readonly Entry[]) =>
    `| ${[title, list.length, count(list, "there"), count(list, "explained"), count(list, "later"), count(list, "missing")].join(" | ")} |`;
  const because = (reason: Reason) =>
    entries.filter(({ outcome }) => outcome.kind === "explained" && outcome.reason === reason).length;
  return [
    `# Every public name of PySpark ${pyspark}, and ours`,
    "",
    `\`npm run generate -- parity\` writes this page: PySpark's names are read from the installed package, ours from our`,
    "classes at run time. A name is ours in camelCase unless the table says otherwise. A test fails when a name is missing",
    "and not explained, when an explained one is there after all, and when this page isn't up to date.",
    "",
    "| | PySpark | here | explained | not yet | missing |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...groups.map((group) =>
      row(
        `[${group}](#${anchor(group)})`,
        entries.filter((entry) => entry.group === group),
      ),
    ),
    row("**all**", entries),
    "",
    `Explained: ${reasons.map((reason) => `${because(reason)} ${reason}`).join(", ")}. Not yet: streaming, and RDDs beyond those of the table.`,
    "",
    ...groups.flatMap((group) => [
      `## ${group}`,
      "",
      "| PySpark | here |",
      "| --- | --- |",
      ...entries
        .filter((entry) => entry.group === group)
        .map(({ name, outcome }) => `| \`${name}\` | ${cell(outcome)} |`),
      "",
    ]),
  ].join("\n");
}

function cell(outcome: Outcome): string {
  switch (outcome.kind) {
    case "there":
      return `\`${outcome.ours}\``;
    case "explained":
      return `no: ${outcome.reason}, ${outcome.why.replaceAll("|", "\\|")}`;
    case "later":
      return `not yet: ${outcome.what}`;
    case "missing":
      return "missing";
  }
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(".", "");
}
