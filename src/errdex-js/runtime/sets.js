// Python's set methods, as functions of a Set.
"use strict";

function isDisjoint(one, other) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const item of few) if (many.has(item)) return false;
  return true;
}

function intersection(one, other) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  const both = new Set();
  for (const item of few) if (many.has(item)) both.add(item);
  return both;
}

function union(one, other) {
  const all = new Set(one);
  for (const item of other) all.add(item);
  return all;
}

function isSubset(one, other) {
  for (const item of one) if (!other.has(item)) return false;
  return true;
}

module.exports = { intersection, isDisjoint, isSubset, union };
