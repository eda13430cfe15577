// Login by OpenID Connect: the example as it stands, a real provider, a real hub, a browser.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumHint, findChromium, launchBrowser, onPage } from "../support/browser.ts";
import { Command, root } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { kernelIsIdle } from "../support/lab.ts";
import { Hub, hubMissing, hubPython } from "./hub.ts";
import { OidcProvider } from "./oidc/provider.ts";
import { accountName, addAccount, as, isRoot, removeAccount } from "./unix-account.ts";
import { serverIsUp } from "./welcome-run.ts";

const example = join(root, "jupyterhub_config", "oidc");
const secret = "not-so-secret-5f2c";
// Root's hub would make accounts of this machine for people; an account of the test's own starts a demo.
const starter = accountName("oidc");
const chromium = findChromium();
const people = {
  ada: { preferred_username: "ada", groups: ["analysts", "others"] },
  boss: { preferred_username: "boss", groups: ["sightline-admins"] },
  eve: { preferred_username: "eve", groups: ["others"] },
  mallory: { preferred_username: "../../ada", groups: ["analysts"] },
  kelvin: { preferred_username: "\u212Aate", groups: ["analysts"] },
  nameless: { groups: ["analysts"] },
};

let browser: Browser | undefined;
let folder: string;
let env: NodeJS.ProcessEnv;
let provider: OidcProvider;
let hub: Hub;

beforeAll(async () => {
  if (hubMissing || !chromium) return;
  installOAuthenticator();
  folder = mkdtempSync(join(tmpdir(), "sightline-oidc-"));
  const secretFile = join(folder, "client-secret");
  writeFileSync(secretFile, `${secret}\n`, { mode: 0o600 });
  if (isRoot) {
    addAccount(starter);
    execFileSync("chown", ["-R", starter, folder]);
  }
  const [port, providerPort] = [await freePort(), await freePort()];
  const redirectUri = `http://127.0.0.1:${port}/hub/oauth_callback`;
  provider = await OidcProvider.start(providerPort, { id: "sightline", secret, redirectUri }, people);
  env = {
    SIGHTLINE_OIDC_ISSUER: provider.issuer,
    SIGHTLINE_OIDC_SECRET_FILE: secretFile,
    SIGHTLINE_OIDC_ALLOWED_GROUPS: "analysts",
    SIGHTLINE_OIDC_ADMIN_GROUPS: "sightline-admins",
    OAUTH_CLIENT_ID: "sightline",
    OAUTH_CLIENT_SECRET: undefined,
    ...(isRoot ? { HOME: `/home/${starter}` } : {}),
  };
  browser = await launchBrowser(chromium);
  hub = await Hub.start({
    port,
    stateDir: join(folder, "state"),
    prefix: isRoot ? as(starter) : [],
    env,
    options: ["--config", join(example, "oidc_config.py")],
  });
  const { link } = await hub.ready();
  expect(link).toBeUndefined();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await hub?.stop();
  await provider?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
  if (isRoot) removeAccount(starter);
});

/** As the example's first lines say. */
function installOAuthenticator(): void {
  const lock = join(example, "requirements.txt");
  const install = `umask 022; exec "$0" -m pip install --quiet --no-deps --require-hashes -r "$1"`;
  execFileSync("sh", ["-c", install, hubPython, lock], { stdio: ["ignore", "ignore", "inherit"] });
}

/** From the hub's login page over the provider's pages back to the hub, as a person clicks. */
async function logIn(page: Page, login: string): Promise<void> {
  await page.goto(`${hub.url}/hub/login`);
  await page.click("a:has-text('Sign in with')");
  await page.waitForURL(`${provider.issuer}/**`);
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", "anything");
  await page.click("button[type=submit]");
  await page.click("button:has-text('Continue')");
  await page.waitForURL(`${hub.url}/**`);
}

const isReady = (context: { skip: (why: string) => never }) => {
  if (hubMissing) context.skip(hubMissing);
  if (!browser) context.skip(chromiumHint);
};

test("who is in an allowed group gets a server, with kernel and examples", async (context) => {
  isReady(context);
  await onPage(browser!, "oidc-ada", async (page) => {
    await logIn(page, "ada");
    await serverIsUp(page, "ada");
    await kernelIsIdle(page);
    expect((await page.request.get(`${hub.url}/hub/admin`)).status()).toBe(403);
  });
}, 240_000);

test("the client's secret is in no arguments, no log, and no environment of what the hub started", async (context) => {
  isReady(context);
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const held = processes.filter((pid) =>
    ["cmdline", "environ"].some((file) => readProc(pid, file).includes(secret)),
  );
  expect(held).toEqual([]);
  expect(hub.log()).not.toContain(secret);
});

test("who is in an admin group is an admin", async (context) => {
  isReady(context);
  await onPage(browser!, "oidc-boss", async (page) => {
    await logIn(page, "boss");
    expect((await page.goto(`${hub.url}/hub/admin`))!.status()).toBe(200);
  });
}, 120_000);

test.for([
  ["who is in none of the groups", "eve", "You are in none of the groups that this hub lets in."],
  ["a name with path tricks", "mallory", `"../../ada" can't be a name: names start with a small letter`],
  ["a letter that becomes an ASCII one", "kelvin", `"\\u212aate" can't be a name`],
  ["a person without a name", "nameless", "Your provider told the hub no preferred_username."],
])("%s is refused with a sentence", { timeout: 120_000 }, async ([, login, sentence], context) => {
  isReady(context);
  await onPage(browser!, `oidc-${login}`, async (page) => {
    await logIn(page, login);
    expect(await page.textContent("body")).toContain(sentence);
    expect(new URL(page.url()).pathname).toBe("/hub/oauth_callback");
  });
  const folders = readdirSync(join(folder, "state", "people"));
  expect(folders.filter((name) => name !== "ada" && name !== "boss")).toEqual([]);
});

describe("a hub that was told wrong does not start, and says why:", () => {
  /** What the example says of an environment, without the hub around it. */
  const refusal = async (changes: NodeJS.ProcessEnv) => {
    const command = [hubPython, "-c", "import oidc_settings; oidc_settings.read()"];
    const { code, stderr } = await Command.run(command, { cwd: example, env: { ...env, ...changes } });
    expect(code).toBe(1);
    return stderr.trim();
  };

  test("as sightline hub shows it", async (context) => {
    isReady(context);
    const { SIGHTLINE_OIDC_ISSUER: _, ...rest } = env;
    const told = await Hub.start({
      stateDir: join(folder, "refused"),
      prefix: isRoot ? as(starter) : [],
      env: { ...rest, SIGHTLINE_OIDC_ISSUER: "" },
      options: ["--config", join(example, "oidc_config.py")],
    });
    expect((await told.command.exited).code).toBe(1);
    expect(told.command.stderr).toContain(
      "The hub ended unexpectedly: SIGHTLINE_OIDC_ISSUER is not set: give it",
    );
  });

  test("packages that are missing", async (context) => {
    isReady(context);
    const config = join(example, "oidc_config.py");
    const script = `import runpy, sys; sys.modules["oauthenticator"] = None; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[2])`;
    const command = [hubPython, "-c", script, join(example, ".."), config];
    const { code, stderr } = await Command.run(command, { env });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^The hub's Python has no oauthenticator.*: \.sightline\/jupyterhub\/bin\/pip install --no-deps --require-hashes -r jupyterhub_config\/oidc\/requirements\.txt$/,
    );
  });

  test("no provider", async (context) => {
    isReady(context);
    expect(await refusal({ SIGHTLINE_OIDC_ISSUER: undefined })).toBe(
      "SIGHTLINE_OIDC_ISSUER is not set: give it, for example SIGHTLINE_OIDC_ISSUER=https://login.example.org",
    );
  });

  test("a provider over http", async (context) => {
    isReady(context);
    expect(await refusal({ SIGHTLINE_OIDC_ISSUER: "http://login.example.org" })).toBe(
      "SIGHTLINE_OIDC_ISSUER is http://login.example.org, which is not https: logins over it could be anybody's; " +
        "use the provider's https URL",
    );
  });

  test("a provider that isn't there, and a server that is none", async (context) => {
    isReady(context);
    expect(await refusal({ SIGHTLINE_OIDC_ISSUER: "http://127.0.0.1:9" })).toMatch(
      /^The provider http:\/\/127.0.0.1:9 does not answer \(.*refused\): check SIGHTLINE_OIDC_ISSUER, .* must open$/,
    );
    expect(await refusal({ SIGHTLINE_OIDC_ISSUER: hub.url })).toContain("does not answer (");
    expect(
      await refusal({ SIGHTLINE_OIDC_ISSUER: provider.issuer.replace("127.0.0.1", "localhost") }),
    ).toContain(`calls itself ${provider.issuer}: SIGHTLINE_OIDC_ISSUER must be just that`);
  });

  test("nobody who could log in", async (context) => {
    isReady(context);
    const nobody = { SIGHTLINE_OIDC_ALLOWED_GROUPS: " ,", SIGHTLINE_OIDC_ADMIN_GROUPS: undefined };
    expect(await refusal(nobody)).toBe(
      "Nobody could log in: say who may, for example SIGHTLINE_OIDC_ALLOWED_GROUPS=analysts",
    );
  });

  test("no secret, one that isn't there, and one that others can read", async (context) => {
    isReady(context);
    expect(await refusal({ SIGHTLINE_OIDC_SECRET_FILE: undefined })).toBe(
      "There is no client secret: name a file that holds it, SIGHTLINE_OIDC_SECRET_FILE=client-secret",
    );
    expect(await refusal({ SIGHTLINE_OIDC_SECRET_FILE: join(folder, "none") })).toContain(
      "can't be read (No such file",
    );
    const open = join(folder, "open-secret");
    writeFileSync(open, secret);
    chmodSync(open, 0o644);
    expect(await refusal({ SIGHTLINE_OIDC_SECRET_FILE: open })).toBe(
      `The secret in ${open} is open to other accounts: chmod 600 ${open}`,
    );
  });
});

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(join("/proc", pid, file), "utf8");
  } catch {
    // Ended meanwhile, or somebody else's.
    return "";
  }
}
