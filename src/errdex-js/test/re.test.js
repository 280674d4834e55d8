"use strict";

const assert = require("node:assert");
const test = require("node:test");
const re = require("../runtime/re");

const pattern = (source, groups) => new re.Pattern(source, groups);
const WORD = pattern("[a-z]+");

test("match stands at a place, search anywhere after it, fullmatch reaches to the end", () => {
  assert.strictEqual(re.match(WORD, "1ab"), null);
  assert.strictEqual(re.match(WORD, "1ab", 1)[0], "ab");
  assert.deepStrictEqual([re.search(WORD, "1ab2").start, re.search(WORD, "1ab2").end], [1, 3]);
  assert.strictEqual(re.fullmatch(WORD, "ab2"), null);
  assert.strictEqual(re.fullmatch(WORD, "1ab2", 1, 3)[0], "ab");
});

test("matchEnd is where a match ends, or -1", () => {
  assert.strictEqual(re.matchEnd(WORD, "1ab2", 1), 3);
  assert.strictEqual(re.matchEnd(WORD, "1ab2"), -1);
  assert.strictEqual(re.matchEnd(pattern("x*"), "1ab2", 4), 4);
});

test("endpos is where the text seems to end; a lookbehind sees what stands before pos", () => {
  assert.strictEqual(re.search(pattern("b$"), "abc", 0, 2).start, 1);
  assert.strictEqual(re.match(pattern("(?<=a)b"), "ab", 1).start, 1);
  assert.strictEqual(re.match(WORD, "ab", 0, -1), null);
  assert.strictEqual(re.search(WORD, "ab", 3), null);
});

test("groups have Python's numbers, whatever atomic groups stand between; one without a part is null", () => {
  const found = re.match(pattern("(?:(?=([0-9]+))\\1)(x)?(y)", [0, 2, 3]), "12y");
  assert.deepStrictEqual(found.groups, ["12y", null, "y"]);
  assert.deepStrictEqual([found.g(0), found.g(1), found.g(2)], ["12y", null, "y"]);
});

test("finditer goes on behind an empty match", () => {
  const places = Array.from(re.finditer(pattern("a*"), "aba"), (found) => [found.start, found.end]);
  assert.deepStrictEqual(places, [[0, 1], [1, 1], [2, 3], [3, 3]]);
  assert.deepStrictEqual(Array.from(re.finditer(WORD, "ab cd ef", 2, 5), (found) => found[0]), ["cd"]);
});

test("findall gives texts, or arrays of groups", () => {
  assert.deepStrictEqual(re.findall(WORD, "ab 1 cd"), ["ab", "cd"]);
  assert.deepStrictEqual(re.findall(pattern("([a-z])([0-9])?"), "a1b"), [["a", "1"], ["b", ""]]);
  assert.deepStrictEqual(re.findall(pattern("([a-z])[0-9]"), "a1b2"), ["a", "b"]);
});

test("sub takes a text or a function of what was found; split keeps groups", () => {
  assert.strictEqual(re.sub(WORD, "$&", "ab 1 cd"), "$& 1 $&");
  assert.strictEqual(re.sub(WORD, (found) => found[0].toUpperCase(), "ab 1"), "AB 1");
  assert.deepStrictEqual(re.split(pattern(" *, *"), "a , b,c"), ["a", "b", "c"]);
  assert.deepStrictEqual(re.split(pattern("\\{([a-z]+)\\}"), "a {b} c"), ["a ", "b", " c"]);
});
