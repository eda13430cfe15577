import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

/**
 * Words before a command that runs as another account, by which it finds the project's Python also where that lies in
 * a folder that is closed to others, such as root's home: in a view of the files of its own, the folder holds that only.
 */
export function openPython(python: string): { readonly prefix: string[]; readonly dispose: () => void } {
  const parts = realpathSync(python).split(sep);
  const paths = parts.map((_, i) => parts.slice(0, i + 1).join(sep) || sep);
  const at = paths.findIndex((path) => (statSync(path).mode & 0o001) === 0);
  if (at < 0) return { prefix: [], dispose: () => {} };
  const stand = mkdtempSync(join(tmpdir(), "sightline-python-"));
  mkdirSync(join(stand, parts[at + 1]));
  const script = `set -e; chmod 755 "$1"; mount --bind "$2/$3" "$1/$3"; mount --rbind "$1" "$2"; shift 3; exec "$@"`;
  return {
    prefix: ["unshare", "--mount", "bash", "-c", script, "bash", stand, paths[at], parts[at + 1]],
    dispose: () => rmSync(stand, { recursive: true, force: true }),
  };
}
