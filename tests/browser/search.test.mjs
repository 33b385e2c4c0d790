// Finding the way, from file://: the search in both languages, by keyboard, and the short ways from the home page.
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

/** Looks for words from an open page; gives the first result when it is there. */
async function search(tab, words) {
  if (!(await tab.locator("#page-search").evaluate((dialog) => dialog.open))) await tab.keyboard.press("/");
  await tab.locator("#page-search-text").fill(words);
  const first = tab.locator("#page-search-results [role=option]").first();
  await first.waitFor();
  return first;
}

/** The titles of what is found, a document or an item each. */
const titles = (tab) => tab.locator("#page-search-results .hit-title").allInnerTexts();

for (const [prefix, words, title] of [["", "特権", /特権/], ["en/", "privileged", /privileged/i]]) {
  test(`words are found in ${prefix || "ja/"}, and an exact id comes first`, async () => {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(`${prefix}index.html`));
    assert.match(await (await search(tab, words)).innerText(), title);
    assert.match(await tab.locator("#page-search-status").innerText(), /\d/);
    await search(tab, "A.5.1");
    const ids = (await titles(tab)).map((text) => text.split(" ")[0]);
    assert.deepEqual(ids.slice(0, 3), ["A.5.1", "A.5.10", "A.5.11"]);
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/controls\/iso27001-2022\/A\.5\.1\.html/);
    assert.deepEqual(trouble, []);
    await close();
  });
}

test("full width, half width and letters of either case are the same, and every mark stands on the word", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("index.html"));
  const found = [];
  for (const words of ["クラウドサービス", "ｸﾗｳﾄﾞｻｰﾋﾞｽ", "ＫＵＭＯＢＯＸ", "kumobox"]) {
    await search(tab, words);
    const marks = await tab.locator("#page-search-results mark").allInnerTexts();
    assert.ok(marks.length && marks.every((mark) => mark.normalize("NFKC").toLowerCase() === words.normalize("NFKC").toLowerCase()), `${words}: ${marks.slice(0, 5)}`);
    found.push(await tab.locator("#page-search-status").innerText());
  }
  assert.equal(found[0], found[1]);
  assert.equal(found[2], found[3]);
  await search(tab, "Ａ．５．１５");
  assert.match((await titles(tab))[0], /^A\.5\.15 /);
  await close();
});

test("two letters within a longer word are found, all words must stand there, and a title outweighs a text", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("index.html"));
  await search(tab, "台帳");
  assert.ok((await titles(tab)).includes("文書管理台帳"));
  const one = Number.parseInt(await tab.locator("#page-search-status").innerText(), 10);
  await search(tab, "台帳 承認");
  assert.ok(Number.parseInt(await tab.locator("#page-search-status").innerText(), 10) < one);
  await search(tab, "アクセス制御");
  assert.match((await titles(tab))[0], /アクセス制御/);
  await tab.locator("#page-search-text").fill("あり得ない語の並び");
  await tab.waitForFunction(() => !document.querySelector("#page-search-results").children.length);
  assert.match(await tab.locator("#page-search-status").innerText(), /あり得ない語の並び/);
  await close();
});

test("a result leads to the section that says it, and results can be of one kind only", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("index.html"));
  await search(tab, "四半期");
  const section = tab.locator("#page-search-results .hit-part").first();
  assert.match(await section.innerText(), /四半期/);
  assert.match(await section.getAttribute("href"), /\.html#./);
  await section.click();
  await tab.waitForURL(/\.html#/);
  assert.ok(await tab.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1)))));
  await search(tab, "残留リスク");
  await tab.locator("#page-search-kind").selectOption("term");
  assert.match(await tab.locator("#page-search-results [role=option]").first().getAttribute("href"), /glossary\.html#term-residual-risk$/);
  await tab.locator("#page-search-kind").selectOption("risk");
  assert.ok((await titles(tab)).every((title) => title.startsWith("RSK-")));
  assert.deepEqual(trouble, []);
  await close();
});

test("the search works by keyboard alone", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("index.html"));
  await search(tab, "バックアップ");
  const selected = () => tab.locator("#page-search-results [aria-selected=true]").evaluateAll((hits) => hits.map((hit) => hit.id));
  const [first] = await selected();
  await tab.keyboard.press("ArrowDown");
  const [second, ...more] = await selected();
  assert.notEqual(second, first);
  assert.deepEqual(more, []);
  assert.equal(await tab.locator("#page-search-text").getAttribute("aria-activedescendant"), second);
  await tab.keyboard.press("ArrowUp");
  await tab.keyboard.press("ArrowUp");
  assert.equal((await selected())[0], await tab.locator("#page-search-results [role=option]").last().getAttribute("id"));
  await tab.keyboard.press("Escape");
  assert.equal(await tab.locator("#page-search").evaluate((dialog) => dialog.open), false);
  await tab.keyboard.press("Control+k");
  assert.ok(await tab.locator("#page-search").evaluate((dialog) => dialog.open));
  await close();
});

test("what proves 9.2 is two clicks from the home page", async () => {
  for (const prefix of ["", "en/"]) {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(`${prefix}index.html`));
    await tab.locator("main .clauses a[href$='-9']").first().click();
    await tab.waitForURL(/requirements\.html#/);
    await tab.locator("main a[href*='requirements/iso27001-2022/9.2']").first().click();
    await tab.waitForURL(/9\.2[^/]*\.html$/);
    assert.ok((await tab.locator("main").getByRole("link", { name: /AUD-|監査|audit/i }).count()) > 0);
    assert.deepEqual(trouble, []);
    await close();
  }
});

test("a figure of the home page leads to the lines behind it, and the other language keeps them", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("index.html"));
  await tab.locator("main a[href='soa.html#applicability=excluded']").first().click();
  await tab.waitForURL(/excluded/);
  assert.equal(await tab.locator("tr.line:visible").count(), 3);
  await tab.locator("a[hreflang=en]").first().click();
  await tab.waitForURL(/en\/soa\.html#applicability=excluded/);
  assert.equal(await tab.locator("tr.line:visible").count(), 3);
  await tab.reload();
  assert.equal(await tab.locator("tr.line:visible").count(), 3);
  assert.deepEqual(trouble, []);
  await close();
});

test("the drawing of a control leads to what it shows", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("controls/iso27001-2022/A.5.15.html"));
  await tab.locator(".graph a.node-document").first().click();
  await tab.waitForURL(/policies\//);
  assert.ok(await tab.locator(".graph svg").isVisible());
  assert.deepEqual(trouble, []);
  await close();
});
