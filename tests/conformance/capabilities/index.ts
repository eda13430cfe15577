// What the client can say today and each engine does or doesn't: the README's table, and its proof.
import type { Area } from "./capability.ts";
import { dataframe } from "./dataframe.ts";
import { files } from "./files.ts";
import { graph } from "./graph.ts";
import { rdd } from "./rdd.ts";
import { sql, tables } from "./sql.ts";

export const areas: readonly Area[] = [rdd, dataframe, sql, tables, files, graph];
