import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { directoryServices, loginAccounts, otherAccounts } from "./other-accounts.ts";

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
postgres:x:113:120::/var/lib/postgresql:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/bin/sh
me:x:1000:1000:Me,,,:/homes/me:/bin/bash
ann:x:1001:1001::/homes/ann:/bin/zsh
robot:x:1002:1002::/srv:/usr/sbin/nologin
locked:x:1003:1003::/srv:/bin/false
old:x:1004:1004::/homes/old:
broken:x:
+::::::
far:x:70000:70000::/homes/far:/bin/bash
`;
let folder: string;
const places = () => ({ etc: folder, proc: join(folder, "proc"), uid: 1000 });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-accounts-"));
  mkdirSync(join(folder, "proc"));
  writeFileSync(join(folder, "passwd"), passwd.split("\n").slice(0, 5).join("\n"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("who can log in: a person's uid that isn't ours, with a shell; none given means /bin/sh", () => {
  expect(loginAccounts(passwd, 1000)).toEqual(["ann", "old", "far"]);
  expect(loginAccounts(passwd, 1001)).toEqual(["me", "old", "far"]);
  expect(loginAccounts("", 1000)).toEqual([]);
});

test("directory services that may name people are found, the machine's own sources are not", () => {
  expect(directoryServices("group: sss\npasswd:\t files systemd # ldap\n")).toEqual([]);
  expect(directoryServices("passwd: sss [NOTFOUND=return] files ldap")).toEqual(["sss", "ldap"]);
  expect(directoryServices("")).toEqual([]);
});

test("an account alone on its machine has nobody beside it", () => {
  expect(otherAccounts(places())).toEqual([]);
});

test("accounts of a directory service count, whoever they are", () => {
  writeFileSync(join(folder, "nsswitch.conf"), "passwd: files ldap\n");
  expect(otherAccounts(places())).toEqual(["those of ldap"]);
});

test("an account that has a process counts, though no file names it", (context) => {
  if (process.getuid!() !== 0) context.skip("sudo npm test -- other-accounts");
  // As in /proc, where a process's folder belongs to its account.
  for (const [pid, uid] of [
    [7, 0],
    [8, 1000],
    [9, 65534],
    [10, 2001],
    [11, 2001],
  ]) {
    mkdirSync(join(folder, "proc", String(pid)));
    chownSync(join(folder, "proc", String(pid)), uid, uid);
  }
  expect(otherAccounts(places())).toEqual(["uid 2001, which has a process"]);
});

test("accounts that can't be read count as somebody", () => {
  rmSync(join(folder, "passwd"));
  expect(otherAccounts(places())).toEqual([`whoever ${folder}/passwd would name, which can't be read`]);
});
