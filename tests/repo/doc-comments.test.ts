// What is exported says what it is, and its examples are TypeScript: they are what completion shows.
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

interface Documented {
  readonly name: string;
  readonly comment: string;
  readonly examples: readonly string[];
}

/** Every export of the runtime, and the members that its classes make public. */
function publicNames(): Documented[] {
  const entry = join(root, "runtime", "index.ts");
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const found: Documented[] = [];
  const note = (name: string, symbol: ts.Symbol) => {
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "node_modules";
    if (file.includes("node_modules") || ts.isSourceFile(symbol.declarations![0])) return;
    const tags = symbol.getJsDocTags(checker);
    found.push({
      name,
      comment: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      examples: tags
        .filter((tag) => tag.name === "example")
        .map((tag) => ts.displayPartsToString(tag.text).replace(/^```\w*\n|\n```$/g, "")),
    });
  };
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    note(exported.name, symbol);
    if (!(symbol.flags & ts.SymbolFlags.Class)) continue;
    for (const [name, member] of symbol.members!) {
      const isPublic = member.declarations?.every(
        (each) =>
          !(ts.getCombinedModifierFlags(each) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)),
      );
      const isCallable = member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor);
      if (isPublic && isCallable && !/^(?:#|__|constructor$)/.test(String(name))) {
        note(`${exported.name}.${String(name)}`, member);
      }
    }
  }
  return found;
}

const names = publicNames();

/** What the language asks of values is known from there. */
const ofTheLanguage = /\.(?:toString|toJSON|valueOf)$/;

test("every public name has a doc comment", () => {
  expect(names.length).toBeGreaterThan(900);
  const silent = names.filter(({ name, comment }) => comment === "" && !ofTheLanguage.test(name));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test("every example is TypeScript", () => {
  const broken = names.flatMap(({ name, examples }) =>
    examples.flatMap((example) => {
      const { diagnostics = [] } = ts.transpileModule(example, {
        compilerOptions: options,
        reportDiagnostics: true,
      });
      return diagnostics.map(
        ({ messageText }) => `${name}: ${example}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    }),
  );
  expect(broken).toEqual([]);
  expect(names.flatMap(({ examples }) => examples).length).toBeGreaterThan(600);
});
