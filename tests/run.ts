// `npm test`: the checks, then every test once; the last line counts them. Words are file filters.
import { startVitest } from "vitest/node";
import { checkTools } from "./support/check-tools.ts";
import { TallyReporter } from "./support/tally-reporter.ts";
import { Tally } from "./support/tally.ts";

const args = process.argv.slice(2);
const isSpark = args.includes("--spark");
const filters = args.filter((arg) => !arg.startsWith("-"));
const unknown = args.find((arg) => arg.startsWith("-") && arg !== "--spark");
if (unknown) {
  console.error(`npm test has no option ${unknown}.\nIt takes parts of file names: npm test -- closures`);
  process.exit(2);
}

process.env.ENGINES = isSpark ? "spark" : (process.env.ENGINES ?? "sail");
const tally = new Tally();
const isWhole = filters.length === 0 && !isSpark;
if (isWhole) checkTools(tally);
const files = isSpark && filters.length === 0 ? ["tests/conformance/", "tests/dev/spark.test.ts"] : filters;
const reporters = ["default", new TallyReporter(tally)];
const vitest = await startVitest(files, { run: true, watch: false, allowOnly: false, reporters });
await vitest.close();

for (const line of tally.skipLines) console.log(line);
console.log(tally.closingLine);
process.exit(tally.exitCode);
