import type { Command } from "../main.ts";

/** Prints the commands, a line each. */
export function help(commands: Readonly<Record<string, Command>>): number {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)}${summary}`);
  console.log(["npx --no-install sightline <command>", "", ...lines].join("\n"));
  return 0;
}
