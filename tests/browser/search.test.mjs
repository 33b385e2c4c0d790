// What the scripts do, from file://: the search in both languages, and the filters of the SoA.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileUrl, open, page } from "./support.mjs";

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

async function search(tab, words) {
  await tab.keyboard.press("/");
  await tab.locator("#search-text").fill(words);
  const first = tab.locator("#search-results [role=option]").first();
  await first.waitFor();
  return first;
}

for (const [prefix, words, title] of [["", "特権", /特権/], ["en/", "privileged", /privileged/i]]) {
  test(`words are found in ${prefix || "ja/"}, and an exact id comes first`, async () => {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(`${prefix}index.html`));
    assert.match(await (await search(tab, words)).innerText(), title);
    assert.match(await tab.locator("#search-status").innerText(), /\d/);
    await tab.locator("#search-text").fill("A.5.1");
    await tab.waitForFunction(() => document.querySelector("#search-results [role=option]")?.textContent.includes("A.5.1"), null, { timeout: 5000 });
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/controls\/iso27001-2022\/A\.5\.1\.html/, { timeout: 5000 });
    assert.deepEqual(trouble, []);
    await close();
  });
}

test("the SoA shows the excluded lines alone, and the address keeps the choice", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("soa.html"));
  await tab.locator("select").first().selectOption("excluded");
  await tab.waitForFunction(() => [...document.querySelectorAll("tr.line")].filter((row) => row.offsetParent).length === 3);
  assert.match(tab.url(), /excluded/);
  await tab.reload();
  assert.equal(await tab.locator("tr.line:visible").count(), 3);
  assert.deepEqual(trouble, []);
  await close();
});
