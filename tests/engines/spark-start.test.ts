// Spark on this machine, started with a program's settings.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalEngine } from "../../runtime/engines/local-engine.ts";
import { SparkSession } from "../../runtime/index.ts";
import { root } from "../support/command.ts";
import { descendants } from "../support/processes.ts";

const python = join(root, ".sightline/spark/bin/python");
const isInstalled = existsSync(python);
const hint = "npm run setup -- --spark";
const folder = mkdtempSync(join(tmpdir(), "sightline-start-"));
const jar = join(folder, "answer.jar");
const password = 'p w"=:#\\é😀';
let spark: SparkSession;

beforeAll(async () => {
  if (!isInstalled) return;
  writeFileSync(join(folder, "Answer.class"), classAnswering("forty-two"));
  execFileSync(python, ["-m", "zipfile", "-c", jar, "Answer.class"], { cwd: folder });
  spark = await SparkSession.builder
    .remote("local[2]")
    .appName("start")
    .config({ "spark.jars": jar, "spark.driver.memory": "900m" })
    .config("spark.driver.extraJavaOptions", "-Dsightline.word=given")
    .config({ "spark.hadoop.sightline.password": password, "spark.driver.bindAddress": "0.0.0.0" })
    .config("spark.sql.shuffle.partitions", 3)
    .getOrCreate();
}, 240_000);
afterAll(async () => {
  await spark?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const processes = () => [...descendants(process.pid)].filter(({ command }) => /spark/i.test(command));
const value = async (sql: string) => (await spark.sql(`SELECT ${sql} AS v`).first())!.get("v");

test("the jar's classes, the memory and Java's options are there, and so are our own", async (context) => {
  if (!isInstalled) context.skip(hint);
  expect(await value("java_method('Answer', 'answer')")).toBe("forty-two");
  expect(await value("java_method('java.lang.System', 'getProperty', 'sightline.word')")).toBe("given");
  const scratch = (await value("java_method('java.lang.System', 'getProperty', 'java.io.tmpdir')")) as string;
  expect(existsSync(join(scratch, "start.properties"))).toBe(true);
  expect(processes().some(({ command }) => command.includes("-Xmx900m"))).toBe(true);
  expect(await spark.conf.get("spark.sql.shuffle.partitions")).toBe("3");
});

test("a password arrives whole, in no command line, in a file for its owner only", async (context) => {
  if (!isInstalled) context.skip(hint);
  expect(await spark.conf.get("spark.hadoop.sightline.password")).toBe(password);
  expect(processes().length).toBeGreaterThan(0);
  for (const { command } of processes()) expect(command).not.toContain('p w"');
});

test("nobody is let in from elsewhere, whatever the settings say", async (context) => {
  if (!isInstalled) context.skip(hint);
  expect(await spark.conf.get("spark.driver.bindAddress")).toBe("127.0.0.1");
  const told = readFileSync(`/proc/${(spark.engine as LocalEngine).pid}/environ`, "utf8");
  expect(told).toContain("SIGHTLINE_SPARK_SETTINGS");
});

test("settings that come too late are refused, the same ones and harmless ones are not", async (context) => {
  if (!isInstalled) context.skip(hint);
  expect(() => SparkSession.builder.config("spark.jars.packages", "org.example:formats:1.0").lazy()).toThrow(
    'Spark reads "spark.jars.packages" when it starts, and Spark on this machine runs already.\n' +
      "End it first, `await spark.stop()`, and ask for a new session with all its settings.",
  );
  await expect(SparkSession.builder.config("spark.driver.memory", "2g").create()).rejects.toThrow(
    'Spark reads "spark.driver.memory" when it starts',
  );
  expect(SparkSession.builder.config("spark.jars", jar).appName("again").lazy()).toBe(spark);
});

/** The class file of `public class Answer { public static String answer() { return "…"; } }`. */
function classAnswering(text: string): Buffer {
  const short = (n: number) => Buffer.from([n >> 8, n & 255]);
  const long = (n: number) => Buffer.concat([short(0), short(n)]);
  const utf8 = (word: string) => Buffer.concat([Buffer.from([1]), short(word.length), Buffer.from(word)]);
  const named = (tag: number, index: number) => Buffer.concat([Buffer.from([tag]), short(index)]);
  const words = ["Answer", "java/lang/Object", "answer", "()Ljava/lang/String;", "Code", text];
  // Words are numbers 1 to 6, then two classes and a string.
  const pool = [...words.map(utf8), named(7, 1), named(7, 2), named(8, 6)];
  const loadAndReturn = Buffer.from([0x12, 9, 0xb0]);
  const code = [short(1), short(0), long(loadAndReturn.length), loadAndReturn, short(0), short(0)];
  const body = Buffer.concat(code);
  const method = [short(0x0009), short(3), short(4), short(1), short(5), long(body.length), body];
  const counts = [short(0), short(0)];
  return Buffer.concat([
    Buffer.from([0xca, 0xfe, 0xba, 0xbe]),
    ...[short(0), short(52), short(pool.length + 1), ...pool, short(0x0021), short(7), short(8)],
    ...[...counts, short(1), ...method, short(0)],
  ]);
}
