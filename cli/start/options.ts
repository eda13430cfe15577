import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { closeNames } from "../../runtime/text/close-names.ts";
import { CommandError } from "../command-error.ts";
import { places } from "./places.ts";

export const usage = `npm start [-- options], or npx --no-install sightline start [options]

  --no-browser        Prints the URL and opens no browser.
  --port N            Serves on this port; without it, on the first free one from 8888.
  --ip ADDRESS        Listens on this address (127.0.0.1).
  --notebook-dir DIR  Shows this folder instead of the project with its examples.
  --help              Shows this text.`;

export interface StartOptions {
  readonly help: boolean;
  readonly opensBrowser: boolean;
  /** Undefined: the first free one. */
  readonly port: number | undefined;
  readonly ip: string;
  /** Undefined: the project itself. */
  readonly notebookDir: string | undefined;
}

const spec = {
  "no-browser": { type: "boolean" },
  port: { type: "string" },
  ip: { type: "string" },
  "notebook-dir": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads `start`'s arguments.
 * @throws CommandError with exit code 2, naming the argument and what would do
 */
export function parseOptions(args: string[]): StartOptions {
  const { values, tokens, positionals } = parseArgs({
    args,
    options: spec,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    if (!Object.hasOwn(spec, token.name)) throw unknownOption(token.rawName);
    const takesValue = spec[token.name as keyof typeof spec].type === "string";
    if (takesValue && (!token.value || token.value.startsWith("--")))
      throw new CommandError(`${token.rawName} needs a value.\nsightline start --help shows which.`, 2);
    if (!takesValue && token.value !== undefined)
      throw new CommandError(`${token.rawName} takes no value, but got ${token.value}.\nLeave it out.`, 2);
  }
  if (positionals.length > 0)
    throw new CommandError(
      `sightline start takes options only, but got ${positionals[0]}.\n` +
        `A folder is named by --notebook-dir ${positionals[0]}; with npm, options come after --: npm start -- --no-browser.`,
      2,
    );
  const folder = values["notebook-dir"] as string | undefined;
  return {
    help: values.help === true,
    opensBrowser: values["no-browser"] !== true,
    port: parsePort(values.port as string | undefined),
    ip: (values.ip as string | undefined) ?? "127.0.0.1",
    notebookDir: folder === undefined ? undefined : resolve(startFolder(), folder),
  };
}

function unknownOption(name: string): CommandError {
  const close = closeNames(name.replace(/^-+/, ""), Object.keys(spec)).map((option) => `--${option}`);
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  return new CommandError(
    `sightline start has no option ${name}.\n${hint}sightline start --help lists all.`,
    2,
  );
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new CommandError(`--port ${text} is no port.\nUse a number from 1 to 65535, or leave --port out.`, 2);
}

/** npm runs scripts in the clone's top folder; relative paths mean the folder that the user typed them in. */
function startFolder(): string {
  const typedIn = process.env.INIT_CWD;
  return process.env.npm_lifecycle_event === "start" && process.cwd() === places.root && typedIn
    ? typedIn
    : process.cwd();
}
