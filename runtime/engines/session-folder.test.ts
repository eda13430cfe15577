import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeSessionFolder, parentFolder, removeSessionFolder } from "./session-folder.ts";

const { uid } = userInfo();
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sightline-folder-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a session's folder and the one above it can be entered by their account alone", () => {
  const made = makeSessionFolder();
  try {
    for (const path of [made, dirname(made)]) {
      expect(statSync(path)).toMatchObject({ uid, mode: 0o40700 });
    }
  } finally {
    removeSessionFolder(made);
  }
});

test("sessions that come and go leave nothing to be done at the end", () => {
  const before = process.listenerCount("exit");
  const made = [makeSessionFolder(), makeSessionFolder()];
  expect(process.listenerCount("exit")).toBe(before + 1);
  for (const each of made) removeSessionFolder(each);
  expect(process.listenerCount("exit")).toBe(before);
  expect(made.map((each) => existsSync(each))).toEqual([false, false]);
});

test("in a project of one's own, sessions are kept there", () => {
  expect(parentFolder(folder, "/nowhere")).toBe(join(folder, ".sightline/sessions"));
});

describe("where the project is somebody else's", () => {
  const project = import.meta.filename; // nobody can make a folder in a file
  const taken = () => join(folder, `sightline-${uid}`);

  test("sessions are kept in the temporary folder, for this account alone", () => {
    expect(parentFolder(project, folder)).toBe(taken());
    expect(statSync(taken())).toMatchObject({ uid, mode: 0o40700 });
    expect(parentFolder(project, folder)).toBe(taken());
  });

  test("a link that was there before is refused", () => {
    mkdirSync(join(folder, "trap"), { mode: 0o700 });
    symlinkSync(join(folder, "trap"), taken());
    expect(() => parentFolder(project, folder)).toThrow(
      `The session's files can't be kept in ${taken()}: it is a symbolic link.\nRemove it, or set TMPDIR`,
    );
  });

  test("a file is refused", () => {
    writeFileSync(taken(), "");
    expect(() => parentFolder(project, folder)).toThrow(`${taken()}: it is not a folder.\nRemove it`);
  });

  test("a folder that others may enter is refused", () => {
    mkdirSync(taken());
    chmodSync(taken(), 0o755);
    expect(() => parentFolder(project, folder)).toThrow(
      `${taken()}: other accounts may enter it (mode 0755).\nRemove it`,
    );
  });

  test("a folder of another account is refused", (context) => {
    if (uid !== 0) context.skip("sudo npm test -- session-folder");
    mkdirSync(taken(), { mode: 0o700 });
    chownSync(taken(), 4242, 4242);
    expect(() => parentFolder(project, folder)).toThrow(
      `${taken()}: it belongs to the account 4242.\nRemove it`,
    );
  });

  test("a temporary folder that isn't there is named", () => {
    expect(() => parentFolder(project, join(folder, "missing"))).toThrow(
      /^No folder for the session's files can be made: .*missing.*\nSet TMPDIR/,
    );
  });
});

test("a project whose sessions belong to another account is left alone", (context) => {
  if (uid !== 0) context.skip("sudo npm test -- session-folder");
  const own = parentFolder(folder, folder);
  chownSync(own, 4242, 4242);
  expect(parentFolder(folder, folder)).toBe(join(folder, `sightline-${uid}`));
});
