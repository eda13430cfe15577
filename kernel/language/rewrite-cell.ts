/** Rewrites a cell's JavaScript so that its top-level names outlive it and can be declared again. */
import MagicString from "magic-string";
import {
  type CallExpression,
  type Class,
  type Directive,
  type Function as FunctionNode,
  type Node,
  parseSync,
  type Statement,
  type VariableDeclaration,
} from "oxc-parser";
import { isConstant } from "./cell-constants.ts";
import { CELL_SUPPORT, importCode } from "./import-code.ts";
import { type NestedVar, scanSyntax } from "./syntax-scan.ts";
import { type TopLevelNames, topLevelNames } from "./top-level-names.ts";
import { internalName, userNames } from "./user-names.ts";
import { type Assignment, type VariableUse, variableUses } from "./variable-uses.ts";

export interface RewrittenCell {
  /** A script; with `isAsync` its value is a promise of the cell's value. */
  text: MagicString;
  isAsync: boolean;
  /** Where in the given code the expression starts whose value is to be shown, if the cell ends with one. */
  valueStart: number | undefined;
  /** What it declares for later cells. */
  names: TopLevelNames;
}

/**
 * Top-level `let`, `const` and `class` become `var`s of the global scope, where V8 optimises loops on them.
 * A cell that waits or imports becomes an async function whose top-level names are declared outside of it.
 * A name that belongs to Node or JavaScript is replaced by one of the user's own, also where it was declared earlier.
 * @param code JavaScript of oxc; the result's positions count an empty line before it
 */
export function rewriteCell(code: string): RewrittenCell {
  // The empty line is a place to put things before everything else, functions moved there included.
  const js = `\n${code}`;
  const program = parseSync("cell.js", js, { lang: "js", sourceType: "module" }).program;
  const scan = scanSyntax(program);
  const hasImports = program.body.some((statement) => statement.type === "ImportDeclaration");
  const names = topLevelNames(program, scan.nestedVars);
  const rewriter = new Rewriter(js, scan.hasAwait || hasImports, names);
  const { uses, assignments } = variableUses(program);
  // First, because what is replaced as a whole later may not be cut any more.
  for (const use of uses) rewriter.rename(use);
  for (const assignment of assignments) rewriter.assignment(assignment);
  const last = program.body.findLast((statement) => statement.type !== "EmptyStatement");
  for (const statement of program.body) rewriter.statement(statement, statement === last);
  for (const meta of scan.importMetas) rewriter.text.update(meta.start, meta.end, `${CELL_SUPPORT}.meta`);
  if (rewriter.isAsync) for (const nested of scan.nestedVars) rewriter.nestedVar(nested);
  return rewriter.finish();
}

class Rewriter {
  readonly text: MagicString;
  readonly isAsync: boolean;
  readonly #names: TopLevelNames;
  readonly #seenEnums = new Set<string>();
  readonly #imports: string[] = [];
  #valueStart: number | undefined;

  constructor(js: string, isAsync: boolean, names: TopLevelNames) {
    this.text = new MagicString(js);
    this.isAsync = isAsync;
    this.#names = names;
  }

  finish(): RewrittenCell {
    const names = [...this.#names.all].map(this.#nameOf);
    if (this.isAsync) {
      this.text.update(0, 1, `(async () => {${this.#imports.join("")}\n`);
      this.text.append("\n})()");
    }
    this.text.prepend(`"use strict";${this.isAsync && names.length > 0 ? `var ${names.join(", ")};` : ""}`);
    return { text: this.text, isAsync: this.isAsync, valueStart: this.#valueStart, names: this.#names };
  }

  rename({ name, start, end, isShorthand }: VariableUse): void {
    const internal = this.#nameOf(name);
    if (internal !== name) this.text.update(start, end, isShorthand ? `${name}: ${internal}` : internal);
  }

  /** Constants are `var`s here: what V8 would refuse has to be refused by hand. */
  assignment({ name, value, node }: Assignment): void {
    if (!this.#names.constants.has(name) && (this.#names.all.has(name) || !isConstant(name))) return;
    const check = `${CELL_SUPPORT}.assignable(${JSON.stringify(name)}`;
    if (value) {
      this.text.appendRight(value.start, `${check}, `);
      this.text.appendLeft(value.end, ")");
    } else if (node.type === "UpdateExpression") {
      const { operator, prefix } = node;
      const variable = this.#nameOf(name);
      // As one piece, which keeps its place in stacks.
      const update = prefix ? operator + variable : variable + operator;
      this.text.update(node.start, node.end, `(${check}), ${update})`);
    }
  }

  statement(statement: Statement | Directive, isLast: boolean): void {
    switch (statement.type) {
      case "ImportDeclaration": {
        this.#imports.push(importCode(statement, this.#imports.length, this.#nameOf));
        this.text.remove(statement.start, statement.end);
        return;
      }
      case "ExportNamedDeclaration":
        if (!statement.declaration) return void this.text.remove(statement.start, statement.end);
        this.text.remove(statement.start, statement.declaration.start);
        return this.statement(statement.declaration as Statement, false);
      case "ExportAllDeclaration":
        this.text.remove(statement.start, statement.end);
        return;
      case "ExportDefaultDeclaration":
        this.text.remove(statement.start, statement.declaration.start);
        return this.#exportDefault(statement.declaration, isLast);
      case "VariableDeclaration":
        return this.#variables(statement);
      case "ClassDeclaration":
        return this.#class(statement);
      case "FunctionDeclaration":
        return this.#function(statement);
      case "ExpressionStatement":
        if (isLast) this.#value(statement.expression, statement.start);
        return;
    }
  }

  nestedVar({ declaration, place }: NestedVar): void {
    const [first, last] = [declaration.declarations[0], declaration.declarations.at(-1)!];
    if (place === "head") return void this.text.remove(declaration.start, first.start);
    this.text.update(declaration.start, first.start, "(");
    this.text.appendLeft(last.end, ")");
  }

  #exportDefault(declaration: Node, isLast: boolean): void {
    if (declaration.type === "ClassDeclaration" && declaration.id) return this.#class(declaration);
    if (declaration.type === "FunctionDeclaration" && declaration.id) return this.#function(declaration);
    this.text.appendRight(declaration.start, "(");
    this.text.appendLeft(declaration.end, ")");
    if (isLast) this.#value(declaration, declaration.start);
  }

  #value(expression: Node, start: number): void {
    // Assigning is done for its effect, as in the statement `const x = …`: waited for, but not shown.
    if (expression.type !== "AssignmentExpression") this.#valueStart = start - 1;
    if (this.isAsync) this.text.prependRight(start, "return ");
  }

  #variables(declaration: VariableDeclaration): void {
    const { kind, declarations } = declaration;
    if (kind === "using" || kind === "await using") return;
    for (const declarator of declarations) {
      // Declared again without a value it must not keep that of an earlier cell.
      if (!declarator.init && kind !== "var") this.text.appendLeft(declarator.end, " = void 0");
      this.#resetEnum(declarator.id, declarator.init);
      this.#keepName(declarator.id, declarator.init);
    }
    const [first, last] = [declarations[0], declarations.at(-1)!];
    if (this.isAsync) {
      this.text.update(declaration.start, first.start, "(");
      this.text.appendLeft(last.end, ")");
    } else {
      this.text.update(declaration.start, declaration.start + kind.length, "var");
    }
  }

  /** oxc writes `E || {}`, so that parts of an enum meet; those of an earlier cell must not. */
  #resetEnum(id: Node, init: Node | null): void {
    const argument = (init as CallExpression | null)?.arguments?.[0];
    if (
      id.type !== "Identifier" ||
      init?.type !== "CallExpression" ||
      init.callee.type !== "FunctionExpression"
    )
      return;
    if (argument?.type !== "LogicalExpression" || argument.left.type !== "Identifier") return;
    if (argument.left.name === id.name && !this.#seenEnums.has(id.name)) {
      this.text.update(argument.start, argument.end, "{}");
    }
    this.#seenEnums.add(id.name);
  }

  /** A function without a name gets that of its variable, which must be the user's. */
  #keepName(id: Node, init: Node | null): void {
    if (id.type !== "Identifier" || this.#nameOf(id.name) === id.name || !init) return;
    const isNameless =
      init.type === "ArrowFunctionExpression" ||
      ((init.type === "FunctionExpression" || init.type === "ClassExpression") && !init.id);
    if (!isNameless) return;
    this.text.prependRight(init.start, `({ ${id.name}: `);
    this.text.appendLeft(init.end, ` }).${id.name}`);
  }

  #class(declaration: Class): void {
    const name = this.#nameOf(declaration.id!.name);
    this.text.prependRight(declaration.start, `${this.isAsync ? "" : "var "}${name} = `);
    this.text.appendLeft(declaration.end, ";");
  }

  #function(declaration: FunctionNode): void {
    const { name } = declaration.id!;
    const internal = this.#nameOf(name);
    if (internal !== name) {
      this.text.prependRight(declaration.start, `var ${internal} = `);
      this.text.appendLeft(declaration.end, ";");
    }
    // Outside of the async function it is what it is in a script: global, and there from the beginning.
    if (this.isAsync || internal !== name) this.text.move(declaration.start, declaration.end, 0);
  }

  readonly #nameOf = (name: string): string => {
    const isUsers = this.#names.all.has(name) || userNames().has(name);
    return (isUsers ? internalName(name) : undefined) ?? name;
  };
}
