import { describe, expect, test } from "vitest";
import { ownColumns, resolveSchema, type FieldSummary, type TableSchema } from "./table-schema.ts";

const none: TableSchema = { version: 0, columns: [] };

/** `a: long double` saw a long first, then a double; `~` a fraction, `!` a long that a double can't hold. */
function seen(...fields: string[]): FieldSummary[] {
  return fields.map((field) => {
    const [name, kinds = ""] = field.split(/: (?=[^:]*$)/);
    return {
      field: name,
      kinds: kinds.replaceAll(/[~!]/g, "").split(" ").filter(Boolean) as FieldSummary["kinds"],
      isFractional: kinds.includes("~"),
      isInexact: kinds.includes("!"),
    };
  });
}

function columns({ columns: all }: TableSchema): string[] {
  return all.slice(ownColumns.length).map(({ name, field, type }) => `${name} ${field} ${type}`);
}

describe("resolveSchema", () => {
  test.each<[string, string[]]>([
    ["long", ["a /a long"]],
    ["double~", ["a /a double"]],
    ["double", ["a /a double"]],
    ["long double~", ["a /a double"]],
    ["double~ long", ["a /a double"]],
    ["double~ long!", ["a /a double", "a__string /a string"]],
    ["boolean", ["a /a boolean"]],
    ["string", ["a /a string"]],
    ["string long double~ boolean", ["a /a string"]],
    ["long string", ["a /a long", "a__string /a string"]],
    ["long boolean double~", ["a /a double", "a__string /a string"]],
    ["boolean long", ["a /a boolean", "a__string /a string"]],
    ["", []],
  ])("a new field that held %s", (kinds, expected) => {
    const schema = resolveSchema(none, seen(`/a: ${kinds}`));
    expect(schema.version).toBe(1);
    expect(columns(schema)).toEqual(expected);
  });

  test.each<[string, string, boolean]>([
    ["long", "long!", false],
    ["long", "double", false],
    ["long", "double~", true],
    ["long", "string", true],
    ["double", "long", false],
    ["double", "long!", true],
    ["double", "boolean", true],
    ["boolean", "boolean", false],
    ["boolean", "long", true],
    ["string", "long! double~ boolean string", false],
  ])("a column of %s that gets %s: a sibling %s", (type, kinds, isWanted) => {
    const before = resolveSchema(none, seen(`/a: ${type}`));
    const after = resolveSchema(before, seen(`/a: ${kinds}`));
    const [first, ...more] = columns(after);
    expect(first).toBe(`a /a ${type}`);
    expect(more).toEqual(isWanted ? ["a__string /a string"] : []);
    expect(after.version).toBe(isWanted ? 2 : 1);
    if (!isWanted) expect(after).toBe(before);
    expect(resolveSchema(after, seen(`/a: ${kinds}`))).toBe(after);
  });

  test("names that differ by case only, or collide, get numbers and keep them", () => {
    let schema = resolveSchema(none, seen("/service: long", "/Service: long", "/a/b: long", "/a_b: string"));
    const first = ["service /service long", "a_b /a/b long", "Service_2 /Service long", "a_b_2 /a_b string"];
    expect(columns(schema)).toEqual(first);
    schema = resolveSchema(schema, seen("/SERVICE: long", "/a_b: string", "/Service: long", "/a_B: long"));
    expect(columns(schema)).toEqual([...first, "SERVICE_3 /SERVICE long", "a_B_3 /a_B long"]);
  });

  test("a number that frees a name doesn't take one that a field has to itself", () => {
    const schema = resolveSchema(none, seen("/s: long", "/S: long", "/S_2: long", "/S_2__string: long"));
    expect(columns(schema)).toEqual([
      "s /s long",
      "S_2 /S_2 long",
      "S_2__string /S_2__string long",
      "S_3 /S long",
    ]);
    expect(columns(resolveSchema(schema, seen("/S_2: string"))).at(-1)).toBe("S_2__string_2 /S_2 string");
  });

  test("columns of partitions and our own keep their names", () => {
    const schema = resolveSchema(
      none,
      seen(
        "/source: long",
        "/Date: long",
        "/host: long",
        "/kafka_offset: string",
        "/overflow: long",
        "/EVENT_TIME: long",
      ),
      { partitionBy: ["source", "date", "Host"] },
    );
    expect(columns(schema)).toEqual([
      "source_2 /source long",
      "Date_2 /Date long",
      "host_2 /host long",
      "kafka_offset_2 /kafka_offset string",
      "overflow_2 /overflow long",
      "EVENT_TIME_2 /EVENT_TIME long",
    ]);
  });

  test.each([
    ["/", "_"],
    ["//", "___"],
    ["/a.b", "a_b"],
    ["/a b\tc", "a_b_c"],
    ["/x,;{}()\n=`\"'y", "x__________'y"],
    ["/a~1b", "a_b"],
    ["/größe/日本", "größe_日本"],
    ["/__proto__", "__proto__"],
    ["/😀", "😀"],
  ])("%j is called %j", (field, name) => {
    expect(columns(resolveSchema(none, seen(`${field}: long`)))).toEqual([`${name} ${field} long`]);
  });

  test("there are never more columns than asked for; our own don't count", () => {
    const options = { maxColumns: 3 };
    const schema = resolveSchema(none, seen("/a: long", "/b: long string", "/c: long", "/d: long"), options);
    expect(columns(schema)).toEqual(["a /a long", "b /b long", "c /c long"]);
    expect(resolveSchema(schema, seen("/d: long", "/b: string"), options)).toBe(schema);
  });
});
