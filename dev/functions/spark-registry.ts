// Rewrites spark-registry.json: what Spark itself says of its functions (DESCRIBE FUNCTION EXTENDED) and what those of
// one column give: `npm run generate -- function-registry`, on a Spark that it starts, or on that of SPARK_REMOTE.
// Needed when Spark's version changes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SparkSession } from "../../runtime/index.ts";

/** A function's entry in Spark's registry; `_FUNC_` stands for its name. */
export interface RegistryEntry {
  readonly usage: string;
  readonly extended: string;
  /** Of a call with one column: the result's type, where it is one whatever the column's is, or "same" as the column's. */
  readonly type?: string;
  /** Of a call with one column `c`: whether the result is called `name(c)`. */
  readonly isNamedSo?: boolean;
  /** Of a call with one column that may be null: whether the result never is. */
  readonly isNeverNull?: true;
}

export type Registry = Readonly<Record<string, RegistryEntry>>;

const inputs = [
  "string,int,bigint,double,decimal(10,2),date,timestamp,timestamp_ntz,boolean,binary,array<int>,variant",
  "array<array<int>>,array<struct<a:int,b:string>>,map<string,int>,struct<a:int,b:string>,time(6)",
].flatMap((types) => types.split(/,(?![^<(]*[>)])/));

/** Asks Spark for every entry; takes minutes. */
export async function writeRegistry(): Promise<void> {
  const spark = await SparkSession.builder.remote(process.env.SPARK_REMOTE ?? "local[1]").getOrCreate();
  const entries: Record<string, RegistryEntry> = {};
  for (const row of await spark.sql("SHOW SYSTEM FUNCTIONS").collect()) {
    const name = String(row.get(0));
    if (!/^\w+$/.test(name)) continue;
    const described = await spark.sql(`DESCRIBE FUNCTION EXTENDED \`${name}\``).collect();
    const lines = described.map((each) => String(each.get(0)));
    const after = (head: string) =>
      lines
        .find((line) => line.startsWith(head))
        ?.slice(head.length)
        .replace(/[ \t]+$/gm, "")
        .trim() ?? "";
    entries[name] = {
      usage: after("Usage:"),
      extended: after("Extended Usage:"),
      ...(await resultOfOneColumn(spark, name)),
    };
  }
  writeFileSync(join(import.meta.dirname, "spark-registry.json"), `${JSON.stringify(entries, null, 2)}\n`);
  console.log(`wrote ${Object.keys(entries).length} functions to dev/functions/spark-registry.json`);
  await spark.stop();
}

async function resultOfOneColumn(spark: SparkSession, name: string): Promise<Partial<RegistryEntry>> {
  const outputs = await Promise.all(
    inputs.map(async (type) => {
      const query = `SELECT \`${name}\`(c) FROM (SELECT CAST(NULL AS ${type}) AS c)`;
      const schema = await spark
        .sql(query)
        .schema()
        .catch(() => undefined);
      const field = schema?.fields[0];
      return (
        field && { type, name: field.name, output: field.dataType.simpleString(), isNullable: field.nullable }
      );
    }),
  );
  const known = outputs.filter((each) => each !== undefined);
  if (known.length === 0) return {};
  const types = new Set(known.map(({ output }) => output));
  const isSame = known.length > 1 && known.every(({ type, output }) => type === output);
  return {
    ...(isSame ? { type: "same" } : types.size === 1 ? { type: known[0].output } : {}),
    isNamedSo: known.every((each) => each.name === `${name}(c)`),
    ...(known.some(({ isNullable }) => isNullable) ? {} : { isNeverNull: true }),
  };
}
