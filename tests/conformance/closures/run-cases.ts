// Runs closure cases: in cells of one kernel, and as plain scripts that one Node imports one after the other.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { Command, root } from "../../support/command.ts";
import { remoteOf } from "../../support/engines.ts";
import { JupyterClient } from "../../support/jupyter-client.ts";
import type { ClosureCase } from "./closure-case.ts";

const shown = { depth: 20, breakLength: 1e9, compact: 100, sorted: false, maxArrayLength: 1000 };

/** As the programs print what they give. */
export function show(value: unknown): string {
  return inspect(value, shown);
}

/** What a case printed: its value, or what it threw. */
export interface Outcome {
  readonly value?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
  /** The frames of the error's stack, as cases write them. */
  readonly frames?: readonly string[];
}

const mark = "\u0001outcome ";

/** The last cell of a case: it prints what the expression gives, or what it throws. */
function printing(expression: string, print: string): string {
  return `try { ${print}({ value: (${expression}\n) }); } catch (error) { ${print}({ error }); }`;
}

const printer = (name: string) => `const ${name} = ({ value, error }: { value?: unknown; error?: any }) => {
  const text = error === undefined ? { value: inspect(value, ${JSON.stringify(shown)}) }
    : { error: { name: String(error?.name), message: String(error?.message ?? error), stack: String(error?.stack) } };
  console.log(${JSON.stringify(mark)} + JSON.stringify(text));
};`;

function outcome(stdout: string, whatElse: string): Outcome {
  const line = stdout.split("\n").find((one) => one.startsWith(mark));
  if (line === undefined) return { error: { name: "None", message: `${stdout}${whatElse}`, stack: "" } };
  return JSON.parse(line.slice(mark.length)) as Outcome;
}

/** A folder with files, in which `sightline` and Node's types of modules are found. */
export function caseFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-closures-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(root, join(folder, "node_modules", "sightline"));
  return folder;
}

/** A kernel that runs cases in its cells. */
export class CellRunner {
  readonly #kernel: JupyterClient;

  private constructor(kernel: JupyterClient) {
    this.#kernel = kernel;
  }

  static async start(engine: string, folder: string): Promise<CellRunner> {
    const env = { SPARK_REMOTE: remoteOf(engine), SIGHTLINE_ENGINE_START: "" };
    const runner = new CellRunner(await JupyterClient.start({ folder, env }));
    await runner.#kernel.execute(`import { inspect } from "node:util";\n${printer("printOutcome")}`);
    return runner;
  }

  async run({ cells = [], value, throwsAt }: ClosureCase): Promise<Outcome> {
    const counts: number[] = [];
    for (const cell of cells) {
      const { error, reply } = await this.#kernel.execute(cell);
      counts.push(reply.execution_count as number);
      if (error)
        return { error: { name: error.ename, message: error.evalue, stack: error.traceback.join("\n") } };
    }
    if (throwsAt) {
      // What a user sees of an error that nothing caught.
      const { error } = await this.#kernel.execute(value);
      return { frames: error && cellFrames(error.traceback.join("\n"), counts) };
    }
    const { stdout, stderr, error } = await this.#kernel.execute(printing(value, "printOutcome"));
    return outcome(stdout, `${stderr}${error?.traceback.join("\n") ?? ""}`);
  }

  stop(): Promise<void> {
    return this.#kernel.stop();
  }
}

/** Runs cases as scripts, one after the other in one process. */
export async function runScripts(
  engine: string,
  folder: string,
  cases: readonly ClosureCase[],
  { isTransformed }: { isTransformed: boolean },
): Promise<Outcome[]> {
  const name = isTransformed ? "transformed" : "script";
  writeFileSync(
    join(folder, `${name}-session.ts`),
    `import { inspect } from "node:util";
import { SparkSession } from "sightline";
export const spark = await SparkSession.builder.remote(${JSON.stringify(remoteOf(engine))}).getOrCreate();
export const sc = spark.sparkContext;
export ${printer("print")}
`,
  );
  for (const [index, { cells = [], script = cells, value }] of cases.entries()) {
    writeFileSync(
      join(folder, `${name}-${index}.ts`),
      `import { sc, spark, print } from "./${name}-session.ts";\n${script.join("\n")}\n${printing(value, "print")}\n`,
    );
  }
  writeFileSync(
    join(folder, `${name}.ts`),
    `import { print, spark } from "./${name}-session.ts";
process.on("unhandledRejection", () => {});
for (let i = 0; i < ${cases.length}; i++) {
  console.log(${JSON.stringify("\u0001case ")} + i);
  try { await import("./${name}-" + i + ".ts"); } catch (error) { print({ error }); }
}
await spark.stop();
`,
  );
  const flags = isTransformed ? ["--experimental-transform-types", "--no-warnings"] : ["--no-warnings"];
  const { stdout, stderr } = await Command.run([process.execPath, ...flags, `${name}.ts`], { cwd: folder });
  const parts = stdout.split("\u0001case ").slice(1);
  return cases.map(({ cells = [] }, index) => {
    const done = outcome(parts[index] ?? "", stderr.slice(-2000));
    return done.error ? { ...done, frames: scriptFrames(done.error.stack, cells) } : done;
  });
}

/** "at name (place)" or "at place". */
const frame = /^ +at (?:(?:async )?(.+?) \()?([^()]+?)\)?$/;

function framesOf(stack: string): { name: string; place: string }[] {
  return stack.split("\n").flatMap((line) => {
    const [, name = "", place] = frame.exec(line) ?? [];
    return place === undefined || place === "<anonymous>" ? [] : [{ name: name.replace(/^.*\./, ""), place }];
  });
}

function cellFrames(traceback: string, counts: readonly number[]): string[] {
  // oxlint-disable-next-line no-control-regex
  const plain = traceback.replace(/\u001b\[[0-9;]*m/g, "");
  return framesOf(plain).map(({ name, place }) => {
    const [, count, position] = /^Cell \[(\d+)\], line (.+)$/.exec(place) ?? [];
    return `${name} at ${count === undefined ? place : `${counts.indexOf(Number(count)) + 1}:${position}`}`;
  });
}

/** Lines of a script are those of the cells it was made of, after one line of imports. */
function scriptFrames(stack: string, cells: readonly string[]): string[] {
  return framesOf(stack).map(({ name, place }) => {
    const [, file, line, column] =
      /^(?:file:\/\/)?.*?\/sightline-closures-\w+\/(.*):(\d+):(\d+)$/.exec(place) ?? [];
    if (file === undefined) return `${name} at ${place}`;
    if (!/^(?:script|transformed)-/.test(file)) return `${name} at ${file}:${line}:${column}`;
    let rest = Number(line) - 1;
    const cell = cells.findIndex((text) => {
      const lines = text.split("\n").length;
      if (rest <= lines) return true;
      rest -= lines;
      return false;
    });
    return `${name} at ${cell + 1}:${rest}:${column}`;
  });
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
