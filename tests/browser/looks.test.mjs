// How a page comes: its colours, its weight, and that nothing moves while it does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import path from "node:path";
import { fileUrl, kinds, open, page, pages, serve, site, visitAll } from "./support.mjs";

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

test("the colours follow the reader's system, then the switch, which is remembered on every page", async () => {
  const { tab, trouble, close } = await page(browser, { colorScheme: "dark" });
  const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await tab.goto(fileUrl("policies/access-control.html"));
  const dark = await ground();
  await tab.locator("[data-scheme-switch]").click();
  const light = await ground();
  assert.equal(light, "rgb(255, 255, 255)");
  assert.notEqual(light, dark);
  await tab.goto(fileUrl("en/soa.html"));
  assert.equal(await ground(), light);
  await tab.locator("[data-scheme-switch]").press("Enter");
  assert.equal(await ground(), dark);
  await tab.reload();
  assert.equal(await ground(), dark);
  assert.deepEqual(trouble, []);
  await close();
});

/** What moved since the page was asked for. Half a table may settle its columns by a hair when the other half comes. */
const shifts = () =>
  new Promise((done) => {
    const moved = [];
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        const nodes = shift.sources.map((source) => source.node);
        const settles = shift.value < 0.005 && nodes.every((node) => node?.closest?.("td, th"));
        if (!settles) moved.push(`${shift.value} ${nodes.map((node) => node?.className || node?.nodeName)}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
  });

test("nothing moves while a page comes slowly", async (context) => {
  const server = await serve("/", { slow: true });
  context.after(server.close);
  for (const width of [1440, 390]) {
    const names = kinds().filter((kind) => kind !== "print.html");
    const moved = await visitAll(browser, { viewport: { width, height: 900 } }, names, async (tab, name) => {
      await tab.goto(server.url(name));
      return tab.evaluate(shifts);
    });
    assert.deepEqual(moved, [], `at ${width}`);
  }
});

test("pages are light", () => {
  const size = (name) => fs.statSync(path.join(site, name)).size;
  const isDocument = (name) => /<body class="document/.test(fs.readFileSync(path.join(site, name), "utf8"));
  const weights = pages().filter(isDocument).map((name) => size(name) + size("style.css")).sort((a, b) => a - b);
  assert.ok(weights.length > 100);
  const light = weights.filter((weight) => weight < 60_000).length;
  assert.ok(light > weights.length * 0.7, `seven of ten documents with their style are under 60 kB: ${light} of ${weights.length}`);
  assert.ok(weights.at(-1) < 85_000, `the longest is under 85 kB: ${weights.at(-1)}`);
  assert.ok(size("style.css") < 32_000 && size("script.js") < 30_000);
  assert.ok(size("soa.html") < 300_000, `the SoA is under 300 kB: ${size("soa.html")}`);
});
