import { closeNames } from "../runtime/text/close-names.ts";
import { CommandError } from "./command-error.ts";
import { dev } from "./commands/dev.ts";
import { help } from "./commands/help.ts";
import { hub } from "./commands/hub.ts";
import { ingest } from "./commands/ingest.ts";
import { produce } from "./commands/produce.ts";
import { setup } from "./commands/setup.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";

/** One command of the bin: its line in the help, and what it does with its arguments. */
export interface Command {
  readonly summary: string;
  /** @returns the exit code */
  run(args: string[]): Promise<number>;
}

const commands: Record<string, Command> = {
  start,
  hub,
  setup,
  status,
  ingest,
  produce,
  dev,
  help: { summary: "Shows this list.", run: async () => help(commands) },
};

/**
 * Runs `sightline <command> …`.
 * @param args the words after `sightline`
 * @returns the exit code: 2 for a command line that is wrong, 1 for a failure
 */
export async function main(args: string[]): Promise<number> {
  const [name = "help", ...rest] = args;
  try {
    return await findCommand(name).run(rest);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return error.exitCode;
  }
}

function findCommand(name: string): Command {
  if (name === "--help" || name === "-h") return commands.help;
  if (Object.hasOwn(commands, name)) return commands[name];
  const close = closeNames(name, Object.keys(commands));
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  throw new CommandError(`sightline has no command ${name}.\n${hint}sightline help lists all.`, 2);
}
