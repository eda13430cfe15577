import { parseSync } from "oxc-parser";

export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  /** What the next line should begin with. */
  indent?: string;
}

const UNTERMINATED = /^Unterminated (?:multiline comment|template|regular)/i;

/** Whether code can run as it is, needs more lines, or can't become right by adding some. */
export function completeness(code: string): Completeness {
  const { errors } = parseSync("cell.ts", code, { lang: "ts", sourceType: "module" });
  const [error] = errors;
  if (!error) return { status: "complete" };
  const start = error.labels[0]?.start ?? 0;
  const isAtEnd =
    start >= code.trimEnd().length ||
    UNTERMINATED.test(error.message) ||
    isOpenTemplate(code, start, error.message);
  return isAtEnd ? { status: "incomplete", indent: indentAfter(code) } : { status: "invalid" };
}

function isOpenTemplate(code: string, start: number, message: string): boolean {
  return message.startsWith("Unterminated string") && code[start] === "`";
}

function indentAfter(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)![0];
  return /[{([]$/.test(last) ? `${indent}  ` : indent;
}
