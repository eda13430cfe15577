import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explained, reasons } from "../../dev/parity/explained.ts";
import { installedNames } from "../../dev/parity/installed-names.ts";
import { ourGroups } from "../../dev/parity/our-names.ts";
import { camelCase, compare, documentPath, namesPath, parityDocument } from "../../dev/parity/parity.ts";
import { PlanError } from "../../runtime/index.ts";

const { entries, mistakes } = compare();

test("every public name of pyspark is here, or explained, or of what is to come", () => {
  const missing = entries.filter(({ outcome }) => outcome.kind === "missing");
  expect(missing.map(({ group, name }) => `${group}.${name}`)).toEqual([]);
});

test("what is explained or to come isn't there, and is a name of pyspark", () => {
  expect(mistakes).toEqual([]);
});

test("at most 5 % of the names are explained, each with a reason of the closed list", () => {
  const gone = entries.filter(({ outcome }) => outcome.kind === "explained");
  expect(gone.length / entries.length).toBeLessThanOrEqual(0.05);
  for (const { outcome } of gone) expect(reasons).toContain((outcome as { reason: string }).reason);
});

test("only streaming is to come", () => {
  const later = entries.flatMap(({ outcome }) => (outcome.kind === "later" ? [outcome.what] : []));
  expect([...new Set(later)].toSorted()).toEqual(["streaming"]);
});

test("what is there and only refuses says what to do instead", async () => {
  const groups = ourGroups();
  for (const [group, names] of Object.entries(explained)) {
    for (const [name, { refuses }] of Object.entries(names)) {
      if (!refuses) continue;
      const holder = groups.get(group)!.holders.find((one) => camelCase(name) in one)!;
      const call = async () => (Reflect.get(holder, camelCase(name)) as () => unknown).call(holder);
      await expect(call(), `${group}.${name}`).rejects.toThrow(PlanError);
    }
  }
});

test("docs/reference/parity.md is up to date; `npm run generate -- parity` writes it", () => {
  expect(readFileSync(documentPath, "utf8")).toBe(parityDocument());
});

test("the names are those of the installed pyspark", (context) => {
  const installed = installedNames();
  if (installed === undefined) context.skip("npm run setup -- --spark");
  expect(JSON.parse(readFileSync(namesPath, "utf8"))).toEqual(JSON.parse(installed!));
});

test("names are turned to camelCase", () => {
  expect(["asc_nulls_first", "log10", "__getitem__", "groupBy", "is_stopped"].map(camelCase)).toEqual([
    "ascNullsFirst",
    "log10",
    "__getitem__",
    "groupBy",
    "isStopped",
  ]);
});
