import { Int32, Table, type Vector, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { arrowUdtf, ClosureError, functions as F, Timestamp, udtf } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

class Words {
  calls = 0;
  *eval(text: string, times: number) {
    this.calls++;
    for (const word of text.split(" ")) yield [word, times];
  }
  *terminate() {
    yield { word: "calls", n: this.calls };
  }
}

describe.each(engines)("table functions on %s", (engine) => {
  const context = sessionFor(engine);
  const words = udtf(Words, "word string, n int");

  test("called with constants they give a DataFrame", async () => {
    const df = words(F.lit("to be"), F.lit(3));
    expect(valuesOf(await df.collect())).toEqual([
      ["to", 3],
      ["be", 3],
      ["calls", 1],
    ]);
    expect(valuesOf(await df.filter("n = 1").select("word").collect())).toEqual([["calls"]]);
  });

  test("in SQL under a name, also joined with each row of a table", async () => {
    const { spark } = context;
    spark.udtf.register(
      "split_words",
      udtf(
        class extends Words {
          override *terminate() {}
        },
        "word string, n int",
      ),
    );
    expect(valuesOf(await spark.sql("SELECT * FROM split_words('x y', 1)").collect())).toEqual([
      ["x", 1],
      ["y", 1],
    ]);
    const df = spark.sql(
      "SELECT t.k, w.word FROM VALUES ('a b', 1), ('c', 2) AS t(k, n), LATERAL split_words(t.k, t.n) w ORDER BY 2",
    );
    expect(valuesOf(await df.collect())).toEqual([
      ["a b", "a"],
      ["a b", "b"],
      ["c", "c"],
    ]);
  });

  test("without arguments, with rows as arrays or objects, or none", async () => {
    const some = udtf(
      class {
        eval() {
          return [[1], { n: 2 }, [null]];
        }
      },
      { returnType: "n int" },
    );
    expect(valuesOf(await some().collect())).toEqual([[1], [2], [null]]);
    const none = udtf(
      class {
        eval() {
          return undefined;
        }
      },
      "n int",
    );
    expect(await none().collect()).toEqual([]);
  });

  test("values of every kind come and go", async () => {
    const { spark } = context;
    const typed = udtf(
      class {
        *eval(
          m: Map<string, number>,
          list: number[],
          s: { x: number; y: string },
          d: unknown,
          b: Uint8Array,
          none: null,
        ) {
          const said = [
            JSON.stringify([...m]),
            list.join(),
            `${s.x}${s.y}`,
            String(d),
            b.join(),
            String(none),
          ].join(" ");
          yield [said, new Timestamp(1234567890123456n), new Map([["q", [1]]]), { x: 5 }, "1.5", 2n ** 60n];
        }
      },
      "said string, at timestamp, m map<string, array<int>>, s struct<x: int>, d decimal(5,2), b bigint",
    );
    spark.udtf.register("typed", typed);
    const [row] = await spark
      .sql(
        "SELECT * FROM typed(map('a', 1), array(1, 2), named_struct('x', 1, 'y', 'q'), CAST('1.20' AS DECIMAL(5,2)), X'00FF', NULL)",
      )
      .collect();
    expect(row.said).toBe('[["a",1]] 1,2 1q 1.20 0,255 null');
    expect((row.at as Timestamp).epochMicros).toBe(1234567890123456n);
    expect([row.m, (row.s as { x: number }).x, String(row.d), row.b]).toEqual([
      new Map([["q", [1]]]),
      5,
      "1.50",
      2n ** 60n,
    ]);
  });

  test("what eval throws, and a row that doesn't fit, are ClosureErrors", async () => {
    const failing = udtf(
      class {
        eval(n: number): never {
          throw new RangeError(`no ${n}`);
        }
      },
      "n int",
    );
    const thrown = await failing(F.lit(5))
      .collect()
      .catch((error: Error) => error);
    expect(thrown).toBeInstanceOf(ClosureError);
    expect((thrown as Error).message).toContain(
      "RangeError: no 5\nThe function <lambda>(5) failed on an executor in eval()",
    );
    const wrong = udtf(
      class {
        *eval() {
          yield ["x"];
        }
      },
      "n int",
    );
    const refused = (await wrong()
      .collect()
      .catch((error: Error) => error)) as Error;
    expect(refused.message).toContain(
      'has "x" (string) in column `n` of type integer.\nIt was called on an executor in eval()',
    );
  });

  test("those of vectors get columns, and yield rows or tables", async () => {
    const doubled = arrowUdtf(
      class {
        *eval(n: Vector) {
          for (const x of n as Iterable<number>) yield [x * 2];
          yield new Table({ n: vectorFromArray([n.length], new Int32()) });
        }
      },
      "n int",
    );
    expect(valuesOf(await doubled(F.lit(4)).collect())).toEqual([[8], [1]]);
    context.spark.udtf.register("doubled", doubled);
    expect(valuesOf(await context.spark.sql("SELECT * FROM doubled(5)").collect())).toEqual([[10], [1]]);
  });

  test("arguments of the wrong kind are refused with what to pass", () => {
    const { spark } = context;
    expect(() => udtf((() => []) as never, "n int")).toThrow(
      "udtf() was given function, not a class.\nPass one with",
    );
    expect(() => udtf(class Empty {} as never, "n int")).toThrow("Empty without a method eval.\nWrite one");
    expect(() =>
      udtf(
        class {
          async eval() {}
        } as never,
        "n int",
      ),
    ).toThrow("whose eval is async");
    expect(() =>
      udtf(
        class {
          static analyze() {}
          eval() {}
        } as never,
        "n int",
      ),
    ).toThrow("analyze, which runs in Python");
    expect(() => udtf(Words, undefined as never)).toThrow("no schema.\nPass that of its rows");
    expect(() => spark.udtf.register("a b", words)).toThrow('the name "a b".\nPass letters');
    expect(() => spark.udtf.register("words", Words as never)).toThrow(
      "not a table function.\nMake one first",
    );
  });
});
