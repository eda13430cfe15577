// `functions` of the public names: those of `sql`, which can't import this room, and the makers of functions.
export * from "../sql/functions/index.ts";
export { arrowUdf, ArrowUDFType, pandasUdf, PandasUDFType } from "./arrow-udf.ts";
export { udf } from "./udf.ts";
export { arrowUdtf, udtf } from "./udtf.ts";
