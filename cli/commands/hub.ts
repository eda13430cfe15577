import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { CommandError } from "../command-error.ts";
import { checkAccess } from "../hub/check-access.ts";
import { checkCertificate } from "../hub/check-certificate.ts";
import { choosePort } from "../choose-port.ts";
import { freePorts } from "../../dev/processes/choose-ports.ts";
import { HubProcess } from "../hub/hub-process.ts";
import { hubPlaces } from "../hub/hub-places.ts";
import { type HubOptions, parseOptions, usage } from "../hub/options.ts";
import { RunningHub } from "../hub/running-hub.ts";
import { openStateFolder } from "../hub/state-folder.ts";
import type { Command } from "../main.ts";
import { watchParents } from "../start/watch-parents.ts";

export const hub: Command = {
  summary:
    "Starts JupyterHub: people sign up, an admin approves them, each gets a server. --help shows more.",
  async run(args) {
    const options = parseOptions(args);
    if (options.help) {
      console.log(usage);
      return 0;
    }
    if (!existsSync(hubPlaces.python))
      throw new CommandError("JupyterHub is not set up here.\nnpm run setup -- --hub");
    const isRoot = process.getuid?.() === 0;
    check(options, isRoot);
    openStateFolder(options.stateDir);
    const running = new RunningHub(options.stateDir);
    await running.take();
    try {
      return await serve(options, isRoot, running);
    } finally {
      running.release();
    }
  },
};

function check({ ip, cert, key, config }: HubOptions, isRoot: boolean): void {
  if (!isRoot && !isLoopback(ip))
    throw new CommandError(
      `Without root the hub is a demo whose accounts aren't isolated, so it does not listen on ${ip}.\n` +
        `Leave --ip out, or start it as root: sudo npm run hub -- --ip ${ip}`,
    );
  if (config !== undefined && !existsSync(config))
    throw new CommandError(
      `The configuration ${config} does not exist.\nName a file: npm run hub -- --config my.py`,
    );
  if (cert && key) checkCertificate(cert, key);
  if (isRoot) checkAccess();
}

async function serve(options: HubOptions, isRoot: boolean, running: RunningHub): Promise<number> {
  const { ip, cert } = options;
  const port = await choosePort(options.port, ip, { first: 8000, command: "npm run hub" });
  const url = `${cert ? "https" : "http"}://${hostOf(ip)}:${port}`;
  if (options.port === undefined && port !== 8000) console.log(`Port 8000 is in use; the hub takes ${port}.`);
  if (!isLoopback(ip) && !cert)
    console.error(`Warning: on ${ip} passwords travel unencrypted. Give --cert and --key for https.`);

  const child = new HubProcess(options.stateDir, await environment(options, port));
  running.note(child.identity, url);
  let isStopping = false;
  const stop = () => {
    // A second Ctrl-C doesn't wait for servers.
    if (isStopping) child.kill();
    isStopping = true;
    void child.stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  watchParents(stop);

  const ready = await Promise.race([child.ready, child.ended]);
  if (ready && !isStopping) announce(options, isRoot, url, ready.firstAdmin);
  await child.ended;
  // What the hub had started ends by itself when the leash is let go of.
  child.kill();
  await running.endLeftovers();
  if (!isStopping) throw child.failure();
  return 0;
}

function announce(options: HubOptions, isRoot: boolean, url: string, firstAdmin: string | undefined): void {
  const lines = [`JupyterHub is at ${url} (Ctrl-C ends it)`];
  if (firstAdmin)
    lines.push(
      "It has no admin yet. Become the first one by this link, once and within 24 hours:",
      `  ${url}/hub/first-admin#${firstAdmin}`,
    );
  if (!isRoot)
    lines.push(
      `Demo: accounts aren't isolated; all servers run as this user, with folders in ${options.notebookDir}`,
    );
  console.log(lines.join("\n"));
}

async function environment(options: HubOptions, port: number): Promise<Record<string, string>> {
  const [hubPort, proxyPort] = await freePorts(2);
  return {
    SIGHTLINE_HUB_IP: options.ip,
    SIGHTLINE_HUB_PORT: `${port}`,
    SIGHTLINE_HUB_HUB_PORT: `${hubPort}`,
    SIGHTLINE_HUB_PROXY_PORT: `${proxyPort}`,
    SIGHTLINE_HUB_CERT: options.cert ?? "",
    SIGHTLINE_HUB_KEY: options.key ?? "",
    SIGHTLINE_HUB_STATE: options.stateDir,
    SIGHTLINE_HUB_NOTEBOOK_DIR: options.notebookDir,
    SIGHTLINE_HUB_NODE: hubPlaces.node,
    SIGHTLINE_HUB_CULL_AFTER_S: `${options.cullAfterS}`,
    SIGHTLINE_HUB_NAMED_SERVERS: `${options.namedServers}`,
    SIGHTLINE_HUB_CONFIG: options.config ?? "",
  };
}

function isLoopback(ip: string): boolean {
  return ip === "localhost" || ip === "::1" || (isIP(ip) === 4 && ip.startsWith("127."));
}

/** An address that means all of them is no place to go to; this machine answers on its own. */
function hostOf(ip: string): string {
  if (ip === "0.0.0.0") return "127.0.0.1";
  if (ip === "::") return "[::1]";
  return isIP(ip) === 6 ? `[${ip}]` : ip;
}
