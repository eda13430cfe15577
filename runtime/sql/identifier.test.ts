import { expect, test } from "vitest";
import { nameParts, quotedName } from "./identifier.ts";

test("a name is split at its dots, outside of backquotes", () => {
  expect(nameParts("a.b c.`d.e``f`")).toEqual(["a", "b c", "d.e`f"]);
  expect(quotedName("a.b c.`d.e``f`")).toBe("`a`.`b c`.`d.e``f`");
  expect(quotedName("x; DROP TABLE t --")).toBe("`x; DROP TABLE t --`");
});

test.each(["", "a.", ".a", "`a", "a`b.`"])("%j is refused", (name) => {
  expect(() => nameParts(name)).toThrow("Write parts with a dot between");
});
