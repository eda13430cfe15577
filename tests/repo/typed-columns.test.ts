// Types that follow the columns stay cheap in wide schemas: counted in types that the compiler makes, not in seconds.
import { describe, expect, test } from "vitest";
import { sharedFiles, TypedChain, type ChainStart } from "../support/typed-chain.ts";

const files = sharedFiles();

describe.each<ChainStart>(["record", "ddl", "fields", "added"])(
  "a chain of twelve steps from a %s",
  (start) => {
    test(
      "costs no more than its columns: 45 times as many, at most 45 times the work",
      { timeout: 120_000 },
      () => {
        const [narrow, wide] = [10, 450].map((columnCount) => {
          const chain = new TypedChain(start, columnCount, files);
          const messages = chain.diagnostics();
          expect(messages.filter((message) => /excessively|too complex/.test(message))).toEqual([]);
          const offered = chain.completions("a11.groupBy(");
          // Gone: 3, 4, 5; renamed: 2; new: renamed, x3, x2, other, again.
          expect(offered.filter((name) => /^column_\d+$/.test(name))).toHaveLength(columnCount - 4);
          expect(offered).toEqual(
            expect.arrayContaining(["column_0", "renamed", "x2", "x3", "other", "again"]),
          );
          expect(
            chain
              .completions("a12.select(")
              .filter((name) => name !== "*")
              .toSorted(),
          ).toEqual(["column_0", "max(column_6)", "total", "x3"]);
          const misspelt = messages.find((message) => message.includes("colum_0"))!;
          expect(misspelt).toContain(`'"colum_0"' is not assignable to parameter of type`);
          expect(misspelt).toContain('"column_0"');
          return chain.instantiations();
        });
        expect(wide / narrow).toBeLessThan(45);
      },
    );
  },
);

test("DDL of 500 columns is read, of more it is a schema of any columns", { timeout: 120_000 }, () => {
  const wrong = (columnCount: number) =>
    new TypedChain("ddl", columnCount, files).diagnostics().filter((message) => message.includes("colum_0"));
  expect(wrong(500)).toHaveLength(1);
  expect(wrong(501)).toEqual([]);
});
