import { toCodePoints, toIndex } from "../language/code-points.ts";
import { memberNames, readPath, typedPath } from "../language/live-value.ts";
import { userNames } from "../language/user-names.ts";
import type { Handler } from "./request.ts";

const KEYWORDS =
  "abstract as async await break case catch class const continue debugger default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined var void while yield".split(
    " ",
  );

/** Completes names of live values and of their members. */
export const completeRequest: Handler = ({ content }) => {
  const code = String(content.code ?? "");
  const cursor = toIndex(code, Number(content.cursor_pos ?? code.length));
  const path = typedPath(code.slice(0, cursor));
  const matches = path ? findMatches(path.owners, path.prefix) : [];
  const start = cursor - (path?.prefix.length ?? 0);
  return {
    content: {
      status: "ok",
      matches,
      cursor_start: toCodePoints(code, start),
      cursor_end: toCodePoints(code, cursor),
      metadata: {},
    },
  };
};

function findMatches(owners: readonly string[], prefix: string): string[] {
  const owner = readPath(owners);
  if (!owner) return [];
  const names = memberNames(owner.value);
  if (owners.length === 0) names.push(...KEYWORDS, ...userNames());
  const found = names.filter((name) => name.startsWith(prefix));
  return [...new Set(found)].sort((a, b) => a.localeCompare(b));
}
