import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumHint, findChromium, launchBrowser, onPage } from "../support/browser.ts";
import { Command, root } from "../support/command.ts";
import { kernelIsIdle } from "../support/lab.ts";
import { Hub, hubHint, hubMissing } from "./hub.ts";
import { approve, becomeAdmin, logIn, signUp } from "./people.ts";
import { accountName, addAccount, as, isRoot, removeAccount } from "./unix-account.ts";
import { runWelcome, serverIsUp } from "./welcome-run.ts";

// Root's hub is no demo: then an account of the test's own starts it.
const starter = accountName("demo");
const chromium = findChromium();
const busyS = 16;
let browser: Browser | undefined;
let hub: Hub | undefined;
let stateDir: string;
let link: string | undefined;

const prefix = () => (isRoot ? as(starter) : []);
const env = isRoot ? { HOME: `/home/${starter}` } : {};
const home = () => join(stateDir, "people", "ada");

beforeAll(async () => {
  if (hubMissing) return;
  if (isRoot) addAccount(starter);
  stateDir = mkdtempSync(join(tmpdir(), "sightline-demo-"));
  if (isRoot) chownSync(stateDir, statSync(`/home/${starter}`).uid, statSync(`/home/${starter}`).gid);
  if (chromium) browser = await launchBrowser(chromium);
  hub = await Hub.start({ prefix: prefix(), env, stateDir, options: ["--cull-after", "8s"] });
  ({ link } = await hub.ready());
});

afterAll(async () => {
  await browser?.close();
  await hub?.stop();
  if (stateDir) rmSync(stateDir, { recursive: true, force: true });
  if (isRoot) removeAccount(starter);
});

test("a demo says in the terminal and on its login page that accounts aren't isolated", async (context) => {
  if (!hub) context.skip(hubMissing ?? hubHint);
  const page = await fetch(`${hub!.url}/hub/login`);
  expect(await page.text()).toContain("Demo: the accounts of this hub aren't isolated.");
  expect(hub!.command.stdout).toContain(
    `Demo: accounts aren't isolated; all servers run as this user, with folders in ${stateDir}/people\n`,
  );
});

test("a demo refuses addresses that others can reach", async (context) => {
  if (!hub) context.skip(hubMissing ?? hubHint);
  const bin = join(root, "cli", "sightline.mjs");
  const command = [...prefix(), process.execPath, bin, "hub", "--ip", "0.0.0.0", "--state-dir", stateDir];
  const { code, stderr } = await Command.run(command, { env });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "Without root the hub is a demo whose accounts aren't isolated, so it does not listen on 0.0.0.0.\n" +
      "Leave --ip out, or start it as root: sudo npm run hub -- --ip 0.0.0.0\n",
  });
});

test("nor does a configuration open a demo to others", async (context) => {
  if (!hub) context.skip(hubMissing ?? hubHint);
  const config = join(stateDir, "open.py");
  writeFileSync(config, 'c.JupyterHub.bind_url = "http://0.0.0.0:8000"\n', { mode: 0o644 });
  chmodSync(stateDir, 0o711);
  const other = await Hub.start({
    prefix: prefix(),
    env,
    stateDir: join(stateDir, "other"),
    options: ["--config", config],
  });
  expect((await other.command.exited).code).toBe(1);
  expect(other.command.stderr).toBe(
    "The demo hub can't listen on 0.0.0.0: its accounts aren't isolated.\n" +
      "Leave 127.0.0.1 in the configuration, or start the hub as root: sudo npm run hub\n",
  );
});

test("a person runs the welcome notebook in a folder of their own", async (context) => {
  if (!hub) context.skip(hubMissing ?? hubHint);
  if (!browser) context.skip(chromiumHint);
  await onPage(browser!, "demo-admin", async (admin) => {
    await becomeAdmin(admin, link!, "boss");
    await onPage(browser!, "demo-person", async (page) => {
      expect(await signUp(page, hub!.url, "ada")).toContain("You are signed up.");
      await approve(admin, hub!.url, "ada");
      await logIn(page, hub!.url, "ada");
      await serverIsUp(page, "ada");
      expect(statSync(home()).mode & 0o777).toBe(0o700);
      expect(statSync(join(home(), ".sightline", "logs", "server.log")).mode & 0o777).toBe(0o600);
      await runWelcome(page, join(home(), "examples", "welcome.ipynb"));
      await computeFor(page, busyS);
    });
  });
}, 230_000);

test("a server that computes isn't culled, an idle one is, with its kernels", async (context) => {
  if (!hub) context.skip(hubMissing ?? hubHint);
  if (!browser) context.skip(chromiumHint);
  const isCulled = () =>
    readFileSync(join(stateDir, "hub.log"), "utf8").includes("DELETE /hub/api/users/ada/server");
  // Twice as long as an idle one would have.
  for (let i = 0; i < busyS - 2; i++) {
    expect(isCulled()).toBe(false);
    await sleep(1000);
  }
  await expect.poll(isCulled, { timeout: 60_000 }).toBe(true);
  const left = () =>
    readdirSync(join(home(), ".sightline", "run")).filter((name) => name.startsWith("kernel"));
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
}, 120_000);

/** Starts a cell that computes for so long and prints nothing. */
async function computeFor(page: Page, seconds: number): Promise<void> {
  await kernelIsIdle(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText(`await new Promise((resolve) => setTimeout(resolve, ${seconds * 1000}));`);
  await page.keyboard.press("Shift+Enter");
  await page.getByText(/TypeScript \(Sightline\) \| Busy/).waitFor();
}
