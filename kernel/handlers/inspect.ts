import { inspect } from "node:util";
import { toIndex } from "../language/code-points.ts";
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
  const data = { "text/plain": withUserNames(describe(names.join("."), found.value)) };
  return { content: { status: "ok", found: true, data, metadata: {} } };
};

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
