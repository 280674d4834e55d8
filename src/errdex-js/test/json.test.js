"use strict";

const assert = require("node:assert");
const test = require("node:test");
const { parse } = require("../runtime/json");

test("objects are Maps: any key is an ordinary one, the last of a name counts, and the order stays", () => {
  const found = parse('{"__proto__": 1, "b": [true, null], "10": 2, "b": {"c": "d"}}');
  assert.deepStrictEqual([...found], [["__proto__", 1], ["b", new Map([["c", "d"]])], ["10", 2]]);
});

test("what Python reads and JSON.parse does not", () => {
  assert.deepStrictEqual(parse("[NaN, Infinity, -Infinity]"), [NaN, Infinity, -Infinity]);
});

test("escapes, surrogates too", () => {
  assert.strictEqual(parse('"\\u0041\\n\\/\\ud83d\\ude00"'), "A\n/😀");
});

test("numbers", () => {
  assert.deepStrictEqual(parse("[-0.5e3, 12, 0]"), [-500, 12, 0]);
  for (const odd of ["01", "1.", ".5", "+1", "1".repeat(4301)]) assert.strictEqual(parse(odd), null);
});

test("anything else is no JSON", () => {
  for (const odd of ["", "{", "[1,]", "{'a': 1}", '{"a" 1}', '"a\nb"', '"\\x41"', "[1] 2", "tru", "[".repeat(2000)]) {
    assert.strictEqual(parse(odd), null, odd.slice(0, 20));
  }
});
