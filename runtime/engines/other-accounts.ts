// Who else could use what listens on this machine's loopback.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";

/** Where the machine keeps its accounts; another folder for tests. */
interface Places {
  readonly etc: string;
  readonly proc: string;
  /** The account that asks. */
  readonly uid: number;
}

const firstPersonUid = 1000;
/** Services that know accounts from this machine's own files only, or that know no people. */
const localSources = new Set(["files", "compat", "altfiles", "db", "systemd", "mymachines", "myhostname"]);

/**
 * The other accounts of this machine by which a person could run programs, in words for a message: those with a login
 * shell, those that a directory service may name, those that have a process now. Empty when there is none.
 * What can't be read counts as somebody.
 */
export function otherAccounts(
  { etc, proc, uid }: Places = { etc: "/etc", proc: "/proc", uid: process.getuid!() },
): string[] {
  if (process.platform === "darwin") return macAccounts(uid);
  const passwd = read(`${etc}/passwd`);
  if (passwd === undefined) return [`whoever ${etc}/passwd would name, which can't be read`];
  const directories = directoryServices(read(`${etc}/nsswitch.conf`) ?? "").map((name) => `those of ${name}`);
  const named = loginAccounts(passwd, uid);
  if (named.length + directories.length > 0) return [...named, ...directories];
  return runningUids(proc, uid).map((other) => `uid ${other}, which has a process`);
}

/** The names in a passwd file that can log in: uid 1000 or more, not `nobody`, not `ownUid`, with a shell that is one. */
export function loginAccounts(passwd: string, ownUid: number): string[] {
  return passwd.split("\n").flatMap((line) => {
    const fields = line.split(":");
    const uid = Number(fields[2]);
    if (fields.length < 7 || fields[2] === "" || !isPerson(uid, ownUid)) return [];
    // An empty shell means /bin/sh.
    return /\/(nologin|false|sync|shutdown|halt)$/.test(fields[6].trim()) ? [] : [fields[0]];
  });
}

/** The services beyond this machine's own files that nsswitch.conf asks for accounts. */
export function directoryServices(nsswitch: string): string[] {
  const line = /^\s*passwd:(.*)$/m.exec(nsswitch)?.[1] ?? "";
  const services = line
    .replace(/#.*|\[[^\]]*\]/g, " ")
    .trim()
    .split(/\s+/);
  return services.filter((name) => name !== "" && !localSources.has(name));
}

function isPerson(uid: number, ownUid: number): boolean {
  return uid >= firstPersonUid && uid !== 65534 && uid !== ownUid;
}

function runningUids(proc: string, ownUid: number): number[] {
  const uids = readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => statSync(`${proc}/${pid}`, { throwIfNoEntry: false })?.uid ?? ownUid);
  return [...new Set(uids)].filter((uid) => isPerson(uid, ownUid));
}

function macAccounts(ownUid: number): string[] {
  const list = execFileSync("dscl", [".", "-list", "/Users", "UniqueID"], { encoding: "utf8" });
  return list.split("\n").flatMap((line) => {
    const [name, uid] = line.trim().split(/\s+/);
    return Number(uid) > 500 && Number(uid) !== ownUid && name !== "nobody" ? [name] : [];
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
