// The preview of the repository's own book, while somebody writes: how long a page takes that is opened in a browser that
// knows nothing of it yet, beside others that stay open. LOADS names another number of loads. The limit asserted is a
// generous one: machines differ, and the figures printed are what counts; a load that hangs is beyond any limit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { open, page } from "./support.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.ISMSBOOK || path.join(root, "target/release/ismsbook");
const loads = Number(process.env.LOADS || 60);
const patience = 5000;
const document = "content/policies/access-control.md";

let browser;
let folder;
let preview;
let url;
before(async () => {
  browser = await open();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ismsbook-preview-"));
  for (const name of ["book.toml", "content", "catalogs"]) {
    if (fs.existsSync(path.join(root, name))) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  preview = spawn(program, ["serve", folder, "--port", "0", "--language", "en", "--today", "2026-11-22"]);
  url = await new Promise((ready, failed) => {
    let said = "";
    preview.on("exit", (status) => failed(new Error(`it ended with ${status}: ${said}`)));
    preview.stderr.on("data", (data) => { said += data; });
    preview.stdout.on("data", (data) => {
      said += data;
      const found = said.match(/http:\/\/[^/]+\//);
      if (found) ready(found[0]);
    });
  });
});
after(async () => {
  await browser.close();
  const ended = new Promise((done) => { preview.removeAllListeners("exit"); preview.on("exit", done); });
  preview.kill("SIGINT");
  assert.equal(await ended, 0, "Ctrl+C ends it with 0");
  fs.rmSync(folder, { recursive: true });
});

test(`${loads} pages in browsers of their own, with a save at every third`, async () => {
  const text = fs.readFileSync(path.join(folder, document), "utf8");
  const names = ["policies/access-control.html", "index.html"];
  const open = [];
  const took = [];
  const hung = [];
  let written = "";
  for (let at = 0; at < loads; at += 1) {
    if (at % 3 === 0) {
      written = `word-${at}-of-this-save`;
      fs.writeFileSync(path.join(folder, document), text.replace("\n## ", `\n${written}\n\n## `));
    }
    const { tab, trouble, close } = await page(browser);
    const start = performance.now();
    const lost = (what) => (error) => hung.push(`${at}: ${what}: ${error.name}`);
    await tab.goto(url + names[at % 2], { timeout: patience }).then(() => took.push(performance.now() - start), lost("load"));
    if (at % 2 === 0) await tab.getByText(written).waitFor({ timeout: patience }).catch(lost("news"));
    open.push({ trouble, close });
    if (open.length > 4 || at === loads - 1) {
      for (const old of open.splice(0, at === loads - 1 ? open.length : 1)) {
        hung.push(...old.trouble);
        await old.close();
      }
    }
  }
  const sorted = took.toSorted((a, b) => a - b);
  const figure = (part) => `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(0)} ms`;
  console.log(`${loads} page loads: median ${figure(0.5)}, p99 ${figure(0.99)}, max ${figure(1)}, over 1 s: ${took.filter((ms) => ms > 1000).length}`);
  assert.deepEqual(hung, [], "no page waits for another connection, and each hears of the save");
});
