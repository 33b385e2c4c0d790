// What comes out of the printer: paper, words, and nothing of the screen's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import { fileUrl, open, page } from "./support.mjs";

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

/** The words of a page's PDF, without line breaks, and what pdfinfo says of it. */
async function print(name) {
  const { tab, trouble, close } = await page(browser, { colorScheme: "dark" });
  await tab.goto(fileUrl(name));
  const input = await tab.pdf({ preferCSSPageSize: true, printBackground: true });
  await close();
  assert.deepEqual(trouble, []);
  const run = (tool, args) => execFileSync(tool, args, { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return { words: run("pdftotext", ["-layout", "-", "-"]), info: run("pdfinfo", ["-"]) };
}

for (const [name, title, uncontrolled, menu] of [
  ["policies/access-control.html", "アクセス制御方針", "印刷", "検索"],
  ["en/policies/access-control.html", "Access Control Policy", "printed", "Search"],
]) {
  test(`${name} prints with all that document control asks for`, async () => {
    const { words, info } = await print(name);
    const first = words.split("\f")[0];
    for (const text of ["POL-003", "2.1", title, "2026-06-15", "2027-06-30", "CISO"]) assert.ok(first.includes(text), `${text} on the first page:\n${first}`);
    assert.ok(words.includes(uncontrolled), "a printed copy is uncontrolled");
    assert.match(words, /1\.0\s.*20\d\d-\d\d-\d\d/, "the revision table");
    assert.ok(!first.split("\n").some((line) => line.trim() === menu), "nothing of the screen's header");
    assert.match(info, /Page size:\s+59[45][.\d]* x 84[12]/);
  });
}

test("the SoA prints on wide paper, with the heads of its columns on each page", async () => {
  const { words, info } = await print("soa.html");
  assert.match(info, /Page size:\s+84[12][.\d]* x 59[45]/);
  const sheets = words.split("\f").filter((sheet) => (sheet.match(/^ *(A|CLD)\.[\d.]+ .*適用/gm) || []).length > 2);
  assert.ok(sheets.length > 3);
  for (const sheet of sheets) assert.match(sheet, /番号 .*適用 .*理由 /);
});
