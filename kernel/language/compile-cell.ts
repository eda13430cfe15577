import { constants, Script } from "node:vm";
import type { DecodedSourceMap } from "@jridgewell/trace-mapping";
import { locateErased, rememberCompiled, rememberSource } from "./cell-sources.ts";
import { declareConstants } from "./cell-constants.ts";
import { eraseTypes } from "./erase-types.ts";
import { rewriteCell } from "./rewrite-cell.ts";
import { locateCompileError } from "./locate-compile-error.ts";
import { declareUserNames } from "./user-names.ts";

export interface CompiledCell {
  /** Runs the cell once; a promise of its value when the cell waits or imports. */
  run(): unknown;
  /** Whether it ends with an expression whose value is to be shown. */
  showsValue: boolean;
  /** That expression as a frame of a stack, for errors of showing its value. */
  valueFrame: () => string | undefined;
}

/**
 * Compiles a cell. Runs nothing.
 * @param url the name that stacks show, unique for each cell, like `Cell [3]`
 * @throws CellSyntaxError with the place of the mistake
 */
export function compileCell(source: string, url: string): CompiledCell {
  rememberSource(url, source);
  const { code, map } = eraseTypes(source, url);
  const { text, valueStart, names } = rewriteCell(code);
  rememberCompiled(url, {
    erased: code,
    erasedMap: map,
    rewrittenMap: () => text.generateDecodedMap({ hires: true, source: url }) as unknown as DecodedSourceMap,
  });
  try {
    const script = new Script(text.toString(), {
      filename: url,
      // import() in a cell then resolves as from a module in the working folder, which is the notebook's.
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    declareUserNames(names.all);
    return {
      run: () => {
        declareConstants(names);
        // A loop would keep the signal from being heard.
        return script.runInThisContext({ breakOnSigint: true });
      },
      showsValue: valueStart !== undefined,
      valueFrame: () => (valueStart === undefined ? undefined : frameAt(url, valueStart)),
    };
  } catch (error) {
    throw locateCompileError(error, url);
  }
}

function frameAt(url: string, offset: number): string | undefined {
  const place = locateErased(url, offset);
  return place && `    at ${url}, line ${place.line}:${place.column}`;
}
