import { asWritten } from "../language/cell-sources.ts";
import { isInternalFrame } from "./stack-frames.ts";

/** Makes stacks in a text readable: positions as the user wrote them, without frames of Node and kernel. */
export function readableText(text: string): string {
  if (!text.includes("Cell [")) return asWritten(text);
  const lines = text.split("\n").filter((line) => !isInternalFrame(line));
  return asWritten(lines.join("\n"));
}
