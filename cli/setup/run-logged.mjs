// @ts-check
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

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
    // The child leads its own process group, so that all of it can be ended; the terminal's Ctrl-C reaches us alone.
    const abort = (/** @type {keyof numbers} */ signal) => {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
      process.exit(128 + numbers[signal]);
    };
    for (const signal of signals) process.on(signal, abort);
    if (child.pid) onStart?.(child.pid);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        log(text);
      });
    const end = (/** @type {boolean} */ ok) => {
      for (const signal of signals) process.off(signal, abort);
      resolve({ ok, output });
    };
    child.once("error", (error) => {
      output += error.message;
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}
