// What `check --format sarif` prints follows the schema of SARIF 2.1.0: for a book with a fault of nearly every kind,
// and for the repository's own book with its accepted finding.
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

const repository = path.resolve(import.meta.dirname, "../..");
const ismsbook = path.join(repository, "target/release/ismsbook");
const work = mkdtempSync(path.join(tmpdir(), "sarif-"));
after(() => rmSync(work, { recursive: true }));

const require = createRequire(import.meta.url);
const schemas = path.join(path.dirname(require.resolve("@microsoft/jest-sarif")), "schemas");
// One pattern of the schema is a regular expression only without the flag `u`.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const follows = ajv.compile(JSON.parse(readFileSync(path.join(schemas, "sarif-2.1.0-rtm.5.json"), "utf8")));

/** The SARIF of a book, once it is proved to follow the schema. */
function sarif(book, language, status) {
  const run = spawnSync(
    ismsbook,
    ["check", book, "--format", "sarif", "--today", "2026-11-22", "--language", language],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  assert.equal(run.status, status, run.stderr);
  const log = JSON.parse(run.stdout);
  assert.ok(follows(log), JSON.stringify(follows.errors, null, 1));
  return log.runs[0];
}

/** The book of `tests/books/every-fault.txt` with all its faults, as files in a folder. */
function everyFault() {
  const text = readFileSync(path.join(repository, "tests/books/every-fault.txt"), "utf8");
  const wrong = text.replace(/⟦([^¦]*)¦[^⟧]*⟧/gs, "$1");
  for (const part of wrong.split(/^--- (?=[^\n]*[./])/m).filter(Boolean)) {
    const [name, body] = [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)];
    if (!body.trim()) continue;
    const file = path.join(work, "every-fault", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
  return path.join(work, "every-fault");
}

test("a book with nearly every fault gives SARIF that follows its schema, in both languages", () => {
  const book = everyFault();
  for (const language of ["en", "ja"]) {
    const run = sarif(book, language, 1);
    const codes = new Set(run.results.map((result) => result.ruleId));
    assert.ok(codes.size > 80, `only ${codes.size} codes`);
    assert.ok(run.results.every((result) => run.tool.driver.rules[result.ruleIndex].id === result.ruleId));
    const prints = run.results.map((result) => result.partialFingerprints["ismsbook/v1"]);
    assert.equal(new Set(prints).size, prints.length, "every finding has its own fingerprint");
  }
});

test("the repository's own book gives SARIF that follows its schema, its accepted finding suppressed", () => {
  const run = sarif(repository, "ja", 0);
  assert.ok(run.results.length > 0);
  assert.ok(run.results.every((result) => result.suppressions.length === 1));
});
