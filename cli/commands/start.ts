import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";
import type { Command } from "../main.ts";
import { checkFolder } from "../start/check-folder.ts";
import { choosePort } from "../start/choose-port.ts";
import { jupyterConfig } from "../start/jupyter-config.ts";
import { JupyterServer } from "../start/jupyter-server.ts";
import { parseOptions, usage } from "../start/options.ts";
import { writePageConfig } from "../start/page-config.ts";
import { places } from "../start/places.ts";
import { removeDeadServers } from "../start/running-servers.ts";
import { watchParents } from "../start/watch-parents.ts";

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
    const port = await choosePort(options.port, options.ip);
    if (!isLoopback(options.ip))
      console.error(
        `Warning: on ${options.ip} everyone who can reach this machine and has the URL can run code here.`,
      );
    removeDeadServers();
    writePageConfig();
    const token = randomBytes(24).toString("hex");
    const page = startPage(rootDir, options.notebookDir === undefined);
    const opensBrowser = options.opensBrowser && hasBrowser();
    return serve(
      JupyterServer.start(jupyterConfig({ token, ip: options.ip, port, rootDir, page, opensBrowser })),
      {
        token,
        url: `http://${hostOf(options.ip)}:${port}${page}?token=${token}`,
      },
    );
  },
};

async function serve(server: JupyterServer, { token, url }: { token: string; url: string }): Promise<number> {
  let isStopping = false;
  const stop = () => {
    // A second Ctrl-C doesn't wait for kernels.
    if (isStopping) server.kill();
    isStopping = true;
    void server.stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  watchParents(stop);
  try {
    await server.ready(token);
    console.log(`JupyterLab is at ${url} (Ctrl-C ends it)`);
  } catch (error) {
    if (!isStopping) {
      await server.stop();
      throw error;
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
