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
import { bindingNames } from "./binding-names.ts";
import { CELL_SUPPORT, importCode } from "./import-code.ts";
import { type NestedVar, scanSyntax } from "./syntax-scan.ts";

export interface RewrittenCell {
  /** A script; with `isAsync` its value is a promise of the cell's value. */
  text: MagicString;
  isAsync: boolean;
  /** Where in the given code the expression starts whose value is to be shown, if the cell ends with one. */
  valueStart: number | undefined;
}

/**
 * Top-level `let`, `const` and `class` become `var`s of the global scope, where V8 optimises loops on them.
 * A cell that waits or imports becomes an async function whose top-level names are declared outside of it.
 * @param code JavaScript of oxc; the result's positions count an empty line before it
 */
export function rewriteCell(code: string): RewrittenCell {
  // The empty line is a place to put things before everything else, functions moved there included.
  const js = `\n${code}`;
  const program = parseSync("cell.js", js, { lang: "js", sourceType: "module" }).program;
  const scan = scanSyntax(program);
  const hasImports = program.body.some((statement) => statement.type === "ImportDeclaration");
  const rewriter = new Rewriter(js, scan.hasAwait || hasImports);
  const last = program.body.findLast((statement) => statement.type !== "EmptyStatement");
  for (const statement of program.body) rewriter.statement(statement, statement === last);
  for (const meta of scan.importMetas) rewriter.text.update(meta.start, meta.end, `${CELL_SUPPORT}.meta`);
  if (rewriter.isAsync) for (const nested of scan.nestedVars) rewriter.nestedVar(nested);
  return rewriter.finish();
}

class Rewriter {
  readonly text: MagicString;
  readonly isAsync: boolean;
  readonly #names = new Set<string>();
  readonly #imports: string[] = [];
  #valueStart: number | undefined;

  constructor(js: string, isAsync: boolean) {
    this.text = new MagicString(js);
    this.isAsync = isAsync;
  }

  finish(): RewrittenCell {
    const names = [...this.#names];
    if (this.isAsync) {
      this.text.update(0, 1, `(async () => {${this.#imports.join("")}\n`);
      this.text.append("\n})()");
    }
    this.text.prepend(`"use strict";${this.isAsync && names.length > 0 ? `var ${names.join(", ")};` : ""}`);
    return { text: this.text, isAsync: this.isAsync, valueStart: this.#valueStart };
  }

  statement(statement: Statement | Directive, isLast: boolean): void {
    switch (statement.type) {
      case "ImportDeclaration": {
        const { code, names } = importCode(statement, this.#imports.length);
        this.#imports.push(code);
        this.#declare(names);
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
    this.#declare(declaration.declarations.flatMap(({ id }) => bindingNames(id)));
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
    }
    this.#declare(declarations.flatMap(({ id }) => bindingNames(id)));
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
    if (argument.left.name === id.name && !this.#names.has(id.name)) {
      this.text.update(argument.start, argument.end, "{}");
    }
  }

  #class(declaration: Class): void {
    const { name } = declaration.id!;
    this.#declare([name]);
    this.text.prependRight(declaration.start, `${this.isAsync ? "" : "var "}${name} = `);
    this.text.appendLeft(declaration.end, ";");
  }

  #function(declaration: FunctionNode): void {
    this.#declare([declaration.id!.name]);
    // Outside of the async function it is what it is in a script: global, and there from the beginning.
    if (this.isAsync) this.text.move(declaration.start, declaration.end, 0);
  }

  #declare(names: string[]): void {
    for (const name of names) this.#names.add(name);
  }
}
