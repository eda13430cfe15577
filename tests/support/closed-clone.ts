import { statSync } from "node:fs";
import { dirname } from "node:path";
import { root } from "./command.ts";

const ENTER = 0o001;
const READ = 0o005;

/**
 * The command that opens this clone to the machine's other accounts, whose servers and engines some tests start;
 * undefined where they can read it.
 */
export const closedClone: string | undefined = opening();

function opening(): string | undefined {
  const closed: string[] = [];
  if ((statSync(root).mode & READ) !== READ) closed.push(root);
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    if (!(statSync(folder).mode & ENTER)) closed.push(folder);
    if (folder === dirname(folder)) break;
  }
  return closed.length > 0 ? `chmod o+rx ${closed.join(" ")}` : undefined;
}
