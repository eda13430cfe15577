// The doc comment and the signatures of a function of the runtime, found in its source by what V8 keeps of it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a guarded method stands for; functions that wrap others name them so. */
const originalOf = Symbol.for("sightline.original");

const folder = join(import.meta.dirname, "../../runtime");
const maxSignatures = 4;

/** A function as its author described it. */
export interface SourceDocs {
  /** As written, with types, the overloads too. */
  readonly signatures: readonly string[];
  /** The doc comment's text, without stars. */
  readonly comment: string;
}

/** The function that a wrapper calls, or the function itself. */
export function unwrapped(value: (...values: never[]) => unknown): (...values: never[]) => unknown {
  return (value as { [originalOf]?: typeof value })[originalOf] ?? value;
}

/** The docs of a function of the runtime; undefined for others, and where it has no comment. */
export function sourceDocs(value: (...values: never[]) => unknown): SourceDocs | undefined {
  const source = Function.prototype.toString.call(unwrapped(value));
  const [, name] = /^(?:async )?(?:function )?\*?\s*([\p{ID_Continue}$]+)/u.exec(source) ?? [];
  if (name === undefined) return undefined;
  const declared = new RegExp(
    `^ *(?:export )?(?:static )?(?:override )?(?=(?:async )?(?:function )?\\*?${name.replaceAll("$", "\\$")}[<(])`,
    "gm",
  );
  for (const text of sources()) {
    for (const match of text.matchAll(declared)) {
      const start = match.index + match[0].length;
      // Types are erased by blanks, so that every other character has kept its place.
      if (isErased(text, start, source)) return docsAbove(text, match.index, start);
    }
  }
  return undefined;
}

let texts: readonly string[] | undefined;

function sources(): readonly string[] {
  return (texts ??= readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/\.(test|test-d|fixture)\.ts$|\bgenerated\b/.test(path))
    .map((path) => readFileSync(join(folder, path), "utf8")));
}

function isErased(text: string, start: number, source: string): boolean {
  for (let i = 0; i < source.length; i++) {
    const erased = source.charCodeAt(i);
    // Where an erased type would let a line end a statement, a semicolon stands.
    if (erased !== 32 && erased !== 59 && erased !== text.charCodeAt(start + i)) return false;
  }
  return true;
}

function docsAbove(text: string, lineStart: number, start: number): SourceDocs | undefined {
  const end = text.lastIndexOf("*/", lineStart);
  const begin = text.lastIndexOf("/**", end);
  if (end < 0 || begin < 0) return undefined;
  const overloads = text.slice(end + 2, lineStart);
  // Between a comment and its function stand overloads only.
  if (/[{}]\s*\n\s*\n/.test(overloads)) return undefined;
  const before = overloads.split(/;\s*\n/).filter((part) => part.trim() !== "");
  const signatures = before.length > 0 ? before : [signatureAt(text, start)];
  return {
    signatures: signatures.slice(0, maxSignatures).map((one) => tidy(one)),
    comment: text
      .slice(begin + 3, end)
      .replace(/^\s*\* ?/gm, "")
      .replace(/\{@link (\S+?)\}/g, "`$1`")
      .trim(),
  };
}

/** The head of a function, up to its body. */
function signatureAt(text: string, start: number): string {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if ("([{".includes(text[i])) {
      if (text[i] === "{" && depth === 0) return text.slice(start, i);
      depth++;
    } else if (")]}".includes(text[i])) depth--;
  }
  return "";
}

function tidy(signature: string): string {
  const head = signature.replace(/^\s*(?:export )?(?:override )?(?:async )?(?:function )?/, "");
  return withoutTypeParameters(head)
    .replace(/\s+/g, " ")
    .replace(/([(<[]) /g, "$1")
    .replace(/,? ([)>\]])/g, "$1")
    .trim();
}

/** `groupBy<const C extends …>(…)` as it is called: `groupBy(…)`. */
function withoutTypeParameters(head: string): string {
  const from = head.search(/[<(]/);
  if (head[from] !== "<") return head;
  let depth = 0;
  for (let i = from; i < head.length; i++) {
    if (head[i] === "<") depth++;
    else if (head[i] === ">" && head[i - 1] !== "=") depth--;
    if (depth === 0) return head.slice(0, from) + head.slice(i + 1);
  }
  return head;
}
