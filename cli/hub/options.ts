import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { closeNames } from "../../runtime/text/close-names.ts";
import { CommandError } from "../command-error.ts";
import { places } from "../start/places.ts";

export const usage = `npm run hub [-- options], or npx --no-install sightline hub [options]

Started by root, everyone who is approved gets a Unix account and a server that runs as it. Started by another user
it is a demo on this machine alone, whose accounts aren't isolated.

  --port N             Serves on this port; without it, on the first free one from 8000.
  --ip ADDRESS         Listens on this address (127.0.0.1); 0.0.0.0 is all of them. Needs root.
  --cert FILE          Serves https with this certificate (PEM, with its chain) and
  --key FILE           its private key.
  --cull-after TIME    Stops servers that nobody used for so long, like 90s, 30m, 1h (1h); 0 never does.
  --named-servers N    Everyone may have so many named servers beside their own (3).
  --config FILE        Loads this jupyterhub_config.py last, after jupyterhub_config/jupyterhub_config.d/*.py.
  --state-dir DIR      Keeps database, secrets and log here (.sightline/hub).
  --notebook-dir DIR   In the demo, keeps people's folders here (people in the state folder).
  --help               Shows this text.

Each has a variable, which the option overrides: SIGHTLINE_HUB_PORT, SIGHTLINE_HUB_CULL_AFTER and so on.`;

export interface HubOptions {
  readonly help: boolean;
  /** Undefined: the first free one. */
  readonly port: number | undefined;
  readonly ip: string;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** 0: never. */
  readonly cullAfterS: number;
  readonly namedServers: number;
  readonly config: string | undefined;
  readonly stateDir: string;
  readonly notebookDir: string;
}

const names = [
  "port",
  "ip",
  "cert",
  "key",
  "cull-after",
  "named-servers",
  "config",
  "state-dir",
  "notebook-dir",
] as const;
type Name = (typeof names)[number];

/**
 * Reads `hub`'s arguments and variables.
 * @throws CommandError with exit code 2, naming the argument and what would do
 */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv = process.env): HubOptions {
  const given = readArguments(args);
  const value = (name: Name) => given.get(name) || env[`SIGHTLINE_HUB_${snake(name)}`] || undefined;
  const path = (name: Name) => {
    const text = value(name);
    return text === undefined ? undefined : resolve(startFolder(env), text);
  };
  const stateDir = path("state-dir") ?? resolve(places.root, ".sightline", "hub");
  const [cert, key] = [path("cert"), path("key")];
  if ((cert === undefined) !== (key === undefined))
    throw new CommandError(
      `--${cert ? "cert" : "key"} needs --${cert ? "key" : "cert"} beside it.\nGive both: npm run hub -- --cert cert.pem --key key.pem`,
      2,
    );
  return {
    help: given.has("help"),
    port: parseNumber("port", value("port"), 1, 65535),
    ip: value("ip") ?? "127.0.0.1",
    cert,
    key,
    cullAfterS: parseTime(value("cull-after") ?? "1h"),
    namedServers: parseNumber("named-servers", value("named-servers"), 0, 1000) ?? 3,
    config: path("config"),
    stateDir,
    notebookDir: path("notebook-dir") ?? resolve(stateDir, "people"),
  };
}

function readArguments(args: string[]): Map<string, string> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { tokens } = parseArgs({
    args,
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional")
      throw new CommandError(
        `sightline hub takes options only, but got ${token.value}.\nsightline hub --help lists them; with npm they come after --: npm run hub -- --port 8001.`,
        2,
      );
    if (token.kind !== "option") continue;
    const isHelp = token.name === "help";
    if (!isHelp && !names.includes(token.name as Name)) throw unknownOption(token.rawName);
    if (!isHelp && (!token.value || token.value.startsWith("--")))
      throw new CommandError(`${token.rawName} needs a value.\nsightline hub --help shows which.`, 2);
    given.set(token.name, token.value ?? "");
  }
  return given;
}

function unknownOption(name: string): CommandError {
  const close = closeNames(name.replace(/^-+/, ""), [...names]).map((option) => `--${option}`);
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}? ` : "";
  return new CommandError(`sightline hub has no option ${name}.\n${hint}sightline hub --help lists all.`, 2);
}

function parseNumber(name: Name, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new CommandError(`--${name} ${text} won't do.\nUse a number from ${min} to ${max}.`, 2);
}

const unitS: Record<string, number> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

function parseTime(text: string): number {
  const match = /^(\d{1,6})([smhd]?)$/.exec(text);
  if (match) return Number(match[1]) * unitS[match[2]];
  throw new CommandError(
    `--cull-after ${text} is no time.\nUse one like 90s, 30m, 1h or 2d; 0 lets servers run.`,
    2,
  );
}

const snake = (name: string) => name.toUpperCase().replaceAll("-", "_");

/** npm runs scripts in the clone's top folder; relative paths mean the folder that the user typed them in. */
function startFolder(env: NodeJS.ProcessEnv): string {
  const isNpm = env.npm_lifecycle_event === "hub" && process.cwd() === places.root;
  return (isNpm && env.INIT_CWD) || process.cwd();
}
