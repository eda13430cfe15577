import { inspect } from "node:util";
import { toIndex } from "../language/code-points.ts";
import type { MimeBundle } from "../display/mime-bundle.ts";
import { type SourceDocs, sourceDocs } from "../language/source-docs.ts";
import { readPath, typedPath } from "../language/live-value.ts";
import { globalProperty, withUserNames } from "../language/user-names.ts";
import type { Handler } from "./request.ts";

const MAX_SOURCE_LINES = 30;

/** Describes the live value whose name the cursor is in or behind. */
export const inspectRequest: Handler = ({ content }) => {
  const code = String(content.code ?? "");
  const cursor = toIndex(code, Number(content.cursor_pos ?? code.length));
  const rest = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor))![0];
  const path = typedPath(code.slice(0, cursor) + rest);
  const names = path?.prefix ? [...path.owners, path.prefix] : (path?.owners ?? []);
  const found = names.length > 0 ? readPath(names) : undefined;
  if (!found || (found.value === undefined && !(globalProperty(names[0]) in globalThis))) {
    return { content: { status: "ok", found: false, data: {}, metadata: {} } };
  }
  const name = names.join(".");
  const docs = typeof found.value === "function" ? sourceDocs(found.value as () => unknown) : undefined;
  const data = docs ? documented(name, docs) : { "text/plain": withUserNames(describe(name, found.value)) };
  return { content: { status: "ok", found: true, data, metadata: {} } };
};

/** Signatures, then what the author says, as text and as Markdown. */
function documented(name: string, { signatures, comment }: SourceDocs): MimeBundle {
  const owner = name.includes(".") ? name.slice(0, name.lastIndexOf(".") + 1) : "";
  const calls = signatures.map((one) => owner + one).join("\n");
  const [text, ...tags] = comment.split(/^(?=@)/m);
  const parts = tags.map((tag) => {
    const [, kind, rest] = /^@(\w+)\s*([^]*)$/.exec(tag.trim())!;
    if (kind === "example") return `\`\`\`ts\n${rest}\n\`\`\`\n`;
    if (kind === "param") return rest.replace(/^(\S+)\s*([^]*)$/, "- `$1`: $2");
    return kind === "see" ? `\n<${rest}>` : `- ${kind}: ${rest}`;
  });
  const code = `\`\`\`ts\n${calls}\n\`\`\``;
  return {
    "text/plain": `${calls}\n\n${comment}`,
    "text/markdown": [code, text.trim(), "", ...parts].join("\n"),
  };
}

function describe(name: string, value: unknown): string {
  if (typeof value !== "function") return `${name}: ${typeName(value)}\n\n${inspect(value, { depth: 2 })}`;
  const lines = Function.prototype.toString.call(value).split("\n");
  const shown = lines.slice(0, MAX_SOURCE_LINES);
  if (lines.length > shown.length) shown.push(`… showing ${shown.length} of ${lines.length} lines`);
  return `${name}: function\n\n${shown.join("\n")}`;
}

function typeName(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "object";
}
