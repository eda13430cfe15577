/** One walk over a cell's syntax tree for what decides how it is rewritten. */
import type { Node, Program, VariableDeclaration } from "oxc-parser";

export interface NestedVar {
  declaration: VariableDeclaration;
  /** Where it stands: as a statement, or in the head of a loop. */
  place: "statement" | "init" | "head";
}

export interface SyntaxScan {
  /** Whether something outside of functions waits: the cell has to run as an async function. */
  hasAwait: boolean;
  /** `import.meta`, wherever it is. */
  importMetas: Node[];
  /** `var` in blocks and loops outside of functions: in a cell these are top-level names too. */
  nestedVars: NestedVar[];
}

const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "PropertyDefinition",
  "AccessorProperty",
  "StaticBlock",
]);

export function scanSyntax(program: Program): SyntaxScan {
  const scan: SyntaxScan = { hasAwait: false, importMetas: [], nestedVars: [] };
  for (const statement of program.body)
    visit(statement, scan, { isTopLevel: true, isInFunction: false, place: "statement" });
  return scan;
}

interface Where {
  isTopLevel: boolean;
  isInFunction: boolean;
  place: NestedVar["place"];
}

function visit(node: Node, scan: SyntaxScan, where: Where): void {
  const { isInFunction } = where;
  if (node.type === "MetaProperty" && node.meta.name === "import") scan.importMetas.push(node);
  if (!isInFunction) {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await))
      scan.hasAwait = true;
    if (node.type === "VariableDeclaration") {
      // `using` ends with the cell, so the cell must be a block of its own.
      if (where.isTopLevel && (node.kind === "using" || node.kind === "await using")) scan.hasAwait = true;
      if (node.kind === "await using") scan.hasAwait = true;
      if (node.kind === "var" && !where.isTopLevel)
        scan.nestedVars.push({ declaration: node, place: where.place });
    }
  }
  const inner = isInFunction || FUNCTIONS.has(node.type);
  for (const [key, value] of Object.entries(node)) {
    const place = key === "init" ? "init" : key === "left" ? "head" : "statement";
    const isTopLevel = where.isTopLevel && key === "declaration";
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, scan, { isTopLevel, isInFunction: inner, place });
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}
