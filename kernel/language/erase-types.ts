import type { EncodedSourceMap } from "@jridgewell/trace-mapping";
import { transformSync } from "oxc-transform";
import { findSyntaxError, toSyntaxError } from "./cell-syntax-error.ts";
import { findDecorator, findJsx } from "./unsupported-syntax.ts";

/**
 * TypeScript to JavaScript: types go, enums, namespaces and parameter properties become code.
 * Imports stay even when this cell doesn't use them: a later cell may.
 * @throws CellSyntaxError with the first mistake
 */
export function eraseTypes(source: string, url: string): { code: string; map: EncodedSourceMap } {
  const { code, map, errors } = transformSync("cell.ts", source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = errors;
  if (error) throw findJsx(source, url) ?? findSyntaxError(source, url) ?? toSyntaxError(error, source, url);
  const decorator = findDecorator(source, url);
  if (decorator) throw decorator;
  return { code, map: map as unknown as EncodedSourceMap };
}
