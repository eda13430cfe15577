import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Area, capability, knownGap } from "../conformance/capabilities/capability.ts";
import { areas } from "../conformance/capabilities/index.ts";
import { capabilitiesTable, withTable } from "../conformance/capabilities-table.ts";
import { gap, otherError } from "../conformance/recorded/case.ts";
import { loadAreas } from "../conformance/recorded/golden.ts";
import { root } from "../support/command.ts";

test("README's capability table is that of the tests; `npm run generate -- capabilities` writes it", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme).toBe(withTable(readme, areas, await loadAreas()));
});

test("a row says yes, or no with a way on and a link", () => {
  const nothing = async () => {};
  const area: Area = {
    name: "SQL",
    capabilities: [
      capability("plain", nothing),
      capability("a |> b", nothing, knownGap("sail", "say a | b", "https://example.org/x")),
    ],
  };
  expect(capabilitiesTable([area]).split("\n").slice(2)).toEqual([
    "| **SQL** | plain | yes | yes |",
    "|  | a \\|> b | [no](https://example.org/x): say a \\| b | yes |",
  ]);
});

test("a README without the marks is refused with what to put there", () => {
  expect(() => withTable("# Sightline\n", areas)).toThrow(
    "README.md has no place for the capability table.\nPut the lines <!-- capabilities:begin -->",
  );
});

test("recorded cases are counted by area, those with a gap of the engine or the client left out", () => {
  const marks = [[gap("sail", "x")], [gap("client", "x")], [otherError("sail", "x")], []];
  const cases = marks.map((all, i) => ({ text: `case ${i}`, marks: all }));
  expect(
    capabilitiesTable([], [{ name: "joins", cases }])
      .split("\n")
      .slice(2),
  ).toEqual([
    "| **Cases recorded from Spark** | [joins](tests/conformance/cases/joins.ts) | 2 of 4 | 3 of 4 |",
  ]);
});
