// A function's text as a worker compiles it: every character stays at its line and column, as stack traces show them.
import type { FunctionText } from "./free-variables.ts";

export interface Written {
  readonly source: string;
  /** The variable that stands where the parent class was, which is evaluated already. */
  readonly parentName: string | undefined;
  /** The function that stands where `import` was. */
  readonly importName: string | undefined;
}

/** As long as `import`. */
const importNames = ["$impor", "_impor", "$Impor", "_Impor"];
const parentNames = ["$parent", "_parent", "$p", "_p", "$", "_"];

export function writtenForWorker(source: string, { parent, imports, computedName }: FunctionText): Written {
  let written = source;
  const replace = (start: number, end: number, text: string) => {
    // Line ends stay, so that what follows is on its line.
    const rest = written.slice(start + text.length, end).replace(/[^\r\n\u2028\u2029]/g, " ");
    written = `${written.slice(0, start)}${text}${rest}${written.slice(Math.max(end, start + text.length))}`;
  };
  const importName = imports.length > 0 ? importNames.find((name) => !source.includes(name)) : undefined;
  if (importName !== undefined)
    for (const { start } of imports) replace(start, start + importName.length, importName);
  // A method's own computed name is of no use: it was evaluated when its object was made.
  if (computedName) replace(...computedName, "0");
  if (!parent) return { source: written, importName, parentName: undefined };
  const length = parent[1] - parent[0];
  const parentName = parentNames.find((name) => name.length <= length && !source.includes(name)) ?? "$parent";
  if (parentName.length <= length) replace(...parent, parentName);
  else written = `${written.slice(0, parent[0])}${parentName}${written.slice(parent[1])}`;
  return { source: written, importName, parentName };
}
