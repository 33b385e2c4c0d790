// The risk register and the treatment plan, from file://: sorting by head, filters that keep their state, folded lists.
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

for (const prefix of ["", "en/"]) {
  test(`the register of ${prefix || "ja/"} sorts by its heads, by keyboard as well`, async () => {
    const { tab, trouble, close } = await page(browser);
    await tab.goto(fileUrl(`${prefix}risk-register.html`));
    const head = tab.locator("table.risks th.col-level").first();
    const scores = () => tab.locator("table.risks tbody tr td:nth-child(3)").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.value)));
    await head.locator("button").focus();
    await tab.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const down = await scores();
    assert.ok(down.length > 10);
    assert.deepEqual(down, [...down].sort((a, b) => b - a));
    await tab.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await scores(), [...down].sort((a, b) => a - b));
    assert.deepEqual(trouble, []);
    await close();
  });
}

test("the register filters by owner, service and state, and the address keeps it", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("risk-register.html"));
  const shown = () => tab.locator("table.risks tr.line:visible").count();
  const all = await shown();
  await tab.locator(".filter select[name=service]").selectOption({ label: "Hako HR" });
  const some = await shown();
  assert.ok(some > 0 && some < all);
  await tab.locator(".filter select[name=state]").selectOption("overdue");
  assert.match(tab.url(), /#.*service=s\d.*state=overdue|#.*state=overdue.*service=s\d/);
  await tab.goto(`${fileUrl("risk-register.html")}#state=overdue`);
  await tab.reload();
  const overdue = await shown();
  assert.ok(overdue > 0 && overdue < all);
  assert.deepEqual(trouble, []);
  await close();
});

test("a cell of the heat map opens its list of risks", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("risk-register.html"));
  await tab.locator(".heat-map svg a").first().click();
  const id = decodeURIComponent(new URL(tab.url()).hash.slice(1));
  await tab.locator(`[id="${id}"]`).waitFor({ state: "visible" });
  await tab.locator(`[id="${id}"] a`).first().click();
  await tab.waitForURL(/risks\/rsk-\d+\.html/);
  await close();
});

test("the plan hides a risk with all its actions", async () => {
  const { tab, close } = await page(browser);
  await tab.goto(fileUrl("treatment-plan.html"));
  const bodies = tab.locator("table.plan tbody:visible");
  const all = await bodies.count();
  await tab.locator(".filter select[name=state]").selectOption("open");
  const open = await bodies.count();
  assert.ok(open > 0 && open < all);
  await close();
});
