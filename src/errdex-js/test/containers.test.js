"use strict";

const assert = require("node:assert");
const test = require("node:test");
const { intersection, isDisjoint, isSubset, union } = require("../runtime/sets");
const { compare, minBy } = require("../runtime/sorting");

test("sets", () => {
  const [one, other] = [new Set("abc"), new Set("cd")];
  assert.deepStrictEqual(intersection(one, other), new Set("c"));
  assert.deepStrictEqual(union(one, other), new Set("abcd"));
  assert.ok(!isDisjoint(one, other) && isDisjoint(one, new Set("x")));
  assert.ok(isSubset(new Set(), one) && isSubset(new Set("ab"), one) && !isSubset(other, one));
});

test("arrays compare as Python's tuples", () => {
  const rows = [[1, false, "b"], [1, false], [0, true], [1, false, "a"]];
  assert.deepStrictEqual(rows.sort(compare), [[0, true], [1, false], [1, false, "a"], [1, false, "b"]]);
});

test("minBy gives the first of the smallest", () => {
  assert.strictEqual(minBy(["bb", "a", "c"], (item) => item.length), "a");
  assert.strictEqual(minBy([], (item) => item), null);
});
