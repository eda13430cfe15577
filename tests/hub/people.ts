// What people do on the hub's pages, in a browser.
import type { Page } from "playwright-core";
import { vi } from "vitest";

export const password = "eleven wooden horses";

/** Fills the page of the one-time link; the new admin is logged in then. */
export async function becomeAdmin(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.fill("#username_input", name);
  await page.fill("#password_input", password);
  await page.fill("#confirmation_input", password);
  await page.click("#first_admin_submit");
  await page.waitForURL("**/hub/home");
}

/** Signs up, and returns what the hub says to it. */
export async function signUp(page: Page, hub: string, name: string, secret = password): Promise<string> {
  await page.goto(`${hub}/hub/signup`);
  await page.fill("#username_input", name);
  await page.fill("#password_input", secret);
  await page.fill("#password_confirmation_input", secret);
  await page.click("#signup_submit");
  return ((await page.locator(".alert").first().textContent()) ?? "").trim();
}

/** Approves somebody on the admin's page. */
export async function approve(page: Page, hub: string, name: string): Promise<void> {
  await page.goto(`${hub}/hub/authorize`);
  await page.click(`tr[id="${name}"] >> text=/^Authorize$/`);
  await page.locator(`tr[id="${name}"] >> text=Unauthorize`).waitFor();
}

/** Fills the login page and sends it; where it leads is for the caller to see. */
export async function logIn(page: Page, hub: string, name: string, secret = password): Promise<void> {
  await page.goto(`${hub}/hub/login`);
  await page.fill("#username_input", name);
  await page.fill("#password_input", secret);
  await page.click("#login_submit");
}

/** Stops one's server by the button on the hub's home page, and waits until it has stopped. */
export async function stopServer(page: Page, hub: string): Promise<void> {
  await page.goto(`${hub}/hub/home`);
  // Before the page's script has come the button is a link to nowhere.
  await page.waitForFunction("window._jupyterhub_page_loaded");
  await page.click("#stop");
  await page.locator("#start").getByText("Start My Server").waitFor({ timeout: 30_000 });
  // The button says so too when the hub has stopped waiting after ten seconds; until the server is gone, /hub/spawn
  // starts none: it leads to a page that says that the server is stopping, and then that there is none.
  const hasNone = () =>
    page.evaluate(async (user) => {
      const { xsrf_token } = (globalThis as unknown as { jhdata: { xsrf_token: string } }).jhdata;
      const answer = await fetch(user, { headers: { "X-XSRFToken": xsrf_token } });
      if (!answer.ok) throw new Error(`${user} answered ${answer.status} ${await answer.text()}`);
      return Object.keys(((await answer.json()) as { servers: object }).servers).length === 0;
    }, `${hub}/hub/api/user`);
  await vi.waitUntil(hasNone, { timeout: 60_000, interval: 200 });
}
