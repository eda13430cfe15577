// The admin's page of those who signed up: what changes who may log in, and what doesn't.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumHint, findChromium, launchBrowser } from "../support/browser.ts";
import { Hub, hubMissing } from "./hub.ts";
import { approve, becomeAdmin, password, signUp } from "./people.ts";
import { accountName } from "./unix-account.ts";

const [boss, ada, eve] = ["boss", "ada", "eve"].map(accountName);
const chromium = findChromium();
const missing = hubMissing ? hubMissing : !chromium ? chromiumHint : undefined;
let browser: Browser;
let hub: Hub;
/** The admin's browser, and another one. */
let [admin, person]: Page[] = [];

beforeAll(async () => {
  if (missing) return;
  browser = await launchBrowser(chromium!);
  hub = await Hub.start();
  [admin, person] = [await newPage(), await newPage()];
  await becomeAdmin(admin, (await hub.ready()).link!, boss);
  for (const name of [ada, eve]) await signUp(person, hub.url, name);
});

afterAll(async () => {
  if (missing) return;
  await browser.close();
  await hub.stop();
  hub.remove();
});

const newPage = async () => (await browser.newContext()).newPage();

async function mayLogIn(name: string): Promise<boolean> {
  await admin.goto(`${hub.url}/hub/authorize`);
  return (await admin.locator(`tr[id="${name}"] >> text=Unauthorize`).count()) === 1;
}

test("a link that the admin was sent approves nobody", async (context) => {
  if (missing) context.skip(missing);
  await admin.goto(`${hub.url}/hub/authorize/${eve}`);
  expect(await mayLogIn(eve)).toBe(false);
  await admin.goto(`${hub.url}/hub/discard/${eve}`);
  expect(await signUp(person, hub.url, eve)).toContain("Somebody signed up by this name already.");
});

test("a link that makes the admin log in first approves nobody", async (context) => {
  if (missing) context.skip(missing);
  await admin.goto(`${hub.url}/hub/logout`);
  await admin.goto(`${hub.url}/hub/login?next=%2Fhub%2Fauthorize%2F${eve}`);
  await admin.fill("#username_input", boss);
  await admin.fill("#password_input", password);
  await admin.click("#login_submit");
  await admin.waitForURL(/authorize/);
  expect(await mayLogIn(eve)).toBe(false);
});

test("a form of another site approves and discards nobody", async (context) => {
  if (missing) context.skip(missing);
  for (const what of ["authorize", "discard"]) {
    const answer = await admin.request.post(`${hub.url}/hub/${what}/${eve}`, { form: { authorized: "yes" } });
    expect(answer.status()).toBe(403);
  }
  expect(await mayLogIn(eve)).toBe(false);
});

test("approving twice doesn't take it back; a name that is gone does no harm", async (context) => {
  if (missing) context.skip(missing);
  await admin.goto(`${hub.url}/hub/authorize`);
  const _xsrf = await admin.locator("input[name=_xsrf]").first().inputValue();
  const form = { _xsrf, authorized: "yes" };
  for (const _ of [1, 2]) await admin.request.post(`${hub.url}/hub/authorize/${eve}`, { form });
  expect(await mayLogIn(eve)).toBe(true);
  const answer = await admin.request.post(`${hub.url}/hub/authorize/nobody-of-ours`, { form });
  expect(answer.url()).toContain("/hub/authorize#nobody-of-ours");
  expect(await answer.text()).not.toContain("nobody-of-ours");
});

test("what a sign-up sends beside what the page asks for isn't kept", async (context) => {
  if (missing) context.skip(missing);
  await person.goto(`${hub.url}/hub/signup`);
  const _xsrf = await person.locator("input[name=_xsrf]").first().inputValue();
  const form = {
    _xsrf,
    username: accountName("big"),
    signup_password: password,
    signup_password_confirmation: password,
    email: `a@${"b".repeat(4 << 20)}.org`,
    "2fa": "yes",
  };
  const answer = await (await person.request.post(`${hub.url}/hub/signup`, { form })).text();
  expect(answer).toContain("You are signed up.");
  expect(statSync(join(hub.stateDir, "hub.sqlite")).size).toBeLessThan(4 << 20);
  expect(answer).not.toContain("two factor");
});

test("a sign-up that nobody used is discarded; a person's isn't, whose files another of that name would get", async (context) => {
  if (missing) context.skip(missing);
  const discard = async (name: string) => {
    await admin.goto(`${hub.url}/hub/authorize`);
    await admin.click(`tr[id="${name}"] >> text=Unauthorize`);
    await admin.click(`tr[id="${name}"] >> text=Discard`);
  };
  await discard(eve);
  await admin.getByRole("heading", { name: "Authorize users" }).waitFor();
  expect(await admin.locator(`tr[id="${eve}"]`).count()).toBe(0);

  await approve(admin, hub.url, ada);
  await person.goto(`${hub.url}/hub/login?next=%2Fhub%2Fhome`);
  await person.fill("#username_input", ada);
  await person.fill("#password_input", password);
  await person.click("#login_submit");
  await person.waitForURL("**/hub/home");
  await discard(ada);
  await admin
    .getByText(
      `${ada} has used this hub, and the next ${ada} would get their files. Delete them on the page Admin instead: their account and files stay, for nobody else.`,
    )
    .waitFor();
  expect(await signUp(await newPage(), hub.url, ada)).toContain("Somebody signed up by this name already.");
});
