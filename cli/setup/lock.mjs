// @ts-check
// One set-up at a time. A lock whose owner is dead is taken over, and what that owner had started is ended first.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {{ pid: number, started: string }} Owner a process, with its start time where /proc tells it */

export class Lock {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
    this.mine = `${file}.${process.pid}`;
  }

  /** @param {(pid: number) => void} onWait called once when another set-up is running */
  async acquire(onWait) {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.mine, JSON.stringify({ owner: identify(process.pid) }));
    for (let waited = false; !this.#take();) {
      const held = read(this.file);
      if (held && !isAlive(held.owner)) this.#steal();
      else {
        if (held && !waited) onWait(held.owner.pid);
        waited = true;
        await sleep(200);
      }
    }
    process.once("exit", () => this.release());
  }

  /**
   * Notes the running child (leader of its own process group), so that it doesn't outlive a killed set-up unseen.
   * @param {number} pid
   */
  noteChild(pid) {
    const next = `${this.mine}.next`;
    writeFileSync(next, JSON.stringify({ owner: identify(process.pid), child: identify(pid) }));
    renameSync(next, this.file);
  }

  release() {
    if (read(this.file)?.owner.pid === process.pid) rmSync(this.file, { force: true });
    rmSync(this.mine, { force: true });
  }

  #take() {
    try {
      linkSync(this.mine, this.file);
      rmSync(this.mine);
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
      throw error;
    }
  }

  #steal() {
    const taken = `${this.mine}.stale`;
    try {
      renameSync(this.file, taken);
      const was = read(taken);
      // Between our look and our rename another set-up may have taken the stale lock over: give it back.
      if (was && isAlive(was.owner)) linkSync(taken, this.file);
      else if (was?.child && isAlive(was.child)) process.kill(-was.child.pid, "SIGKILL");
    } catch {
      // Somebody else was faster; the next look shows who.
    } finally {
      rmSync(taken, { force: true });
    }
  }
}

/**
 * @param {string} file
 * @returns {{ owner: Owner, child?: Owner } | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @returns {Owner}
 */
function identify(pid) {
  try {
    // Field 22, counted after the command's closing bracket, is the start time: a reused pid differs in it.
    const stat = readFileSync(join("/proc", `${pid}`, "stat"), "utf8");
    return { pid, started: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] };
  } catch {
    return { pid, started: "" };
  }
}

/** @param {Owner} owner */
function isAlive(owner) {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") return false;
  }
  return identify(owner.pid).started === owner.started;
}
