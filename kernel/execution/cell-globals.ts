import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { html, md, svg } from "../display/rich-text.ts";
import { assignable } from "../language/cell-constants.ts";
import { CELL_SUPPORT } from "../language/import-code.ts";
import type { Outlet } from "../protocol/outlet.ts";
import { makeDisplay } from "./display.ts";
import type { Input } from "./input.ts";
import { defineRuntimeGlobals } from "./lazy-runtime.ts";
import { readBinding } from "./read-binding.ts";

/** Gives cells the names that are there without import. */
export function defineCellGlobals(outlet: Outlet, input: Input): void {
  const path = join(process.cwd(), "notebook.ts");
  const globals = {
    display: makeDisplay(outlet),
    html,
    md,
    svg,
    input: input.ask,
    require: createRequire(path),
  };
  for (const [name, value] of Object.entries(globals)) define(name, value);
  const url = pathToFileURL(path).href;
  define(CELL_SUPPORT, {
    assignable,
    binding: readBinding,
    meta: {
      url,
      filename: path,
      dirname: process.cwd(),
      resolve: (specifier: string) => new URL(specifier, url).href,
    },
  });
  defineRuntimeGlobals();
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, enumerable: false, value });
}
