import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, type TestContext } from "vitest";
import { openStorage } from "../../runtime/storage/open-storage.ts";
import { isTemporaryName, temporaryName } from "../../runtime/storage/temporary-name.ts";

const text = (value: string) => Buffer.from(value);
const isRoot = process.geteuid?.() === 0;
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sightline-local-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file system of its own in the folder, for as long as the work takes. */
async function mounted(context: TestContext, options: string, work: (place: string) => Promise<void>) {
  const place = join(folder, "disk");
  mkdirSync(place);
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place], { encoding: "utf8" });
  if (mount.status !== 0) context.skip("sudo npm test -- local-refusals");
  try {
    await work(place);
  } finally {
    spawnSync("umount", [place]);
  }
}

test("a full disk is said to be one, loses nothing, and takes the write when there is room", async (context) => {
  await mounted(context, "size=1m", async (place) => {
    const lake = await openStorage(place);
    await lake.write("kept", text("kept"));
    await lake.write("_staging/big", Buffer.alloc(700_000));
    const full = {
      name: "StorageError",
      code: "NO_SPACE",
      message: expect.stringMatching(
        /^No space is left on the disk of .*\/part\/new \(ENOSPC\)\.\nMake room \(df -h; .*\) or choose another disk/,
      ),
    };
    await expect(lake.write("part/new", Buffer.alloc(700_000))).rejects.toMatchObject(full);
    await expect(lake.publish("part/new", Buffer.alloc(700_000))).rejects.toMatchObject(full);
    expect(await lake.list("part")).toEqual([]);
    expect(spawnSync("ls", ["-A", join(place, "part")], { encoding: "utf8" }).stdout).toBe("");
    // What is there already can be moved.
    expect(await lake.rename("_staging/big", "table/big")).toBe(true);
    await lake.remove("table/big");
    expect(await lake.publish("part/new", Buffer.alloc(700_000))).toBe(true);
    expect((await lake.read("kept")).toString()).toBe("kept");
  });
});

test("so is a disk that can't take another name", async (context) => {
  await mounted(context, "nr_inodes=5", async (place) => {
    const lake = await openStorage(place);
    const writes = Array.from({ length: 8 }, (_, i) => lake.write(`${i}`, text("x")));
    const results = await Promise.allSettled(writes);
    const failed = results.filter((result) => result.status === "rejected");
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason } of failed) expect(reason).toMatchObject({ code: "NO_SPACE" });
  });
});

test("a file system that is mounted read-only", async (context) => {
  await mounted(context, "ro", async (place) => {
    const lake = await openStorage(place);
    await expect(lake.write("a/b", text("x"))).rejects.toMatchObject({
      code: "PERMISSION",
      message: expect.stringMatching(
        /disk\/a\/b is on a file system that is mounted read-only \(EROFS\)\.\nChoose/,
      ),
    });
    expect(await lake.list("")).toEqual([]);
  });
});

test("a folder without permission", async () => {
  const lake = await openStorage(folder);
  await lake.write("closed/a", text("a"));
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "closed"), 0);
  const refused = {
    code: "PERMISSION",
    message: expect.stringMatching(
      /^The account \S+ may not use .*closed.* \(EACCES\)\.\nLet it: sudo chown -R \S+ '.*', or choose another folder\.$/,
    ),
  };
  // Root may everything.
  if (isRoot) process.seteuid!("nobody");
  try {
    await expect(lake.write("closed/b", text("b"))).rejects.toMatchObject(refused);
    await expect(lake.publish("closed/b", text("b"))).rejects.toMatchObject(refused);
    await expect(lake.read("closed/a")).rejects.toMatchObject(refused);
    await expect(lake.list("closed")).rejects.toMatchObject(refused);
    await expect(lake.rename("closed/a", "a")).rejects.toMatchObject(refused);
    await expect(lake.remove("closed/a")).rejects.toMatchObject(refused);
    await expect(lake.exists("closed/a")).rejects.toMatchObject(refused);
  } finally {
    if (isRoot) process.seteuid!(0);
    chmodSync(join(folder, "closed"), 0o755);
  }
  expect((await lake.read("closed/a")).toString()).toBe("a");
});

test("a place that takes no folders", async (context) => {
  if (process.platform !== "linux") context.skip("run it on Linux, where /proc is such a place");
  const lake = await openStorage("/proc/lake");
  await expect(lake.write("a/b", text("x"))).rejects.toMatchObject({
    name: "StorageError",
    message: expect.stringContaining("/proc/lake/a/b"),
  });
});

test("finishes a move that was stopped half way", async () => {
  const lake = await openStorage(folder);
  await lake.write("from", text("x"));
  linkSync(join(folder, "from"), join(folder, "to"));
  expect(await lake.rename("from", "to")).toBe(true);
  expect((await lake.list("")).map(({ name }) => name)).toEqual(["to"]);
  expect(await lake.rename("from", "to")).toBe(false);
});

test("doesn't show what a writer left that was killed", async () => {
  const lake = await openStorage(folder);
  const left = temporaryName();
  expect(isTemporaryName(left)).toBe(true);
  writeFileSync(join(folder, left), "half");
  await lake.write("whole", text("whole"));
  expect((await lake.list("")).map(({ name }) => name)).toEqual(["whole"]);
});

test("publishes once among processes, whichever of them is killed", async () => {
  const script = `
    import { openStorage } from ${JSON.stringify(join(import.meta.dirname, "../../runtime/storage/open-storage.ts"))};
    const lake = await openStorage(process.argv[1]);
    for (let i = 0; i < 40; i++) if (await lake.publish("c/" + i, Buffer.alloc(50_000, process.argv[2]))) console.log(i);`;
  const { spawn } = await import("node:child_process");
  const outputs = await Promise.all(
    ["a", "b", "c"].map(async (letter) => {
      const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script, folder, letter]);
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
        if (letter === "c" && output.split("\n").length > 3) child.kill("SIGKILL");
      });
      await new Promise((resolve) => child.once("close", resolve));
      return output.split("\n").filter(Boolean);
    }),
  );
  const lake = await openStorage(folder);
  const entries = await lake.list("c");
  expect(entries.map(({ name }) => Number(name)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, i) => i),
  );
  for (const [at, letter] of ["a", "b", "c"].entries()) {
    for (const name of outputs[at]) {
      expect((await lake.read(`c/${name}`)).equals(Buffer.alloc(50_000, letter)), `${letter} ${name}`).toBe(
        true,
      );
    }
  }
  for (const { name, size } of entries) expect([name, size]).toEqual([name, 50_000]);
  expect(outputs[0].length + outputs[1].length + outputs[2].length).toBeLessThanOrEqual(40);
});

test.each([
  ["", "isn't a folder"],
  ["file://other-host/lake", "names no folder of this machine"],
])("refuses the url %j", async (url, what) => {
  await expect(openStorage(url)).rejects.toMatchObject({
    code: "OTHER",
    message: expect.stringContaining(what),
  });
});
