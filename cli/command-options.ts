import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { CommandError } from "./command-error.ts";

/**
 * The options and words of a command line.
 * @param command as people call it: `sightline ingest`
 * @throws CommandError for an option that the command doesn't have
 */
export function commandOptions<O extends ParseArgsOptionsConfig>(
  command: string,
  args: string[],
  options: O,
) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n${command} --help shows the options.`, 2);
  }
}
