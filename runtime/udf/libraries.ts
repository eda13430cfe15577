// What functions find in every worker, also on machines that have no npm packages: the same module is bundled there.
import * as arrow from "apache-arrow";
import { Decimal } from "../sql/decimal.ts";
import { Row } from "../sql/row.ts";
import { Timestamp } from "../sql/timestamp.ts";
import { RowFrame } from "./row-frame.ts";
import { writeRowFile } from "./write-row-file.ts";

/** The libraries of a worker, by name. */
export const libraries: Readonly<Record<string, object>> = {
  arrow,
  sightline: { Decimal, Row, RowFrame, Timestamp, writeRowFile },
};
