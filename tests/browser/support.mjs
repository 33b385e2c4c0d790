// Opens the built site in Chromium and listens for what must never happen.
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

export const site = process.env.SITE;

/** The address of a page of the site on the file system. */
export const fileUrl = (page, folder = site) => pathToFileURL(path.join(folder, page)).href;

/** Every page of the site, by its path. */
export const pages = (folder = site) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return pages(full);
    return entry.name.endsWith(".html") ? [path.relative(site, full).replaceAll(path.sep, "/")] : [];
  }).sort();

/** The prefixes of the two languages of the repository's own book. */
export const languages = ["", "en/"];

/**
 * One page of each kind in the default language: all that stand at the root, and of each folder its own page, its
 * longest one and, where ids of two shapes stand together, one of the other shape.
 */
export function kinds() {
  const folders = new Map();
  for (const page of pages().filter((page) => !page.startsWith("en/"))) {
    const folder = path.posix.dirname(page);
    folders.set(folder, [...(folders.get(folder) || []), page]);
  }
  const size = (page) => fs.statSync(path.join(site, page)).size;
  return [...folders].flatMap(([folder, inside]) => {
    if (folder === ".") return inside.filter((page) => page !== "404.html");
    const own = inside.filter((page) => page.endsWith("/index.html"));
    const rest = inside.filter((page) => !own.includes(page));
    const longest = rest.reduce((best, page) => (size(page) > size(best) ? page : best), rest[0]);
    const others = rest.filter((page) => path.posix.basename(page).startsWith("CLD.")).slice(0, 1);
    return [...own, longest, ...others].filter(Boolean);
  });
}

/** A browser for one test file; closes with `close()`. */
export async function open() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return browser;
}

/**
 * A page whose console errors and requests to anywhere else are collected in `trouble`. However it is led elsewhere, all
 * that the new page asks for has come before the test goes on: leaving earlier cuts a request off, which is no fault.
 */
export async function page(browser, options = {}) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const trouble = [];
  tab.on("console", (message) => {
    const at = message.location().url;
    // Browsers ask a server for an icon of their own accord.
    if (message.type() === "error" && !at.endsWith("/favicon.ico")) trouble.push(`console: ${message.text()} ${at}`);
  });
  tab.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  tab.on("request", (request) => {
    const own = request.url().startsWith("file:") || request.url().startsWith("http://127.0.0.1:");
    if (!own) trouble.push(`request: ${request.url()}`);
  });
  tab.on("requestfailed", (request) => trouble.push(`failed: ${request.url()}`));
  settleAfterNavigating(tab);
  return { tab, trouble, close: () => context.close() };
}

/** Makes each way of leading a tab elsewhere wait until nothing that was asked for is still on its way. */
function settleAfterNavigating(tab) {
  const underway = new Set();
  let settled = () => {};
  const over = (request) => {
    underway.delete(request);
    if (underway.size === 0) settled();
  };
  // A stream of events is never over.
  tab.on("request", (request) => request.resourceType() === "eventsource" || underway.add(request));
  tab.on("requestfinished", over);
  tab.on("requestfailed", over);
  for (const name of ["goto", "reload", "waitForURL"]) {
    const navigate = tab[name].bind(tab);
    tab[name] = async (...given) => {
      const response = await navigate(...given);
      if (underway.size > 0) await new Promise((done) => { settled = done; });
      return response;
    };
  }
}

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

/** Visits many pages in two tabs at once; `visit(tab, name)` gives lines about what is wrong, and so does trouble. */
export async function visitAll(browser, options, names, visit) {
  const left = [...names];
  const found = [];
  const walk = async () => {
    const { tab, trouble, close } = await page(browser, options);
    for (let name = left.shift(); name; name = left.shift()) {
      found.push(...(await visit(tab, name)).map((line) => `${name}: ${line}`));
    }
    found.push(...trouble);
    await close();
  };
  await Promise.all([walk(), walk()]);
  return found.sort();
}

/** The pages of every kind in both languages. */
export const kindsInBoth = () => languages.flatMap((language) => kinds().map((kind) => language + kind));

/** A plain static server that knows the site below `prefix` only, as behind a reverse proxy; a slow one halts within each page. */
export async function serve(prefix, { slow = false } = {}) {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const file = path.join(site, name.slice(prefix.length));
    if (name === "/favicon.ico") return response.writeHead(204).end();
    if (!name.startsWith(prefix) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return response.writeHead(404).end();
    const body = fs.readFileSync(file);
    response.writeHead(200, { "content-type": types[path.extname(file)] || "application/octet-stream" });
    if (!slow || !file.endsWith(".html")) return response.end(body);
    response.write(body.subarray(0, body.length / 2));
    setTimeout(() => response.end(body.subarray(body.length / 2)), 100);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: (name) => `http://127.0.0.1:${server.address().port}${prefix}${name}`, close: () => server.close(server.closeAllConnections()) };
}
