import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { closedClone } from "../../tests/support/closed-clone.ts";
import { places } from "../start/places.ts";
import { checkAccess } from "./check-access.ts";
import { hubPlaces } from "./hub-places.ts";

const missing =
  process.getuid?.() !== 0
    ? "sudo npm test -- cli/hub"
    : existsSync(hubPlaces.python)
      ? closedClone
      : "npm run setup -- --hub";

/** A clone of little: what the check looks at is what is there. */
function makeClone(): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-access-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clone = join(folder, "clone");
  mkdirSync(clone);
  for (const name of ["examples", "share"])
    cpSync(join(places.root, name), join(clone, name), { recursive: true });
  chmodSync(folder, 0o755);
  return clone;
}

test("a clone that all can read and root alone can write will do", (context) => {
  if (missing) context.skip(missing);
  expect(() => checkAccess(makeClone())).not.toThrow();
});

test("names what is closed, and what to do about it", (context) => {
  if (missing) context.skip(missing);
  const clone = makeClone();
  const file = join(clone, "examples", "file.csv");
  chmodSync(file, 0o600);
  expect(() => checkAccess(clone)).toThrow(
    `${file} is closed to other accounts of this machine, whose servers run what is in ${clone}.\nOpen it for reading: chmod -R go+rX '${file}'`,
  );
  chmodSync(file, 0o644);
  const above = join(clone, "..");
  chmodSync(above, 0o700);
  expect(() => checkAccess(clone)).toThrow(
    `${above} is closed to other accounts of this machine, whose servers run what is in ${clone}.\n` +
      `Start the hub from a folder that all can enter: cp -a '${clone}' /opt/sightline && cd /opt/sightline && npm run hub`,
  );
});

test("refuses what others could change", (context) => {
  if (missing) context.skip(missing);
  const clone = makeClone();
  const folder = join(clone, "share", "jupyter");
  chmodSync(folder, 0o777);
  expect(() => checkAccess(clone)).toThrow(
    `Every account of this machine can write ${folder}, and so change what all others run.\nClose it: chmod -R go-w '${folder}'`,
  );
  chmodSync(folder, 0o755);
  chownSync(join(clone, "examples"), 65_534, 65_534);
  expect(() => checkAccess(clone)).toThrow(
    `${join(clone, "examples")} belongs to user 65534, who could change what root and everyone here runs.\nGive it to root: chown -R root: '${clone}'`,
  );
});

test("refuses a clone of which a file or a folder above belongs to somebody else", (context) => {
  if (missing) context.skip(missing);
  const clone = makeClone();
  const file = join(clone, "examples", "file.csv");
  chownSync(file, 1, 1);
  expect(() => checkAccess(clone)).toThrow(
    `${file} belongs to user 1, who could change what root and everyone here runs.\nGive it to root: chown -R root: '${clone}'`,
  );
  chownSync(file, 0, 0);
  const above = join(clone, "..");
  const move = `Start the hub from a folder of root's: cp -a '${clone}' /opt/sightline && chown -R root: /opt/sightline && cd /opt/sightline && npm run hub`;
  chownSync(above, 1, 1);
  expect(() => checkAccess(clone)).toThrow(
    `${above} belongs to user 1, who could change what root and everyone here runs.\n${move}`,
  );
  chownSync(above, 0, 0);
  chmodSync(above, 0o777);
  expect(() => checkAccess(clone)).toThrow(
    `Every account of this machine can write ${above}, and so change what all others run.\n${move}`,
  );
});
