// The site from a file share: every page opens, every link arrives, nothing is asked of another host.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fileUrl, open, page, site } from "./support.mjs";

let browser;
before(async () => {
  browser = await open();
});
after(async () => {
  await browser.close();
});

const pagesOf = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return pagesOf(full);
    return entry.name.endsWith(".html") ? [path.relative(site, full)] : [];
  });

test("the main pages open in both languages without trouble", async () => {
  const { tab, trouble, close } = await page(browser);
  for (const name of ["index.html", "soa.html", "risk-register.html", "documents.html", "requirements.html", "scope.html", "findings.html", "controls/iso27001-2022/A.5.15.html", "controls/iso27017-2015/CLD.9.5.1.html", "policies/access-control.html"]) {
    for (const prefix of ["", "en/"]) {
      await tab.goto(fileUrl(prefix + name));
      assert.equal(await tab.locator("h1").count(), 1, `${prefix}${name} has one h1`);
      assert.equal(await tab.locator("html").getAttribute("lang"), prefix ? "en" : "ja");
    }
  }
  assert.deepEqual(trouble, []);
  await close();
});

test("the SoA has a row a line, and a reader walks from it to a control, its document and back", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("soa.html"));
  const statement = JSON.parse(fs.readFileSync(path.join(site, "soa.json"), "utf8"));
  assert.equal(statement.lines.length, 93 + 79);
  assert.equal(await tab.locator("tr.line").count(), statement.lines.length);
  await tab.getByRole("link", { name: "A.5.15", exact: true }).first().click();
  await tab.waitForURL(/A\.5\.15\.html$/);
  await tab.getByRole("main").getByRole("link", { name: /POL-003/ }).first().click();
  await tab.waitForURL(/access-control\.html/);
  assert.match(await tab.locator("h1").innerText(), /アクセス/);
  assert.deepEqual(trouble, []);
  await close();
});

test("the language switch leads to the same page", async () => {
  const { tab, trouble, close } = await page(browser);
  await tab.goto(fileUrl("policies/access-control.html"));
  await tab.locator("a[hreflang=en]").first().click();
  await tab.waitForURL(/en\/policies\/access-control\.html$/);
  assert.equal(await tab.locator("html").getAttribute("lang"), "en");
  assert.deepEqual(trouble, []);
  await close();
});

test("the pages read without scripts", async () => {
  const { tab, trouble, close } = await page(browser, { javaScriptEnabled: false });
  await tab.goto(fileUrl("soa.html"));
  assert.equal(await tab.locator("tr.line:visible").count(), 172);
  await tab.goto(fileUrl("index.html"));
  assert.ok((await tab.getByRole("navigation").count()) > 0);
  assert.deepEqual(trouble, []);
  await close();
});

test("every link of every page arrives", () => {
  const missing = new Set();
  const targets = new Map();
  const anchorsOf = (file) => {
    if (!targets.has(file)) {
      const text = fs.readFileSync(file, "utf8");
      targets.set(file, new Set([...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1].replaceAll("&amp;", "&"))));
    }
    return targets.get(file);
  };
  for (const name of pagesOf(site)) {
    const base = fileUrl(name);
    const text = fs.readFileSync(path.join(site, name), "utf8");
    for (const [, raw] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
      const address = raw.replaceAll("&amp;", "&");
      if (/^(https?|mailto|tel):/.test(address)) continue;
      const url = new URL(address, base);
      const file = fileURLToPath(new URL(url.pathname, "file://"));
      if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) {
        missing.add(`${name}: ${raw}`);
      } else if (url.hash && !url.hash.includes("=") && file.endsWith(".html") && !anchorsOf(file).has(decodeURIComponent(url.hash.slice(1)))) {
        missing.add(`${name}: ${raw} (anchor)`);
      }
    }
  }
  assert.deepEqual([...missing].slice(0, 20), []);
});
