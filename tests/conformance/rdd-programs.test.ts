// Programs whose results were recorded from PySpark's RDDs: `node tests/conformance/rdd-programs/record.ts`.
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { engines, sessionFor } from "../support/engines.ts";
import { type Golden, loadAreas } from "./rdd-programs/golden.ts";
import type { Program } from "./rdd-programs/program.ts";
import { sorted, tagged } from "./rdd-programs/tagged.ts";

const areas = await loadAreas();

describe.each(engines)("programs give on %s what they give in PySpark", (engine) => {
  const context = sessionFor(engine);

  describe.each(areas)("$name", ({ programs, goldens }) => {
    for (const one of programs) test(one.name, () => check(one, goldens.get(one.name)));
  });

  async function check(one: Program, golden: Golden | undefined): Promise<void> {
    if (golden?.python !== one.python) {
      throw new Error("It isn't recorded: node tests/conformance/rdd-programs/record.ts");
    }
    if (one.options.gap?.engine !== engine) return compare(one, golden);
    const isAsRecorded = await compare(one, golden).then(
      () => true,
      () => false,
    );
    expect(isAsRecorded, `it works on ${engine} now: take its gap away`).toBe(false);
    expect(await context.spark.range(2).count()).toBe(2);
  }

  async function compare({ run, options }: Program, golden: Golden): Promise<void> {
    const outcome = (async () => run(context.spark.sparkContext, mkdtempSync(join(context.folder, "p-"))))();
    if (golden.raises !== undefined) {
      if (options.fails === undefined) throw new Error("It says not what our error says: give it `fails`");
      return expect(outcome).rejects.toThrow(options.fails);
    }
    const value = JSON.parse(JSON.stringify(tagged(await outcome))) as unknown;
    if (options.unordered === undefined) expect(value).toEqual(golden.value);
    else expect(sorted(value as unknown[])).toEqual(sorted(golden.value as unknown[]));
  }
});
