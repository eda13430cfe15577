// What SQL text does to the session's temp views, so that they can be put back.
import { nameParts } from "../identifier.ts";

const leading = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*.*?\*\/)*/s;
const name = "((?:(?:`(?:[^`]|``)+`|[^\\s`.(;]+)\\.?)+)";
const create = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(GLOBAL\\s+)?TEMP(?:ORARY)?\\s+VIEW\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${name}`,
  "i",
);
const drop = new RegExp(`^DROP\\s+VIEW\\s+(?:IF\\s+EXISTS\\s+)?${name}\\s*;?\\s*$`, "i");

export interface ViewStatement {
  readonly does: "create" | "drop";
  readonly name: string;
  readonly isGlobal: boolean;
}

/** The temp view that a statement makes or removes, if that is what it does. */
export function viewStatement(text: string): ViewStatement | undefined {
  const statement = text.replace(leading, "");
  const made = create.exec(statement);
  if (made) return { does: "create", name: lastPart(made[2]), isGlobal: made[1] !== undefined };
  const dropped = drop.exec(statement)?.[1];
  if (dropped === undefined) return undefined;
  return { does: "drop", name: lastPart(dropped), isGlobal: /^`?global_temp`?\./i.test(dropped) };
}

function lastPart(written: string): string {
  try {
    return nameParts(written.replace(/\.$/, "")).at(-1)!;
  } catch {
    return written;
  }
}
