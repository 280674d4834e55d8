"use strict";

const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { spawnSync } = require("node:child_process");
const test = require("node:test");
const { classify, createCatalog, detect } = require("..");
const { Catalog } = require("../classifier/catalog");

const ROOT = join(__dirname, "..", "..", "..");
const SHARED = readFileSync(join(ROOT, "tests", "data", "shared_cases.jsonl"), "utf8");
const CASES = SHARED.trim().split("\n").map((line) => JSON.parse(line));
const PAGES = JSON.parse(readFileSync(join(ROOT, "src", "errdex", "data", "pages.json"), "utf8"));
const { columns, words } = PAGES.entries;
const IDS = columns[0];
const EXAMPLES = IDS.flatMap((id, place) =>
  (words[place][2] ?? []).filter((example) => typeof example === "string").map((text) => ({ id, text })),
);

const NOW = Date.now();
Date.now = () => NOW; // how long a limit lasts until a moment is the same for both ways

test("the cases that Python has as well", () => {
  assert.ok(CASES.length > 50);
  for (const { kind, ask, text, ...expected } of CASES) {
    const answer = ask === "detect" ? detect(text) : classify(text);
    const found = Object.fromEntries(Object.keys(expected).map((key) => [key, answer[key]]));
    assert.deepStrictEqual(found, expected, `${kind}: ${text}`);
  }
});

test("each example is its own entry's", () => {
  assert.ok(EXAMPLES.length > 700);
  for (const { id, text } of EXAMPLES) assert.strictEqual(classify(text).entry, id, text);
});

test("the fast paths give the answers of the reference", () => {
  const catalog = createCatalog();
  for (const { text } of [...EXAMPLES, ...CASES]) {
    assert.deepStrictEqual(catalog.classify(text), catalog.full.classify(text), text);
    assert.deepStrictEqual(catalog.detect(text), catalog.full.detect(text), text);
  }
});

test("nothing is no error, and names of objects' own are nothing special", () => {
  for (const text of ["", " \n", "all is well", '{"__proto__": {"status": 429}, "constructor": 1}', "\ud800"]) {
    assert.strictEqual(detect(text).basis, "none", text);
  }
  for (const text of ["", " \n", "\ud800"]) assert.strictEqual(classify(text).basis, "none", text);
});

test("an error that no entry lists is judged by its wording", () => {
  // Two features, of which each adds 20 to a class and nothing to the other or to the retry, and has length 1.
  const weights = {
    classes: ["context_length", "foreign"], biases: [0, 0], unit: 1, retry_bias: -1, retry_unit: 1,
    features: "many\ntokens", weights: "ddPPPP11",
  };
  const catalog = new Catalog(require("../data/rules.json"), weights);
  const answer = catalog.classify("so many tokens were sent to the frobnicator");
  assert.deepStrictEqual([answer.basis, answer.entry, answer.docs_url], ["wording", null, null]);
  assert.deepStrictEqual([answer.category, answer.retryable, answer.confidence], ["context_length", false, 0.99]);
  assert.ok(answer.title && answer.fix);
  assert.strictEqual(catalog.classify("so many frobnicators").basis, "none"); // of too few features nothing is known
});

test("whether a text is an error is for detect to find out, not for classify", () => {
  assert.strictEqual(detect("the user asked how to raise the credit balance").basis, "none");
  assert.deepStrictEqual(detect("invalid api token"), classify("invalid api token"));
});

test("entries that are most like an unknown text", () => {
  const [first] = createCatalog().closest("the prompt had too many tokens in total", 3);
  assert.match(first, /token|prompt|context/);
});

test("rules of another format are refused", () => {
  assert.throws(() => createCatalog({ format: 0 }), /format 0/);
});

test("the command answers line by line", () => {
  const texts = ["invalid api token", "two\nlines"];
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join("");
  const done = spawnSync(process.execPath, [join(__dirname, "..", "bin", "classify.js")], { input, encoding: "utf8" });
  assert.strictEqual(done.status, 0, done.stderr);
  assert.deepStrictEqual(done.stdout.trim().split("\n").map(JSON.parse), texts.map(classify));
});
