// Closures on executors that see none of this machine's files: packages and local files travel along.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Command } from "../../support/command.ts";
import { ForeignServer } from "../../support/foreign-server.ts";
import { asyncCases } from "./async-cases.ts";
import type { ClosureCase } from "./closure-case.ts";
import { moduleCases, moduleFiles } from "./module-cases.ts";
import { caseFolder, type Outcome, removeFolder, runScripts, show } from "./run-cases.ts";

const files = {
  ...moduleFiles,
  "node_modules/native-pkg/package.json": `{ "name": "native-pkg", "version": "1.0.0", "main": "index.js", "gypfile": true }`,
  "node_modules/native-pkg/index.js": `exports.fast = (x) => x;\n`,
  "node_modules/addon-pkg/package.json": `{ "name": "addon-pkg", "version": "1.0.0", "main": "index.js" }`,
  "node_modules/addon-pkg/index.js": `exports.slow = (x) => x;\nif (process.env.NEVER) require("./build/addon.node");\n`,
  "node_modules/addon-pkg/build/addon.node": "no addon",
  "node_modules/where-pkg/package.json": `{ "name": "where-pkg", "version": "1.0.0", "main": "index.js" }`,
  "node_modules/where-pkg/index.js": `let calls = 0;\nexports.where = () => [__filename.includes("node_modules"), ++calls];\nexports.boom = (x) => {\n  throw new TypeError("boom " + x);\n};\n`,
};

const cases: readonly ClosureCase[] = [
  ...moduleCases.filter(({ only }) => only !== "cell"),
  ...asyncCases.filter(({ name, only }) => name.startsWith("import()") && only !== "cell"),
  {
    name: "a package runs from what was sent",
    cells: [`import { where } from "where-pkg";`],
    value: "await sc.parallelize([1, 2], 1).map(() => where()).collect()",
    gives: [
      [false, 1],
      [false, 2],
    ],
  },
  {
    name: "a package with a native addon",
    cells: [`import { fast } from "native-pkg";`],
    value: "await sc.parallelize([1], 1).map((x) => fast(x)).collect()",
    refuses: [
      "uses `fast`, from the npm package native-pkg, a native addon, which executors of another machine can't load.",
      "Do that part here, on collected data",
    ],
  },
  {
    name: "a package that loads an addon's file",
    cells: [`import { slow } from "addon-pkg";`],
    value: "await sc.parallelize([1], 1).map((x) => slow(x)).collect()",
    refuses: ["uses `slow`, from the npm package addon-pkg, a native addon", "JavaScript alone"],
  },
  {
    name: "an exception in a package",
    cells: [`import { boom } from "where-pkg";\nconst explode = (x: number) => boom(x);`],
    value: "await sc.parallelize([1], 1).map(explode).collect()",
    throwsAt: ["boom at node_modules/where-pkg/index.js:4:9", "explode at 1:2:32"],
  },
  {
    name: "import() of a name that isn't known before",
    cells: ["const any = 'node:' + 'path';\nconst load = (x: number) => import(any);"],
    value: "await sc.parallelize([1], 1).map(load).collect()",
    refuses: ["uses import() of a name that is known only when it runs", 'await import("lodash")'],
  },
];

describe("a closure for a server that isn't ours, with", () => {
  let server: ForeignServer;
  let folder: string;
  let outcomes: Outcome[];
  beforeAll(async () => {
    folder = caseFolder(files);
    server = await ForeignServer.start();
    outcomes = await runScripts(server.remote, folder, cases, { isTransformed: false });
  }, 240_000);
  afterAll(() => {
    server?.stop();
    removeFolder(folder);
  });

  test.each(cases.map((one, index) => [one.name, one, index] as const))("%s", (_, one, index) => {
    const outcome = outcomes[index];
    if (one.throwsAt) {
      expect(outcome.frames?.slice(0, one.throwsAt.length), JSON.stringify(outcome)).toEqual(one.throwsAt);
    } else if (one.refuses) {
      expect(outcome.error!.message.split("\n")[0]).toContain(one.refuses[0]);
      expect(outcome.error!.message).toContain(one.refuses[1]);
    } else {
      expect(outcome.error).toBeUndefined();
      expect(outcome.value).toBe(show(one.gives));
    }
  });
});

test("a package is bundled anew when its files change", async () => {
  const server = await ForeignServer.start();
  const folder = caseFolder(files);
  try {
    writeFileSync(
      join(folder, "changing.ts"),
      `import { SparkSession } from "sightline";
import { writeFileSync } from "node:fs";
const spark = await SparkSession.builder.remote(${JSON.stringify(server.remote)}).getOrCreate();
const file = new URL("./node_modules/esm-pkg/internal.js", import.meta.url);
const { deep } = await import("esm-pkg");
const run = () => spark.sparkContext.parallelize([1], 1).map((x) => deep(x)).collect();
console.log(await run(), await run());
writeFileSync(file, "export function deep(x) { return x + 100.25; }");
console.log(await run());
await spark.stop();
`,
    );
    const { stdout, stderr } = await Command.run([process.execPath, "--no-warnings", "changing.ts"], {
      cwd: folder,
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("[ 1.5 ] [ 1.5 ]\n[ 101.25 ]\n");
  } finally {
    server.stop();
    removeFolder(folder);
  }
});
