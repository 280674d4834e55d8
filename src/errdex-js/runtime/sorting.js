// Python's order of values, and what goes by it.
"use strict";

/** A comparison for `sort`: of numbers, booleans and texts, and of arrays of them, as Python compares tuples. */
function compare(one, other) {
  if (!Array.isArray(one)) return one < other ? -1 : one > other ? 1 : 0;
  for (let place = 0; place < one.length && place < other.length; place++) {
    const order = compare(one[place], other[place]);
    if (order) return order;
  }
  return one.length - other.length;
}

/** The item of the smallest key, the first of several; null if there is none. */
function minBy(items, key) {
  let best = null;
  let least = null;
  for (const item of items) {
    const value = key(item);
    if (best === null || compare(value, least) < 0) [best, least] = [item, value];
  }
  return best;
}

module.exports = { compare, minBy };
