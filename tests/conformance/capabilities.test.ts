import { mkdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { engines, sessionFor } from "../support/engines.ts";
import { areas } from "./capabilities/index.ts";

describe.each(engines)("capabilities on %s", (engine) => {
  const context = sessionFor(engine);
  let folderCount = 0;

  describe.each(areas)("$name", ({ capabilities }) => {
    test.each(capabilities)("$title", async ({ title, probe, gaps }) => {
      const folder = `${context.folder}/${folderCount++}`;
      mkdirSync(folder);
      const gap = gaps.find((known) => known.engine === engine);
      if (!gap) return probe(context.spark, folder);
      const works = await probe(context.spark, folder).then(
        () => true,
        () => false,
      );
      expect(works, `${title} works on ${engine} now: take its knownGap away, then npm run generate`).toBe(
        false,
      );
      // It failed as a gap does, not because the engine is gone.
      expect(await context.spark.range(2).count()).toBe(2);
    });
  });
});
