import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Command } from "../main.ts";
import { checkFolder } from "../start/check-folder.ts";
import { choosePort, isTaken } from "../choose-port.ts";
import { jupyterConfig } from "../start/jupyter-config.ts";
import { JupyterServer } from "../start/jupyter-server.ts";
import { parseOptions, usage } from "../start/options.ts";
import { writePageConfig } from "../start/page-config.ts";
import { places } from "../start/places.ts";
import { removeDeadServers } from "../start/running-servers.ts";
import { watchParents } from "../start/watch-parents.ts";

/** So many servers can be started at the same moment. */
const maxAttempts = 8;
const portSearch = {
  first: 8888,
  command: "npm start",
  others: "sightline status for servers of this folder",
};

export const start: Command = {
  summary: "Starts JupyterLab on the example notebook and prints its URL. --help shows the options.",
  async run(args) {
    const options = parseOptions(args);
    if (options.help) {
      console.log(usage);
      return 0;
    }
    if (!existsSync(places.python)) throw new CommandError("JupyterLab is not set up here.\nnpm run setup");
    const rootDir = options.notebookDir ?? places.root;
    checkFolder(rootDir);
    const { ip } = options;
    const firstPort = await choosePort(options.port, ip, portSearch);
    if (!isLoopback(ip))
      console.error(
        `Warning: on ${ip} everyone who can reach this machine and has the URL can run code here.`,
      );
    removeDeadServers();
    writePageConfig();
    const token = randomBytes(24).toString("hex");
    const page = startPage(rootDir, options.notebookDir === undefined);
    const opensBrowser = options.opensBrowser && hasBrowser();
    return serve({
      token,
      ip,
      ports: options.port === undefined ? () => choosePort(undefined, ip, portSearch) : undefined,
      firstPort,
      page,
      start: (port) => JupyterServer.start(jupyterConfig({ token, ip, port, rootDir, page, opensBrowser })),
    });
  },
};

interface Serving {
  readonly token: string;
  readonly ip: string;
  readonly page: string;
  readonly firstPort: number;
  /** Finds another port; undefined when the user named one. */
  readonly ports: (() => Promise<number>) | undefined;
  readonly start: (port: number) => JupyterServer;
}

async function serve({ token, ip, page, firstPort, ports, start }: Serving): Promise<number> {
  let port = firstPort;
  let server = start(port);
  let isStopping = false;
  const stop = () => {
    // A second Ctrl-C doesn't wait for kernels.
    if (isStopping) server.kill();
    isStopping = true;
    void server.stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  watchParents(stop);
  for (let attempt = 1; !isStopping; attempt++) {
    try {
      await server.ready(token);
      console.log(`JupyterLab is at http://${hostOf(ip)}:${port}${page}?token=${token} (Ctrl-C ends it)`);
      break;
    } catch (error) {
      if (isStopping) break;
      await server.stop();
      // Between our look at the port and Jupyter's start, which takes seconds, another server may have taken it.
      if (!ports || attempt === maxAttempts || !(await isTaken(port, ip))) throw error;
      port = await ports();
      if (!isStopping) server = start(port);
    }
  }
  const code = await server.ended;
  if (code !== 0 && !isStopping) throw server.failure("ended unexpectedly");
  return 0;
}

function startPage(rootDir: string, isProject: boolean): string {
  const notebook = isProject ? "examples/welcome.ipynb" : "welcome.ipynb";
  return existsSync(join(rootDir, notebook)) ? `/lab/tree/${notebook}` : "/lab";
}

function isLoopback(ip: string): boolean {
  return ip === "localhost" || ip === "::1" || ip.startsWith("127.");
}

/** An address that means all of them is no place to go to; this machine answers on its own. */
function hostOf(ip: string): string {
  if (ip === "0.0.0.0") return "127.0.0.1";
  if (ip === "::") return "[::1]";
  return isIP(ip) === 6 ? `[${ip}]` : ip;
}

/** Without a screen only text browsers are left, which can't show JupyterLab. */
function hasBrowser(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME, BROWSER } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME || BROWSER);
}
