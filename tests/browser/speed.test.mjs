// How long the search takes over 1,000 documents (3.5 MB of text) from file://, as a figure. The limit asserted is a
// generous one: machines differ, and the figure printed is what counts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, page } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.ISMSBOOK || path.join(root, "target/release/ismsbook");

let browser;
let folder;
before(async () => {
  browser = await open();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ismsbook-speed-"));
});
after(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
});

const sentences = [
  "情報システム部長は、四半期ごとに利用者の権限を見直し、不要なものを削除しなければならない。",
  "The manager reviews the access rights of every user each quarter and removes what is no longer needed. ",
  "供給者との契約には（委託先を含む）再委託の条件、監査の権利及び契約終了時の情報の返却を定める。",
  "Backups are restored to a separate environment twice a year, and the result is recorded with its date. ",
];

/** A book of so many documents; each has 3.5 kB of text and one word of its own. */
function book(count) {
  fs.writeFileSync(path.join(folder, "book.toml"), '[book]\nlanguages = ["ja"]\n');
  for (let at = 0; at < count; at += 1) {
    const inside = path.join(folder, "content", `part-${at % 40}`);
    fs.mkdirSync(inside, { recursive: true });
    let text = `---\nid: DOC-${at}\ntype: procedure\ntitle: 手順書${at}\n---\n`;
    for (let section = 0; text.length < 2300 && section < 40; section += 1) {
      text += `## ${section + 1} 見出し${at}-${section}\n\n${sentences[(at + section) % 4]}${sentences[(at + section + 1) % 4]}\n\n`;
    }
    fs.writeFileSync(path.join(inside, `doc-${at}.md`), `${text}合言葉${at}番。\n`);
  }
}

test("the first result over 1,000 documents", async () => {
  book(1000);
  execFileSync(program, ["build", folder, "--today", "2026-11-22", "--output", path.join(folder, "site")]);
  const files = fs.readdirSync(path.join(folder, "site")).filter((name) => name.startsWith("search-data"));
  const bytes = files.reduce((sum, name) => sum + fs.statSync(path.join(folder, "site", name)).size, 0);
  assert.ok(files.length > 1, "the data stands in several scripts");
  const { tab, trouble, close } = await page(browser);
  // Notes how long each script of the data keeps the page busy once it is there.
  await tab.addInitScript(() => {
    window.spent = [];
    let given;
    const timed = (...data) => {
      const start = performance.now();
      given(...data);
      window.spent.push(performance.now() - start);
    };
    Object.defineProperty(window, "ismsbookSearch", { get: () => timed, set: (made) => { given = made; } });
  });
  await tab.goto(pathToFileURL(path.join(folder, "site/index.html")).href);
  await tab.keyboard.press("/");
  await tab.locator("#page-search-text").fill("合言葉777番");
  await tab.waitForFunction((count) => window.spent.length === count, files.length);
  await tab.locator("#page-search-results [role=option]").first().waitFor();
  const spent = await tab.evaluate(() => window.spent);
  const key = (words) => tab.evaluate((words) => {
    const input = document.querySelector("#page-search-text");
    input.value = words;
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    return performance.now() - start;
  }, words);
  const keys = [];
  for (const words of ["権限", "権限 見直し", "quarter", "DOC-5", "合言葉123番"]) keys.push([words, await key(words)]);
  const ms = (value) => `${value.toFixed(1)} ms`;
  const whole = spent.reduce((sum, one) => sum + one, 0);
  console.log(`search over 1,000 documents, ${files.length} scripts, ${(bytes / 1e6).toFixed(1)} MB: made ready and first result ${ms(whole)} (${spent.map(ms).join(" + ")}); ${keys.map(([words, took]) => `"${words}" ${ms(took)}`).join(", ")}`);
  assert.match(await tab.locator("#page-search-results [role=option]").first().innerText(), /手順書123/);
  assert.ok(whole < 2000 && keys.every(([, took]) => took < 1000), "far from what a reader would call at once");
  assert.deepEqual(trouble, []);
  await close();
});
