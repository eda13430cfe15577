/** Says of code that TypeScript knows and a cell can't run what it is, instead of quoting a parser. */
import { parseSync, Visitor } from "oxc-parser";
import { CellSyntaxError } from "./cell-syntax-error.ts";
import { lineAndColumn } from "./line-and-column.ts";

/** The first decorator in code that parses: V8 has none yet. */
export function findDecorator(source: string, url: string): CellSyntaxError | undefined {
  // Most cells needn't be parsed once more.
  if (!/@\s*[\p{ID_Start}$_(]/u.test(source)) return undefined;
  let start: number | undefined;
  const { program } = parseSync("cell.ts", source, { lang: "ts", sourceType: "module" });
  new Visitor({ Decorator: (node) => void (start ??= node.start) }).visit(program);
  if (start === undefined) return undefined;
  return new CellSyntaxError(
    "Decorators aren't supported yet.\nCall the function yourself: const Decorated = decorator(class { … });",
    url,
    lineAndColumn(source, start),
  );
}

/** The first JSX element in code that is right but for its JSX. */
export function findJsx(source: string, url: string): CellSyntaxError | undefined {
  const { program, errors } = parseSync("cell.tsx", source, { lang: "tsx", sourceType: "module" });
  if (errors.length > 0) return undefined;
  let start: number | undefined;
  const note = (node: { start: number }) => void (start ??= node.start);
  new Visitor({ JSXElement: note, JSXFragment: note }).visit(program);
  if (start === undefined) return undefined;
  return new CellSyntaxError(
    "JSX isn't supported in cells.\nShow HTML with a template: html`<b>${value}</b>`",
    url,
    lineAndColumn(source, start),
  );
}
