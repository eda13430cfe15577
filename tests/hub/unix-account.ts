import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "../support/command.ts";

/** What enables the tests that need accounts of this machine. */
export const rootHint = "sudo npm test -- tests/hub";

export const isRoot = process.getuid?.() === 0;

/** A name that no account of this machine has, and that this run of the tests alone uses. */
export function accountName(letter: string): string {
  return `slt${process.pid}${letter}`;
}

/** Makes an account that the hub knows nothing of. */
export function addAccount(name: string): void {
  execFileSync("useradd", ["--create-home", "--shell", "/bin/bash", name]);
}

/** Removes an account with its files; what it still runs is ended. */
export function removeAccount(name: string): void {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" }).stdout.trim();
  if (!uid) return;
  spawnSync("pkill", ["-KILL", "-U", uid]);
  spawnSync("userdel", ["--remove", "--force", name]);
  // Of a kernel that was killed with its person.
  rmSync(join(tmpdir(), `sightline-${uid}`), { recursive: true, force: true });
}

/** Words that run what follows them as an account. */
export function as(name: string): string[] {
  const id = (flag: string) => execFileSync("id", [flag, name], { encoding: "utf8" }).trim();
  return ["setpriv", `--reuid=${id("-u")}`, `--regid=${id("-g")}`, "--init-groups"];
}

/** Runs a command as an account, to its end. */
export function runAs(name: string, ...command: string[]) {
  return Command.run([...as(name), ...command], { cwd: "/", env: { HOME: `/home/${name}` } });
}
