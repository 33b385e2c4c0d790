// The filters above the tables, by keyboard alone: what is shown, what is said, what the address keeps.
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

const shown = (tab) => tab.locator("tr.line:visible").count();

/** Presses Tab until the focus is on the field of this name. */
async function tabTo(tab, name) {
  for (let step = 0; step < 100; step += 1) {
    if (await tab.evaluate((name) => document.activeElement?.name === name, name)) return;
    await tab.keyboard.press("Tab");
  }
  assert.fail(`${name} is not reached by Tab`);
}

for (const [language, said] of [["", /172行のうち3行/], ["en/", /3 of 172/]]) {
  test(`the SoA is filtered by keyboard, and the address brings the choice back, in ${language || "ja/"}`, async () => {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(`${language}soa.html`));
    assert.equal(await shown(tab), 172);
    await tab.locator("main").focus();
    await tabTo(tab, "applicability");
    for (let step = 0; step < 5 && !tab.url().includes("excluded"); step += 1) await tab.keyboard.press("ArrowDown");
    assert.match(tab.url(), /#applicability=excluded$/);
    assert.equal(await shown(tab), 3);
    assert.match(await tab.locator("[role=status].filter-status").innerText(), said);
    await tabTo(tab, "text");
    await tab.keyboard.type("A.7.11");
    assert.equal(await shown(tab), 1);
    const address = tab.url();
    await tab.goto(fileUrl(`${language}index.html`));
    await tab.goto(address);
    assert.equal(await shown(tab), 1);
    assert.equal(await tab.locator("[name=text]").inputValue(), "A.7.11");
    await tab.locator("main [type=reset]").press("Enter");
    await tab.waitForFunction(() => !location.hash);
    assert.equal(await shown(tab), 172);
    assert.deepEqual(trouble, []);
    await close();
  });
}

test("role, status, theme and reason narrow the SoA together", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(`${fileUrl("soa.html")}#role=provider`);
  assert.equal(await shown(tab), 40);
  await tab.locator("[name=status]").selectOption("partial");
  const partial = await shown(tab);
  assert.ok(partial > 0 && partial < 40);
  await tab.goto(`${fileUrl("soa.html")}#role=customer`);
  assert.equal(await shown(tab), 39);
  await close();
});

test("a free text is found however it is typed", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("soa.html"));
  await tab.locator("[name=text]").fill("ａ.５.１５");
  const wide = await shown(tab);
  await tab.locator("[name=text]").fill("A.5.15");
  assert.equal(await shown(tab), wide);
  assert.ok(wide > 0);
  await tab.locator("[name=text]").fill("これはない");
  assert.equal(await shown(tab), 0);
  await close();
});

for (const [name, field] of [["documents.html", "kind"], ["risk-register.html", "inherent"]]) {
  test(`${name} is filtered by ${field}`, async () => {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(name));
    const all = await shown(tab);
    const value = await tab.locator(`[name=${field}] option`).nth(1).getAttribute("value");
    await tab.locator(`[name=${field}]`).selectOption(value);
    const some = await shown(tab);
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    await tab.reload();
    assert.equal(await shown(tab), some);
    assert.deepEqual(trouble, []);
    await close();
  });
}
