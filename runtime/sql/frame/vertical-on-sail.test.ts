import { expect, test } from "vitest";
import { verticalOnSail } from "./vertical-on-sail.ts";

test("makes short names and values three wide, as Spark shows them", () => {
  expect(verticalOnSail("-RECORD 0\n a | 1 \n-RECORD 1\n a | 2 \n")).toBe(
    "-RECORD 0--\n a   | 1   \n-RECORD 1--\n a   | 2   \n",
  );
  expect(verticalOnSail("-RECORD 0------\n a  | x | y \n bc | z     \n")).toBe(
    "-RECORD 0-------\n a   | x | y \n bc  | z     \n",
  );
});

test("leaves what is wide enough, and drops the line after a last one about their number", () => {
  const wide = "-RECORD 0-----------\n name | a \\n | b \nonly showing top 1 row";
  expect(verticalOnSail(`${wide}\n`)).toBe(wide);
  expect(verticalOnSail("(0 rows)\n")).toBe("(0 rows)");
  expect(verticalOnSail("-RECORD 0--\nonly showing top 1 row\n")).toBe("-RECORD 0--\nonly showing top 1 row");
});
