import type { DataFrame } from "nodejs-polars";

/** A data frame in this process, of nodejs-polars. */
export type LocalFrame = DataFrame;
