"use strict";

const assert = require("node:assert");
const test = require("node:test");
const text = require("../runtime/text");

test("find and rfind look between two places, as in Python", () => {
  assert.strictEqual(text.find("abcabc", "c", 3), 5);
  assert.strictEqual(text.find("abcabc", "c", 0, 2), -1);
  assert.strictEqual(text.find("abc", "", 3), 3);
  assert.strictEqual(text.find("abc", "", 4), -1);
  assert.strictEqual(text.find("abc", "a", 2, 1), -1);
  assert.strictEqual(text.rfind("abcabc", "abc"), 3);
  assert.strictEqual(text.rfind("abcabc", "abc", 0, 5), 0);
  assert.strictEqual(text.rfind("abc", "", 4), -1);
});

test("startswith and endswith take a text or several, between two places", () => {
  assert.ok(text.startswith("abc", ["x", "bc"], 1));
  assert.ok(!text.startswith("abc", "bc", 1, 2));
  assert.ok(!text.startswith("abc", "", 4));
  assert.ok(text.endswith("abc", ["x", "b"], 0, 2));
  assert.ok(!text.endswith("abc", "abc", 1));
});

test("partition and rpartition", () => {
  assert.deepStrictEqual(text.partition("a.b.c", "."), ["a", ".", "b.c"]);
  assert.deepStrictEqual(text.rpartition("a.b.c", "."), ["a.b", ".", "c"]);
  assert.deepStrictEqual(text.partition("abc", "."), ["abc", "", ""]);
  assert.deepStrictEqual(text.rpartition("abc", "."), ["", "", "abc"]);
});

test("blanks are those of Python: separators of ASCII too, no BOM, no zero-width space", () => {
  assert.ok(text.isspace("\t\x1c\x1f\x85\xa0\u2028\u3000"));
  for (const odd of ["", "\ufeff", "\u200b", "\u180e"]) assert.ok(!text.isspace(odd));
  assert.strictEqual(text.strip("\x1f a b\u3000"), "a b");
  assert.strictEqual(text.strip("\ufeffa"), "\ufeffa");
  assert.deepStrictEqual(text.split(" a\x1fb  c "), ["a", "b", "c"]);
  assert.deepStrictEqual(text.split("a,,b", ","), ["a", "", "b"]);
});

test("strip takes a set of characters", () => {
  assert.strictEqual(text.strip("'[a]'", "[']"), "a");
  assert.strictEqual(text.lstrip("xxa", "x"), "a");
  assert.strictEqual(text.rstrip("xxx", "x"), "");
});

test("digits, decimals, letters and cases of Unicode", () => {
  assert.ok(text.isdigit("1²①٣"));
  assert.ok(!text.isdigit("½") && !text.isdigit(""));
  assert.ok(text.hasDigit("a²") && !text.hasDigit("a½"));
  assert.ok(text.isdecimal("1٣") && !text.isdecimal("²"));
  assert.ok(text.isalpha("äж中ª") && !text.isalpha("a1") && !text.isalpha(""));
  assert.ok(text.isalnum("a1½Ⅷ") && !text.isalnum("a_"));
  assert.ok(text.isupper("A1Ж") && !text.isupper("Aa") && !text.isupper("1"));
  assert.ok(text.isascii("") && !text.isascii("é"));
});
