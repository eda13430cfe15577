import { describe, expect, test } from "vitest";
import { randomFrom } from "../../../tests/support/random.ts";
import { EventReader } from "./event-reader.ts";
import { JsonError } from "./json-error.ts";

const everything = { maxColumns: 2000, partitionBy: [] as string[] };

function read(text: string | Uint8Array, { maxColumns, partitionBy } = everything): EventReader {
  const reader = new EventReader(maxColumns, partitionBy);
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  reader.read(bytes, 0, bytes.length, () => {});
  return reader;
}

function isTaken(text: string | Uint8Array, options = everything): boolean {
  try {
    read(text, options);
    return true;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return false;
  }
}

/** Whether JSON.parse takes it, and it is an object or an array of them. */
function isEvents(text: string): boolean {
  try {
    return [JSON.parse(text)]
      .flat(1)
      .every((event) => typeof event === "object" && event && !Array.isArray(event));
  } catch {
    return false;
  }
}

const values = `
  0 -0 1 -1 10 123456789012345678901234567890 0.5 -0.5e10 1e5 1E+5 1e-5 1e999 -1e999 0e1 0.0 1.7976931348623157e309
  00 01 -01 - + +1 .5 1. 1.e5 1e 1e+ 0x10 1_000 Infinity -Infinity NaN 1a 1.2.3 ٣ -a 1.5e3.5
  true false null True TRUE tru truee nul nulll fals falsee undefined t n f
  "" "a" "é😀" "\\u00e9" "\\ud83d\\ude00" "\\ud83d" "\\ude00\\ud83d" "\\"\\\\\\/\\b\\f\\n\\r\\t" "\\u0000"
  "\\x41" "\\u12" "\\u12G4" "\\u" "\\" "\\'" 'a' a "a "a" "a
  [] [1] [1,2] [1,] [,1] [,] [1 2] [ [ ]] [[] [1}] [1,[2,[3]]] ["a",{"b":[]}] [\t1\t]
  {} {"a":1} {"a":1,} {,} {"a"} {"a":} {"a":1:2} {a:1} {'a':1} {1:1} {null:1} {"a":1"b":2} {"a":1,,"b":2} {"a":{}} {"a":{"b":{}}}
  {} {} }{ ][ /**/1 1//x # ' , : "a":1
`
  .split(/[ \n]+/)
  .filter(Boolean);

describe("what is JSON", () => {
  test.each([...new Set(values)])("a value %s", (value) => {
    for (const text of [
      `{"v":${value}}`,
      `{"v": [${value}] }`,
      `[{"v":${value}},{}]`,
      `{"v":{"w":${value}}}`,
      value,
    ]) {
      expect([text, isTaken(text)]).toEqual([text, isEvents(text)]);
      // A field without a column of its own is checked as strictly.
      expect([text, isTaken(text, { maxColumns: 0, partitionBy: [] })]).toEqual([text, isEvents(text)]);
      expect([text, isTaken(text, { maxColumns: 1, partitionBy: ["v"] })]).toEqual([text, isEvents(text)]);
    }
  });

  test.each([
    ["nothing", ""],
    ["whitespace", " \n"],
    ["two objects", "{}{}"],
    ["an object and a comma", "{},"],
    ["an open array", "[{}"],
    ["an array that ends with a comma", "[{},]"],
    ["a number after an object", "{} 1"],
    ["a form feed", "{\f}"],
    ["a no-break space", "{\u00a0}"],
    ["a raw line break in a string", '{"a":"\n"}'],
    ["a raw NUL in a key", '{"\u0000":1}'],
    ["an object of objects", '{"a":{"b":{"c":[{"d":null}]}}}'],
    ["whitespace everywhere", ' \t\r\n{ "a" : [ 1 , { } ] , "b" : { "c" : "d" } } \n'],
    ["an array of arrays", "[[]]"],
    ["an array of an object and a number", "[{},1]"],
    ["no events", "[]"],
  ])("%s", (_name, text) => {
    expect(isTaken(text)).toBe(isEvents(text));
  });

  test("a byte order mark is passed over, as in other readers of JSON", () => {
    expect(read("\ufeff{}").rowCount).toBe(1);
    expect(isTaken("\ufeff")).toBe(false);
  });

  test.each([
    ["a lone continuation byte", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["a character that is cut off", [0xe2, 0x82]],
    ["Latin-1", [0xe9]],
  ])("not UTF-8: %s", (_name, bytes) => {
    const broken = Buffer.from(bytes);
    for (const [before, after] of [
      ['{"é":"é', '"}'],
      ['{"', '":1}'],
      ['{"a":["é', '"]}'],
    ]) {
      const text = Buffer.concat([Buffer.from(before), broken, Buffer.from(after)]);
      expect(() => read(text)).toThrow(
        `Not JSON: not UTF-8 at byte ${Buffer.byteLength(before)} of the record.`,
      );
    }
  });

  test("each change of a byte is taken or not as JSON.parse does", () => {
    const random = randomFrom(7);
    const text =
      '[{"a":[1,-2.5e3,{"b":"c\\n\\u00e9"}],"d":{"e":null,"f":{}},"g":true},{"a":"x","d":{"e":0.1},"long":9007199254740993}]';
    const reader = new EventReader(2000, []);
    let taken = 0;
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(text);
      for (let i = random(3); i >= 0; i--) {
        const alphabet = '{}[]",:\\ 0123456789eE+-.tfnulrsabx\n\t\u0001\u007f';
        bytes[random(bytes.length)] = alphabet.charCodeAt(random(alphabet.length));
      }
      const start = random(8) === 0 ? random(bytes.length) : 0;
      const end = random(4) === 0 ? start + random(bytes.length - start) : bytes.length;
      const changed = bytes.toString("latin1", start, end);
      let isGood = true;
      try {
        reader.read(bytes, start, end, () => {});
        taken++;
      } catch (error) {
        isGood = false;
        expect(error).toBeInstanceOf(JsonError);
      }
      if (isGood !== isEvents(changed)) expect([changed, isGood]).toEqual([changed, isEvents(changed)]);
    }
    expect(taken).toBeGreaterThan(1000);
  });
});

describe("what is refused", () => {
  test.each<[string, string, number]>([
    ['{"a":1,}', "Not JSON: unexpected `}`", 7],
    ['{"a":1', "Not JSON: the text ends too early", 6],
    ['{"a":"\t"}', "Not JSON: unexpected 0x9", 6],
    ['{"a":"é\\q"}', "Not JSON: unexpected `q`", 9],
    ["12", "An event must be a JSON object; this is another value", 0],
    ['[{}, "x"]', "An event must be a JSON object; this is another value", 5],
    ["", "Not JSON: the text ends too early", 0],
  ])("%s: says what and where", (text, what, position) => {
    const refused = (() => {
      try {
        read(text);
      } catch (error) {
        return error as JsonError;
      }
    })();
    expect(refused?.message).toBe(
      `${what} at byte ${position} of the record.\nSend one JSON object, or an array of objects, in UTF-8 as a record's value.`,
    );
    expect(refused?.position).toBe(position);
  });

  test("nesting is bounded, however it is written", () => {
    expect(isTaken(`{"a":${"[".repeat(999)}${"]".repeat(999)}}`)).toBe(true);
    expect(isTaken(`${'{"a":'.repeat(999)}{}${"}".repeat(999)}`)).toBe(true);
    for (const open of ["[", '{"a":', '[{"a":']) {
      const deep = () => read(`{"a":${open.repeat(100_000)}`);
      expect(deep).toThrow("JSON nested deeper than 1000 levels at byte");
      expect(deep).toThrow("Send one JSON object");
    }
  });

  test("keys that repeat without end", () => {
    const text = `{${'"a":{"b":1},'.repeat(5000)}"c":1}`;
    expect(() => read(text)).toThrow("An event repeats its keys more than 1000 times");
  });

  test("nothing is read from what comes after a text that ends too early", () => {
    const bytes = Buffer.from('{"a":1}{"b":2}');
    const reader = new EventReader(2000, []);
    expect(() => reader.read(bytes, 0, 6, () => {})).toThrow("the text ends too early at byte 6");
    expect(() => reader.read(Buffer.from('{"a":12'), 0, 6, () => {})).toThrow(
      "the text ends too early at byte 6",
    );
    expect(() => reader.read(Buffer.from('{"a":"x"}'), 0, 7, () => {})).toThrow("the text ends too early");
    expect(reader.rowCount).toBe(0);
  });

  test("nothing of it stays", () => {
    const reader = new EventReader(3, []);
    const add = (text: string) => reader.read(Buffer.from(text), 0, Buffer.byteLength(text), () => {});
    add('{"a":1}');
    const before = JSON.stringify(reader.tree.fields.map(({ path, kinds }) => [path, kinds]));
    for (const text of [
      '{"a":"x","b":1,"c":{"d":2.5',
      '[{"a":2.5,"new":true},{"a":null,"z":[1},{}]',
      '{"b":1,"c":2,"d":3,"e":4,"f":',
    ]) {
      expect(() => add(text)).toThrow(JsonError);
    }
    expect(JSON.stringify(reader.tree.fields.map(({ path, kinds }) => [path, kinds]))).toBe(before);
    expect(reader.rowCount).toBe(1);
    expect(reader.overflow.count).toBe(0);
    add('{"b":2,"a":3}');
    expect(reader.tree.root.children.get("a")!.longs!.count).toBe(2);
    expect(reader.tree.root.children.get("b")!.longs!.count).toBe(1);
  });
});
