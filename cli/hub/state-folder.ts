import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";

/**
 * Makes the folder that holds the hub's database and secrets, or closes the one that is there to all others: password
 * hashes and tokens are in its files, and a copy or an archive may have opened them.
 * @throws CommandError when it isn't this user's own
 */
export function openStateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeToOthers(folder, 0o700);
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      closeToOthers(path, lstatSync(path).isDirectory() ? 0o700 : 0o600);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `The hub's folder ${folder} can't be used (${(error as NodeJS.ErrnoException).code}).\n` +
        "Name another one: npm run hub -- --state-dir ~/sightline-hub",
    );
  }
}

function closeToOthers(path: string, mode: number): void {
  const state = lstatSync(path);
  if (state.isSymbolicLink())
    throw new CommandError(
      `${path} is a link, and where it leads may be open to others.\nPut the folder or file itself there.`,
    );
  if (state.uid !== process.getuid?.())
    throw new CommandError(
      `${path} belongs to another user, who could read this hub's secrets.\n` +
        "Start the hub as that user, or name another folder: npm run hub -- --state-dir ~/sightline-hub",
    );
  if ((state.mode & 0o7777) !== mode) chmodSync(path, mode);
}
