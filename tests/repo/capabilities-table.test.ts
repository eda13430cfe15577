import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Area, capability, knownGap } from "../conformance/capabilities/capability.ts";
import { areas } from "../conformance/capabilities/index.ts";
import { capabilitiesTable, withTable } from "../conformance/capabilities-table.ts";
import { root } from "../support/command.ts";

test("README's capability table is that of the tests; `npm run generate -- capabilities` writes it", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme).toBe(withTable(readme, areas));
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
