// A chain of twelve steps over a DataFrame of many columns, in TypeScript's language service: what an editor asks of it.
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const file = join(root, "tests/support/typed-chain-of-columns.ts");

/** How the chain begins: with DDL, a StructType, or with the type that is declared of a live schema. */
export type ChainStart = "ddl" | "record" | "fields" | "added";

const ddlTypes = ["string", "int", "bigint", "double", "timestamp", "array<string>", "decimal(10,2)"];
const structTypes = ["T.StringType", "T.IntegerType", "T.LongType", "T.ArrayType<T.StringType>"];
const valueTypes = ["string", "number", "number | bigint", "number", "Date", "string[]", "boolean"];

/** The source of the chain; its last lines are two calls to complete, and a misspelt name. */
export function chainSource(start: ChainStart, columnCount: number): string {
  const names = Array.from({ length: columnCount }, (_, i) => `column_${i}`);
  const ddl = names.map((name, i) => `${name} ${ddlTypes[i % ddlTypes.length]}`).join(", ");
  const fields = names.map((name, i) => `${name}: ${valueTypes[i % valueTypes.length]} | null`).join("; ");
  const typeOf = (i: number) => `T.DataType.fromDDL("int") as ${structTypes[i % structTypes.length]}`;
  const schemas = {
    ddl: `"${ddl}"`,
    fields: `new T.StructType([${names.map((name, i) => `new T.StructField("${name}", ${typeOf(i)})`).join(", ")}])`,
    added: `new T.StructType()${names.map((name, i) => `.add("${name}", ${typeOf(i)})`).join("")}`,
  };
  const frame = start === "record" ? "live" : `spark.createDataFrame([], ${schemas[start]})`;
  return `import { type DataFrame, functions as F, type SparkSession, types as T } from "../../runtime/index.ts";
declare const spark: SparkSession;
declare const live: DataFrame<{ ${start === "record" ? fields : ""} }>;
const { col, lower, max, sum } = F;
export const df = ${frame};
const other = df.select("column_0", col("column_5").alias("other"));
const a1 = df.withColumn("x1", col("column_1").plus(1));
const a2 = a1.withColumnRenamed("column_2", "renamed");
const a3 = a2.drop("column_3");
const a4 = a3.filter(a3.column_1.gt(3));
const a5 = a4.join(other, "column_0", "left");
const a6 = a5.withColumn("x2", lower("column_0"));
const a7 = a6.orderBy("x1", "column_0");
const a8 = a7.select("*", col("column_6").alias("again"));
const a9 = a8.dropDuplicates(["column_0"]);
const a10 = a9.withColumnRenamed("x1", "x3");
const a11 = a10.drop("column_4", "column_5");
const a12 = a11.groupBy("column_0", "x3").agg(sum("renamed").alias("total"), max("column_6"));
export const rows = [live, a12.collect()];
a11.groupBy("");
a12.select("");
a11.groupBy("colum_0");
`;
}

/** The language service with the chain open in it. */
export class TypedChain {
  #text: string;
  #version = 0;
  readonly #service: ts.LanguageService;

  constructor(start: ChainStart, columnCount: number, registry?: ts.DocumentRegistry) {
    this.#text = chainSource(start, columnCount);
    const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config as object;
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    this.#service = ts.createLanguageService(
      {
        getCompilationSettings: () => options,
        getScriptFileNames: () => [file],
        getScriptVersion: (name) => (name === file ? `${start} ${columnCount} ${this.#version}` : "0"),
        getScriptSnapshot: (name) => {
          const text = name === file ? this.#text : ts.sys.readFile(name);
          return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
        },
        getCurrentDirectory: () => root,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        fileExists: (name) => name === file || ts.sys.fileExists(name),
        readFile: ts.sys.readFile,
        directoryExists: ts.sys.directoryExists,
      },
      registry,
    );
  }

  /** What an editor underlines. */
  diagnostics(): string[] {
    return this.#service
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  /** The names that are offered between the quotes of a call such as `a12.select("")`. */
  completions(call: string): string[] {
    const at = this.#text.indexOf(`${call}""`) + call.length + 1;
    return (this.#service.getCompletionsAtPosition(file, at, {})?.entries ?? []).map(({ name }) => name);
  }

  /** Types that the compiler has made so far: the measure of its work that no machine changes. */
  instantiations(): number {
    return this.#service.getProgram()!.getInstantiationCount();
  }

  /** Types one line more, so that the file is checked again. */
  edit(): void {
    this.#version++;
    this.#text += `a12.filter("total > ${this.#version}");\n`;
  }
}

/** What services may share: the parsed files of the project and of the libraries. */
export const sharedFiles = (): ts.DocumentRegistry => ts.createDocumentRegistry();
