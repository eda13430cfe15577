// Root's hub: everyone gets a Unix account, and nothing of one person is open to another.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumHint, findChromium, launchBrowser } from "../support/browser.ts";
import { allGone, descendants } from "../support/processes.ts";
import { Hub, hubMissing } from "./hub.ts";
import { approve, becomeAdmin, logIn, password, signUp, stopServer } from "./people.ts";
import { accountName, addAccount, isRoot, removeAccount, rootHint, runAs } from "./unix-account.ts";
import { runWelcome, serverIsUp } from "./welcome-run.ts";

const [boss, ada, ben, stranger] = ["boss", "ada", "ben", "own"].map(accountName);
const chromium = findChromium();
const missing = !isRoot ? rootHint : hubMissing ? hubMissing : !chromium ? chromiumHint : undefined;
let browser: Browser;
let hub: Hub;
let link: string;
const pages = new Map<string, Page>();
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  if (missing) return;
  addAccount(stranger);
  browser = await launchBrowser(chromium!);
  hub = await Hub.start();
  link = (await hub.ready()).link!;
  for (const name of [boss, ada, ben]) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    contexts.push(context);
    pages.set(name, await context.newPage());
  }
});

afterAll(async () => {
  if (missing) return;
  await browser.close();
  await hub.stop();
  hub.remove();
  for (const name of [boss, ada, ben, stranger]) removeAccount(name);
});

const pageOf = (name: string) => pages.get(name)!;
const homeOf = (name: string) => `/home/${name}`;
const runOf = (name: string) => join(homeOf(name), ".sightline", "run");

describe("the first admin", () => {
  test("a link that isn't the printed one makes nobody an admin", async (context) => {
    if (missing) context.skip(missing);
    const page = pageOf(boss);
    await page.goto(link.replace(/#.*/, "#guessed"));
    await page.fill("#username_input", boss);
    await page.fill("#password_input", password);
    await page.fill("#confirmation_input", password);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.click("#first_admin_submit"),
    ]);
    expect(answer.status()).toBe(403);
    await page.getByText("This is not the link that was printed when the hub was started.").waitFor();
  });

  test("a name or a password that won't do leaves the link open", async (context) => {
    if (missing) context.skip(missing);
    const page = pageOf(boss);
    await page.goto(link);
    for (const [name, secret, why] of [
      ["root", password, "root is an account of this machine's system. Choose another name."],
      [boss, "short", "The password is too short: use at least 10 characters."],
      [boss, "é".repeat(37), "The password is too long: it may have 72 bytes."],
    ]) {
      await page.fill("#username_input", name);
      await page.fill("#password_input", secret);
      await page.fill("#confirmation_input", secret);
      await page.click("#first_admin_submit");
      await page.getByText(why).waitFor();
    }
  });

  test("the link makes one admin, then it is gone", async (context) => {
    if (missing) context.skip(missing);
    await becomeAdmin(pageOf(boss), link, boss);
    await pageOf(boss).getByRole("link", { name: "Authorize users" }).waitFor();
    expect((await fetch(link)).status).toBe(410);
    expect(existsSync(join(hub.stateDir, "first-admin.json"))).toBe(false);
  });
});

describe("sign-up", () => {
  const pattern =
    "can't be a name: names start with a small letter, and have up to 31 small letters, digits, - and _ of ASCII.";
  test.for([
    ["../x", pattern],
    ["%2e%2e", pattern],
    ["a/b", pattern],
    [".", pattern],
    ["a\\b", pattern],
    ["-rf", pattern],
    ["x".repeat(32), pattern],
    ["аda", pattern],
    ["\u212aelvin", pattern],
    ["<b>x", pattern],
    ["root", "root is an account of this machine's system. Choose another name."],
    ["Daemon", "daemon is an account of this machine's system. Choose another name."],
    ["staff", "staff is a group of this machine. Choose another name."],
    ["docker", "docker is the name of a group that has rights on many machines. Choose another name."],
    ["wheel", "wheel is the name of a group that has rights on many machines. Choose another name."],
    [
      stranger,
      `${stranger} is an account of this machine that the hub didn't make. Choose another name, or ask the machine's administrator to let the hub use it: usermod -aG sightline ${stranger}`,
    ],
  ])("refuses the name %j", async ([name, why], context) => {
    if (missing) context.skip(missing);
    const said = await signUp(pageOf(ada), hub.url, name);
    expect(said.endsWith(why)).toBe(true);
  });

  test("refuses a name with NUL, which no browser types", async (context) => {
    if (missing) context.skip(missing);
    const answer = await pageOf(ada).request.post(`${hub.url}/hub/signup`, {
      form: {
        username: "ada\0x",
        signup_password: password,
        signup_password_confirmation: password,
        _xsrf: (await contexts[1].cookies()).find(({ name, path }) => name === "_xsrf" && path === "/hub/")!
          .value,
      },
    });
    expect(answer.status()).toBe(200);
    expect(await answer.text()).toContain(pattern.replace("'", "&#39;"));
  });

  test("two people sign up, and get in only when the admin has approved them and the password is right", async (context) => {
    if (missing) context.skip(missing);
    for (const name of [ada, ben]) {
      const page = pageOf(name);
      expect(await signUp(page, hub.url, name)).toBe(
        "You are signed up. An admin of this hub has to approve you before you can log in.",
      );
      expect(await signUp(page, hub.url, name)).toBe(
        "Somebody signed up by this name already. Choose another one.",
      );
      await logIn(page, hub.url, name);
      await page.getByText(`User ${name} has not been authorized by an administrator yet.`).waitFor();
      await approve(pageOf(boss), hub.url, name);
    }
    for (const wrong of ["wrong", "x".repeat(100), `${password} `]) {
      await logIn(pageOf(ada), hub.url, ada, wrong);
      await pageOf(ada).getByText("Invalid username or password.").waitFor();
    }
    expect(existsSync(homeOf(ada))).toBe(false);
  });
});

describe("two people at work", () => {
  test("each runs the welcome notebook on a server of their own account", async (context) => {
    if (missing) context.skip(missing);
    await Promise.all(
      [ada, ben].map(async (name) => {
        const page = pageOf(name);
        await logIn(page, hub.url, name);
        await serverIsUp(page, name);
        expect(statSync(homeOf(name)).mode & 0o777).toBe(0o700);
        await runWelcome(page, join(homeOf(name), "examples", "welcome.ipynb"));
      }),
    );
    const owners = execFileSync("ps", ["-eo", "user:40=,args="], { encoding: "utf8" }).split("\n");
    for (const name of [ada, ben])
      expect(owners.some((line) => line.startsWith(`${name} `) && line.includes("kernel/main.ts"))).toBe(
        true,
      );
  }, 200_000);

  test("neither opens the other's server", async (context) => {
    if (missing) context.skip(missing);
    const page = await contexts[1].newPage();
    const answer = await page.goto(`${hub.url}/user/${ben}/lab`);
    expect(answer!.status()).toBe(403);
    const api = await contexts[1].request.get(`${hub.url}/user/${ben}/api/contents`);
    expect(api.status()).toBe(403);
    expect((await fetch(`${hub.url}/user/${ben}/api/contents`)).status).toBe(403);
    await page.close();
  });

  test("neither reads the other's files, sockets, keys and environment", async (context) => {
    if (missing) context.skip(missing);
    const own = readdirSync(runOf(ben));
    expect(own.some((name) => /^kernel-.*-ipc-1$/.test(name))).toBe(true);
    expect(own.some((name) => /^kernel-.*\.json$/.test(name))).toBe(true);
    for (const name of own) {
      const state = statSync(join(runOf(ben), name));
      expect([name, state.mode & 0o077]).toEqual([name, 0]);
    }
    const pid = descendants(hub.command.child.pid!).find(({ command }) => command.includes("serve.py"))!.pid;
    const server = readFileSync(`/proc/${pid}/environ`, "utf8").includes(`JUPYTERHUB_USER=${ada}\0`)
      ? ben
      : ada;
    for (const path of [
      homeOf(ben),
      join(homeOf(ben), "examples", "welcome.ipynb"),
      runOf(ben),
      hub.stateDir,
    ])
      expect(await runAs(ada, "ls", path)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("Permission denied"),
      });
    expect(await runAs(server, "cat", `/proc/${pid}/environ`)).toMatchObject({ code: 1, stdout: "" });
    const port = JSON.parse(
      readFileSync(
        join(
          runOf(ben),
          own.find((name) => /^jpserver-\d+\.json$/.test(name))!,
        ),
        "utf8",
      ),
    ).port;
    expect((await fetch(`http://127.0.0.1:${port}/user/${ben}/api/contents`)).status).toBe(403);
  });

  test("no secret is in any process's arguments, and files of the hub are closed", async (context) => {
    if (missing) context.skip(missing);
    const tree = descendants(hub.command.child.pid!);
    const secrets = new Set([link.split("#")[1], password]);
    for (const { pid } of tree)
      for (const [, value] of readFileSync(`/proc/${pid}/environ`, "utf8").matchAll(
        /\w*(?:TOKEN|SECRET)=([^\0]+)/g,
      ))
        secrets.add(value);
    for (const name of [ada, ben])
      for (const file of readdirSync(runOf(name)).filter((file) => /^kernel-.*\.json$/.test(file)))
        secrets.add(JSON.parse(readFileSync(join(runOf(name), file), "utf8")).key);
    expect(secrets.size).toBeGreaterThanOrEqual(6);
    const words = execFileSync("ps", ["-eo", "args="], { encoding: "utf8" });
    for (const secret of secrets) {
      expect(words).not.toContain(secret);
      expect(hub.log()).not.toContain(secret);
    }
    const files = readdirSync(hub.stateDir);
    expect(files).toEqual(expect.arrayContaining(["hub.sqlite", "cookie_secret", "hub.log", "hub.json"]));
    for (const name of files)
      expect([name, statSync(join(hub.stateDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(statSync(hub.stateDir).mode & 0o777).toBe(0o700);
  });
});

describe("what hub users know", () => {
  test("a named server, with a log that its person finds", async (context) => {
    if (missing) context.skip(missing);
    const page = pageOf(ada);
    await page.goto(`${hub.url}/hub/home`);
    await page.waitForFunction("window._jupyterhub_page_loaded");
    await page.fill("input.new-server-name", "second");
    await page.click("text=Add New Server");
    await page.waitForURL(new RegExp(`/user/${ada}/second/`), { timeout: 110_000 });
    const log = join(homeOf(ada), ".sightline", "logs", "server-second.log");
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(readFileSync(log, "utf8")).toContain(`/user/${ada}/second/`);
  }, 120_000);

  test("the pages for tokens, passwords and the admin", async (context) => {
    if (missing) context.skip(missing);
    const page = pageOf(boss);
    await page.goto(`${hub.url}/hub/token`);
    await page.getByRole("button", { name: "Request new API token" }).waitFor();
    await page.goto(`${hub.url}/hub/admin`);
    await page.getByText("Add Users").waitFor();
    await page.getByText(ben, { exact: true }).first().waitFor();
    expect((await contexts[1].request.get(`${hub.url}/hub/admin`)).status()).toBe(403);
    expect((await contexts[1].request.get(`${hub.url}/hub/authorize`)).status()).toBe(403);
  });

  test("examples that a person changed or removed stay as they are", async (context) => {
    if (missing) context.skip(missing);
    const file = join(homeOf(ben), "examples", "welcome.ipynb");
    const [before, modified] = [readFileSync(file, "utf8"), statSync(file).mtimeMs];
    const page = pageOf(ben);
    await stopServer(page, hub.url);
    await page.goto(`${hub.url}/hub/spawn`);
    await serverIsUp(page, ben);
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(statSync(file).mtimeMs).toBe(modified);
  }, 120_000);

  test("a server that can't start says where its log is", async (context) => {
    if (missing) context.skip(missing);
    const page = pageOf(ben);
    await stopServer(page, hub.url);
    const run = runOf(ben);
    await runAs(ben, "sh", "-c", `rm -r '${run}' && touch '${run}'`);
    await page.goto(`${hub.url}/hub/spawn`);
    await page
      .getByText(
        "The server ended before it answered (exit status 1). What it said is in ~/.sightline/logs/server.log.",
      )
      .first()
      .waitFor({ timeout: 60_000 });
    expect(readFileSync(join(homeOf(ben), ".sightline", "logs", "server.log"), "utf8")).toContain(
      `${run} can't be written (File exists).\nMake room or move it away.\n`,
    );
  }, 120_000);

  test("Ctrl-C ends the hub with all servers, kernels and engines", async (context) => {
    if (missing) context.skip(missing);
    const all = descendants(hub.command.child.pid!);
    expect(all.some(({ command }) => command.includes("kernel/main.ts"))).toBe(true);
    hub.command.child.kill("SIGINT");
    expect(await hub.command.exited).toEqual({ code: 0, signal: null });
    await allGone(all);
    expect(readdirSync(runOf(ada)).filter((name) => name.startsWith("kernel"))).toEqual([]);
    await expect(fetch(hub.url)).rejects.toThrow("fetch failed");
  });
});
