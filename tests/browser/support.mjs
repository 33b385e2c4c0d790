// Opens the built site in Chromium and listens for what must never happen.
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import path from "node:path";

export const site = process.env.SITE;

/** The address of a page of the site on the file system. */
export const fileUrl = (page) => pathToFileURL(path.join(site, page)).href;

/** A browser for one test file; closes with `close()`. */
export async function open() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return browser;
}

/** A page whose console errors and requests to anywhere else are collected in `trouble`. */
export async function page(browser, options = {}) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const trouble = [];
  tab.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  tab.on("request", (request) => {
    const own = request.url().startsWith("file:") || request.url().startsWith("http://127.0.0.1:");
    if (!own) trouble.push(`request: ${request.url()}`);
  });
  tab.on("requestfailed", (request) => trouble.push(`failed: ${request.url()}`));
  return { tab, trouble, close: () => context.close() };
}
