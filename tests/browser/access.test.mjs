// Whether everybody can use the pages: axe on every kind of page, a phone's width, the keyboard, no movement.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import { createRequire } from "node:module";
import { fileUrl, kinds, kindsInBoth, languages, open, page, visitAll } from "./support.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"], preload: false };
const contrast = { runOnly: { type: "rule", values: ["color-contrast"] }, resultTypes: ["violations"], preload: false };

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

/** What axe finds on a page, a line a place. */
async function violations(tab, options) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((options) => window.axe.run(document, options), options);
  return violations.flatMap((found) => found.nodes.slice(0, 3).map((node) => `${found.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`));
}

// What a scheme changes is contrast; all else is looked at once.
for (const [colorScheme, options] of [["light", standards], ["dark", contrast]]) {
  for (const language of languages) {
    test(`axe finds nothing on any kind of page in ${language || "ja/"} ${colorScheme}`, async () => {
      // The whole manual is the documents again, a hundred times as long.
      const names = kinds().filter((kind) => kind !== "print.html").map((kind) => language + kind);
      const found = await visitAll(browser, { colorScheme }, names, async (tab, name) => {
        await tab.goto(fileUrl(name));
        return violations(tab, options);
      });
      assert.deepEqual(found, []);
    });
  }
}

test("axe finds nothing in the open search and the open menu", async () => {
  const { tab, close } = await page(browser, { viewport: { width: 390, height: 844 } });
  await tab.goto(fileUrl("index.html"));
  await tab.locator("[data-search-open]").click();
  await tab.locator("#page-search-text").fill("管理");
  await tab.locator("#page-search-results [role=option]").first().waitFor();
  assert.deepEqual(await violations(tab, standards), []);
  await tab.keyboard.press("Escape");
  await tab.locator(".menu-open").click();
  assert.ok(await tab.locator("#page-navigation").isVisible());
  assert.deepEqual(await violations(tab, standards), []);
  await close();
});

test("no page is wider than a screen of 320 px", async () => {
  const wide = await visitAll(browser, { viewport: { width: 320, height: 640 } }, kindsInBoth(), async (tab, name) => {
    await tab.goto(fileUrl(name), { waitUntil: "domcontentloaded" });
    const width = await tab.evaluate(() => document.documentElement.scrollWidth);
    return width > 320 ? [`${width} px`] : [];
  });
  assert.deepEqual(wide, []);
});

test("the keyboard goes from the skip link through the header to the text, and its place is seen", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("policies/access-control.html"));
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.className), "skip");
  assert.ok((await tab.locator(".skip").boundingBox()).y >= 0, "the skip link is seen when it has the focus");
  await tab.keyboard.press("Enter");
  assert.equal(await tab.evaluate(() => document.activeElement.id), "page-content");
  for (let step = 0; step < 12; step += 1) {
    await tab.keyboard.press("Tab");
    const style = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(style, "solid", await tab.evaluate(() => document.activeElement.outerHTML));
  }
  await close();
});

test("who asks for no movement gets none", async () => {
  for (const [reducedMotion, behavior] of [["reduce", "auto"], ["no-preference", "smooth"]]) {
    const { tab, close } = await page(browser, { reducedMotion });
    await tab.goto(fileUrl("index.html"));
    await tab.locator(".brand").focus();
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), behavior);
    const moving = await tab.evaluate(() => [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s").length);
    assert.equal(moving > 0, reducedMotion !== "reduce");
    await close();
  }
});
