import { randomBytes } from "node:crypto";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";

/**
 * Makes sure that notebooks can be saved in a folder, by creating a file there: permissions alone don't tell, least of
 * all to root.
 * @throws CommandError that names the folder and what to do
 */
export function checkFolder(folder: string): void {
  if (!existsSync(folder))
    throw new CommandError(
      `The notebook folder ${folder} does not exist.\nCreate it first: mkdir -p '${folder}'`,
    );
  if (!statSync(folder).isDirectory())
    throw new CommandError(`The notebook folder ${folder} is a file.\nName the folder that it lies in.`);
  const file = join(folder, `.sightline-${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(file, "", { flag: "wx" });
    rmSync(file);
  } catch (error) {
    throw new CommandError(
      `The notebook folder ${folder} can't be written (${(error as NodeJS.ErrnoException).code}).\n` +
        "Choose one that can: npm start -- --notebook-dir ~/notebooks",
    );
  }
}
