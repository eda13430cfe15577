import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStateFolder } from "./state-folder.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-state-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
const modeOf = (path: string) => statSync(path).mode & 0o777;

test("makes the folder for its owner alone", () => {
  const folder = join(temporaryFolder(), "a", "hub");
  openStateFolder(folder);
  expect(modeOf(folder)).toBe(0o700);
});

test("closes a folder and files that a copy has opened", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "hub.sqlite"), "", { mode: 0o644 });
  chmodSync(folder, 0o755);
  openStateFolder(folder);
  expect([modeOf(folder), modeOf(join(folder, "hub.sqlite"))]).toEqual([0o700, 0o600]);
});

test("refuses a link, and a file in the folder's place", () => {
  const folder = temporaryFolder();
  symlinkSync("/tmp", join(folder, "link"));
  expect(() => openStateFolder(join(folder, "link"))).toThrow(
    `${join(folder, "link")} is a link, and where it leads may be open to others.\nPut the folder or file itself there.`,
  );
  writeFileSync(join(folder, "file"), "");
  expect(() => openStateFolder(join(folder, "file"))).toThrow(
    `The hub's folder ${join(folder, "file")} can't be used (EEXIST).\nName another one: npm run hub -- --state-dir ~/sightline-hub`,
  );
});

test("refuses a file that belongs to another user", (context) => {
  if (process.getuid?.() !== 0) context.skip("sudo npm test -- cli/hub");
  const folder = temporaryFolder();
  writeFileSync(join(folder, "hub.sqlite"), "");
  chownSync(join(folder, "hub.sqlite"), 65_534, 65_534);
  expect(() => openStateFolder(folder)).toThrow(
    `${join(folder, "hub.sqlite")} belongs to another user, who could read this hub's secrets.\n` +
      "Start the hub as that user, or name another folder: npm run hub -- --state-dir ~/sightline-hub",
  );
});
