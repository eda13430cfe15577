// Programs that end with this process, even when we are killed.
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import type { Writable } from "node:stream";

// The program replaces the shell, so that its process id is the one we know. The watcher beside it, in the same process
// group, reads what only this process writes to: the end of that is our end.
const script = `( { read -r word <&3 && [ "$word" = release ] || kill -9 0; } & )
exec 3<&-
exec "$@"`;

/** A program in a process group of its own, and the end of the leash that this process holds. */
export interface Leashed {
  readonly child: ChildProcess;
  /** Lets it outlive this process. */
  release(): Promise<void>;
}

/**
 * Starts a program on a leash. When it ends, what it started in its process group is ended too.
 * @param stdio its standard input, output and error
 */
export function spawnOnLeash(
  command: readonly string[],
  {
    stdio,
    ...options
  }: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly stdio: Extract<StdioOptions, unknown[]>;
  },
): Leashed {
  const child = spawn("/bin/sh", ["-c", script, "sh", ...command], {
    ...options,
    stdio: [...stdio, "pipe"],
    detached: true,
  });
  const leash = child.stdio[3] as Writable & { unref(): void };
  leash.on("error", () => {}); // it has ended
  leash.unref();
  child.once("exit", () => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // nothing of it is left
    }
  });
  return {
    child,
    release: () => new Promise((resolve) => leash.end("release\n", () => resolve())),
  };
}
