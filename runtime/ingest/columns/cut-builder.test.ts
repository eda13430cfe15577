import { describe, expect, test } from "vitest";
import { parquetRows, type ParquetRows } from "../../../tests/support/parquet-rows.ts";
import { CutBuilder, type CutOptions } from "./cut-builder.ts";
import { partitionPath } from "./partition-path.ts";
import { resolveSchema, type SchemaOptions, type TableSchema } from "./table-schema.ts";

const kafkaTime = Date.UTC(2026, 10, 23, 12);
const none: TableSchema = { version: 0, columns: [] };

function builderWith(options: Partial<CutOptions> = {}): CutBuilder {
  return new CutBuilder({ partitionBy: [], source: "siem", timeFields: ["time"], ...options });
}

function add(builder: CutBuilder, text: string, offset = builder.rowCount): void {
  const bytes = Buffer.from(`…${text}…`);
  const record = { topic: "events", partition: 3, offset, timestampMs: kafkaTime };
  builder.add(bytes, 3, bytes.length - 3, record);
}

/** Writes the cut, and reads its files: by path, the fields' columns of each row; null is left out. */
function finish(builder: CutBuilder, schema = resolveSchema(none, builder.fields())) {
  return Object.fromEntries(
    builder.finish(schema).map(({ partition, bytes, rowCount }) => {
      const { rows } = parquetRows(bytes);
      expect(rows.length).toBe(rowCount);
      return [partitionPath(partition), rows.map((row) => fieldsOf(row))];
    }),
  );
}

function fieldsOf(row: ParquetRows["rows"][number]) {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== null && !/^kafka_|^event_time$/.test(name)),
  );
}

function rowsOf(texts: readonly string[], options: Partial<CutOptions> = {}, schema: SchemaOptions = {}) {
  const builder = builderWith(options);
  for (const text of texts) add(builder, text);
  return finish(builder, resolveSchema(none, builder.fields(), schema))[""];
}

describe("columns of events", () => {
  test.each<[string, string[], object[]]>([
    [
      "integers of 64 bits",
      ['{"a":9007199254740993}', '{"a":-9223372036854775808}', '{"a":-0}'],
      [{ a: 9007199254740993n }, { a: -9223372036854775808n }, { a: 0n }],
    ],
    [
      "integers beyond 64 bits",
      ['{"a":1}', '{"a":9223372036854775808}', '{"a":-1e999}'],
      [{ a: 1n }, { a__string: "9223372036854775808" }, { a__string: "-1e999" }],
    ],
    [
      "numbers with fractions among whole ones",
      ['{"a":1}', '{"a":2.5}', '{"a":3e2}', '{"a":9007199254740993}'],
      [{ a: 1 }, { a: 2.5 }, { a: 300 }, { a__string: "9007199254740993" }],
    ],
    [
      "doubles to the last bit",
      ['{"a":0.1}', '{"a":1.7976931348623157e308}', '{"a":5e-324}', '{"a":123456789012345678.9}'],
      [{ a: 0.1 }, { a: Number.MAX_VALUE }, { a: 5e-324 }, { a: Number("123456789012345678.9") }],
    ],
    [
      "kinds that change",
      ['{"a":1}', '{"a":"one"}', '{"a":true}', '{"a":[1, "x"]}', '{"a":null}', '{"a":{"b":1}}'],
      [{ a: 1n }, { a__string: "one" }, { a__string: "true" }, { a__string: '[1, "x"]' }, {}, { a_b: 1n }],
    ],
    [
      "anything after a text",
      ['{"a":"x"}', '{"a":1.50}', '{"a":false}', '{"a":12345678901234567890}', '{"a":7}'],
      [{ a: "x" }, { a: "1.5" }, { a: "false" }, { a: "12345678901234567890" }, { a: "7" }],
    ],
    [
      "escapes",
      [
        String.raw`{"a":"\"\\\/\b\f\n\r\t\u0000\u00e9\u20ac\ud83d\ude00\ud83d\ude00"}`,
        String.raw`{"\u0061":"\ud83dx\ude00"}`,
      ],
      [{ a: '"\\/\b\f\n\r\t\u0000é€😀😀' }, { a: "\ufffdx\ufffd" }],
    ],
    [
      "nesting",
      ['{"a":{"b":{"c":1,"d":[]}},"e":{}}', '{"a":{"b":{"c":2},"x":null}}'],
      [{ a_b_c: 1n, a_b_d: "[]", e: "{}" }, { a_b_c: 2n }],
    ],
    [
      "keys that come twice",
      ['{"a":1,"b":2,"a":3}', '{"a":{"x":1,"y":2},"a":{"y":3}}', '{"a":1,"a":null}', '{"a":{"x":1},"a":"t"}'],
      [{ a: 3n, b: 2n }, { a_y: 3n }, {}, { a__string: "t" }],
    ],
    [
      "keys written in several ways",
      [
        String.raw`{"k":1,"\\":2}`,
        String.raw`{"k":3,"\u0061":4,"a":5,"\u005c":6}`,
        String.raw`{"k":7,"\"":8,"a\"b":9}`,
      ],
      [
        { k: 1n, _: 2n },
        { k: 3n, a: 5n, _: 6n },
        { k: 7n, __2: 8n, a_b: 9n },
      ],
    ],
    [
      "names that collide",
      ['{"Service":1,"service":2,"a_b":3,"a":{"b":4}}'],
      [{ Service: 1n, service_2: 2n, a_b: 3n, a_b_2: 4n }],
    ],
    [
      "names of all kinds",
      [
        '{"":1,"__proto__":2,"constructor":3,"a b":4,"größe":5,"source":6,"date":7,"kafka_offset":8,"x\\u0000y":9}',
      ],
      [{ _: 1n, ["__proto__"]: 2n, constructor: 3n, a_b: 4n, größe: 5n, source_2: 6n, date_2: 7n, x_y: 9n }],
    ],
    ["several events in one record", ['[{"a":1}, {"b":2}]', "[]", "{}"], [{ a: 1n }, { b: 2n }, {}]],
  ])("%s", (_name, texts, rows) => {
    expect(rowsOf(texts)).toEqual(rows);
  });

  test("a text of 5 MB, beside short ones", () => {
    const long = "é".repeat(2_500_000);
    expect(rowsOf(['{"a":"x"}', `{"a":"${long}","b":"${long}\\n"}`, '{"a":"y"}'])).toEqual([
      { a: "x" },
      { a: long, b: `${long}\n` },
      { a: "y" },
    ]);
  });

  test("objects nested very deep are text from the 16th on", () => {
    const [row] = rowsOf([`${'{"a":'.repeat(20)}1${"}".repeat(20)}`]);
    expect(row).toEqual({ [Array.from({ length: 16 }, () => "a").join("_")]: '{"a":{"a":{"a":{"a":1}}}}' });
  });

  test("where the record stands in Kafka, and when it was", () => {
    const builder = builderWith({ timeFields: ["time", "at.start"] });
    add(builder, '{"a":1}', 2 ** 40);
    add(
      builder,
      '[{"time":"2026-01-02T03:04:05.678901Z"},{"at":{"start":1700000000.25}},{"time":"soon","at.start":"2026-01-02"}]',
      5,
    );
    const [{ bytes }] = builder.finish(resolveSchema(none, builder.fields()));
    const { types, rows } = parquetRows(bytes);
    expect(types).toMatchObject({ kafka_timestamp: "Datetime(us,UTC)", event_time: "Datetime(us,UTC)" });
    const kafka = { kafka_topic: "events", kafka_partition: 3n, kafka_timestamp: BigInt(kafkaTime) * 1000n };
    expect(rows).toMatchObject([
      { ...kafka, kafka_offset: 2n ** 40n, event_time: BigInt(kafkaTime) * 1000n },
      { ...kafka, kafka_offset: 5n, event_time: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 678_901n },
      { ...kafka, kafka_offset: 5n, event_time: 1_700_000_000_250_000n },
      { ...kafka, kafka_offset: 5n, event_time: BigInt(Date.UTC(2026, 0, 2)) * 1000n },
    ]);
  });
});

describe("fields without a column go to the overflow", () => {
  const texts = [
    '{"a":1,"b":{"c":2,"d":{"e":"x\\n"}},"f":[1, 2]}',
    '{"f":null,"b":{"d":{"e":true,"e":1.50}},"a":2}',
    '{"b":{"c":"3"},"a":3}',
  ];

  test("when a cut has more fields than it may have", () => {
    expect(rowsOf(texts, { maxColumns: 3 })).toEqual([
      { a: 1n, b_c: 2n, overflow: '{"b":{"d":{"e":"x\\n"}},"f":[1, 2]}' },
      { a: 2n, overflow: '{"f":null,"b":{"d":{"e":true,"e":1.50}}}' },
      { a: 3n, b_c__string: "3" },
    ]);
  });

  test("when the table has more columns than it may have", () => {
    expect(rowsOf(texts, {}, { maxColumns: 2 })).toEqual([
      { a: 1n, b_c: 2n, overflow: '{"b":{"d":{"e":"x\\n"}},"f":"[1, 2]"}' },
      { a: 2n, overflow: '{"b":{"d":{"e":"1.5"}}}' },
      { a: 3n, overflow: '{"b":{"c":"3"}}' },
    ]);
  });

  test("and names that are no names", () => {
    const key = "k".repeat(256);
    expect(rowsOf([`{"${key}":{"a":[1,"\\u00e9"]}}`])).toEqual([
      { overflow: `{"${key}":{"a":[1,"\\u00e9"]}}` },
    ]);
  });
});

describe("partitions", () => {
  test("each has its file, with the columns that it has values for", () => {
    const builder = builderWith({ partitionBy: ["source", "date"] });
    add(builder, '{"time":"2026-01-01T23:59:59.999Z","a":1,"t":"x"}');
    add(builder, '{"time":"2026-01-02T00:00:00Z","a":2}');
    add(builder, '{"b":true}');
    add(builder, '{"time":"2026-01-01T00:00:00Z","a":2.5,"t":"yy","b":false}');
    const schema = resolveSchema(none, builder.fields());
    expect(finish(builder, schema)).toEqual({
      "source=siem/date=2026-01-01": [
        { time: "2026-01-01T23:59:59.999Z", a: 1, t: "x" },
        { time: "2026-01-01T00:00:00Z", a: 2.5, t: "yy", b: false },
      ],
      "source=siem/date=2026-01-02": [{ time: "2026-01-02T00:00:00Z", a: 2 }],
      "source=siem/date=2026-11-23": [{ b: true }],
    });
  });

  test("fields of the events are folders, not columns", () => {
    const partitionBy = ["host", "source"];
    const long = "x".repeat(300);
    const texts = [
      '{"host":"a/b","n":1}',
      '{"host":7}',
      '{"n":2}',
      '{"host":null}',
      '{"host":""}',
      '{"host":[1]}',
    ];
    const builder = builderWith({ partitionBy });
    for (const text of [...texts, `{"host":"${long}"}`, '{"host":"z","host":"a/b"}', '{"Host":1}'])
      add(builder, text);
    expect(finish(builder, resolveSchema(none, builder.fields(), { partitionBy }))).toEqual({
      "host=a%2Fb/source=siem": [{ n: 1n }, {}],
      "host=7/source=siem": [{}],
      "host=__HIVE_DEFAULT_PARTITION__/source=siem": [
        { n: 2n },
        {},
        {},
        { overflow: `{"host":"${long}"}` },
        { Host_2: 1n },
      ],
      "host=%5B1%5D/source=siem": [{}],
    });
  });
});

describe("cuts", () => {
  test("a builder begins anew when it has finished, and types last", () => {
    const builder = builderWith();
    add(builder, '{"a":1}');
    const first = resolveSchema(none, builder.fields());
    expect(finish(builder, first)).toEqual({ "": [{ a: 1n }] });
    expect([builder.rowCount, builder.fields(), builder.finish(first)]).toEqual([0, [], []]);
    for (const text of ['{"a":"x"}', '{"a":2.0}', '{"a":2.5}', '{"b":1.5}']) add(builder, text);
    const second = resolveSchema(first, builder.fields());
    expect(finish(builder, second)).toEqual({
      "": [{ a__string: "x" }, { a: 2n }, { a__string: "2.5" }, { b: 1.5 }],
    });
  });

  test("what is refused leaves no trace", () => {
    const builder = builderWith({ partitionBy: ["date"] });
    add(builder, '{"a":1}');
    const fields = builder.fields();
    for (const text of [
      '{"a":"x","b":2',
      '[{"time":"2020-01-01T00:00:00Z"},{"a":1.5}',
      '[{"c":[]},3]',
      "{} {}",
    ]) {
      expect(() => add(builder, text)).toThrow("of the record.\nSend one JSON object");
    }
    expect(builder.fields()).toEqual(fields);
    add(builder, '{"a":2}');
    expect(finish(builder)).toEqual({ "date=2026-11-23": [{ a: 1n }, { a: 2n }] });
  });

  test("its memory is told as it grows, and is given back", () => {
    const builder = builderWith();
    const empty = builder.byteCount;
    for (let i = 0; i < 1000; i++) add(builder, `{"a":${i},"text":"${"x".repeat(1000)}"}`);
    expect(builder.byteCount).toBeGreaterThan(1_000_000);
    expect(builder.byteCount).toBeLessThan(4_000_000);
    finish(builder);
    expect(builder.byteCount).toBe(empty);
  });
});
