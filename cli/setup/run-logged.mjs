// @ts-check
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

/** @type {import("node:child_process").ChildProcess | undefined} */
let running;

// The child leads its own process group, so that all of it can be ended; the terminal's Ctrl-C reaches us alone.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
  process.on(signal, () => {
    if (running?.pid) process.kill(-running.pid, "SIGKILL");
    process.exit(128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal]);
  });

/**
 * Runs a command to its end, its output kept in the set-up's log.
 * @param {import("./project.mjs").Project} project
 * @param {string[]} command
 * @param {{ cwd?: string, onStart?: (pid: number) => void }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runLogged(project, command, { cwd = project.root, onStart } = {}) {
  const [file, ...args] = command;
  const log = (/** @type {string} */ text) => appendFileSync(project.logFile, text);
  log(
    `\n${new Date().toISOString()} ${command.map((word) => word.replace(`${project.root}/`, "")).join(" ")}\n`,
  );
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(file, args, {
      cwd,
      env: project.environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    running = child;
    if (child.pid) onStart?.(child.pid);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        log(text);
      });
    child.once("error", (error) => resolve({ ok: false, output: `${output}${error.message}` }));
    child.once("close", (code) => {
      running = undefined;
      resolve({ ok: code === 0, output });
    });
  });
}
