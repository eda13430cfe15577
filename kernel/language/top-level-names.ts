import type { Node, Program } from "oxc-parser";
import { bindingNames } from "./binding-names.ts";
import type { NestedVar } from "./syntax-scan.ts";

export interface TopLevelNames {
  readonly all: ReadonlySet<string>;
  /** Those that may not be assigned to. */
  readonly constants: ReadonlySet<string>;
}

/** The names that a cell declares for itself and later cells. */
export function topLevelNames(program: Program, nestedVars: readonly NestedVar[]): TopLevelNames {
  const all = new Set<string>();
  const constants = new Set<string>();
  const add = (node: Node | null): void => {
    switch (node?.type) {
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        return add(node.declaration);
      case "ImportDeclaration":
        for (const { local } of node.specifiers) constants.add(local.name);
        return;
      case "VariableDeclaration": {
        // `using` ends with the cell, and so does its name.
        if (node.kind === "using" || node.kind === "await using") return;
        const names = node.kind === "const" ? constants : all;
        for (const { id } of node.declarations) for (const name of bindingNames(id)) names.add(name);
        return;
      }
      case "ClassDeclaration":
      case "FunctionDeclaration":
        if (node.id) all.add(node.id.name);
    }
  };
  for (const statement of program.body) add(statement);
  for (const { declaration } of nestedVars) add(declaration);
  for (const name of constants) all.add(name);
  return { all, constants };
}
