// The places a site is put: a folder with a Japanese name, and below a path of a web server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileUrl, kinds, kindsInBoth, open, page, serve, site, visitAll } from "./support.mjs";

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

/** Walks as a reader does: home, a document, one of its controls, the other language, a search. */
async function walk(tab, url) {
  await tab.goto(url("index.html"));
  await tab.getByRole("main").getByRole("link", { name: /POL-001/ }).first().click();
  await tab.waitForURL(/policies\/information-security-policy\.html/);
  await tab.getByRole("main").getByRole("link", { name: "A.5.1", exact: true }).first().click();
  await tab.waitForURL(/controls\/iso27001-2022\/A\.5\.1\.html/);
  await tab.locator("a[hreflang=en]").first().click();
  await tab.waitForURL(/en\/controls\/iso27001-2022\/A\.5\.1\.html/);
  await tab.keyboard.press("/");
  await tab.locator("#page-search-text").fill("POL-003");
  await tab.locator("#page-search-results [role=option]").first().waitFor();
  await tab.keyboard.press("Enter");
  await tab.waitForURL(/en\/policies\/access-control\.html/);
}

/** Opens pages; a file that is missing is an error on the console. */
const openAll = (names, url) =>
  visitAll(browser, {}, names, async (tab, name) => {
    await tab.goto(url(name), { waitUntil: "domcontentloaded" });
    const [heads, position] = await tab.evaluate(() => [document.querySelectorAll("h1").length, getComputedStyle(document.querySelector(".site-header")).position]);
    return heads === 1 && position === "sticky" ? [] : [`${heads} h1, the header is ${position}`];
  });

test("a folder with a Japanese name, a blank and brackets", async (context) => {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), "ismsbook-"));
  context.after(() => fs.rmSync(parent, { recursive: true }));
  const folder = path.join(parent, "情報セキュリティ 規程(第3版)");
  fs.cpSync(site, folder, { recursive: true });
  const { tab, trouble, close } = await page(browser);
  await walk(tab, (name) => fileUrl(name, folder));
  assert.deepEqual(trouble, []);
  assert.deepEqual(await openAll(kinds(), (name) => fileUrl(name, folder)), []);
  await close();
});

test("below /a/b/ of a web server", async (context) => {
  const server = await serve("/a/b/");
  context.after(server.close);
  const { tab, trouble, close } = await page(browser);
  await walk(tab, server.url);
  assert.deepEqual(trouble, []);
  assert.deepEqual(await openAll(kindsInBoth(), server.url), []);
  await close();
});
