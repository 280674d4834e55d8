// Python's ordering of values, and functions based on it.
"use strict";

/** Comparator for `sort`: compares numbers, booleans, strings, and arrays of them the way Python compares tuples. */
function compare(one, other) {
  if (!Array.isArray(one)) return one < other ? -1 : one > other ? 1 : 0;
  for (let place = 0; place < one.length && place < other.length; place++) {
    const order = compare(one[place], other[place]);
    if (order) return order;
  }
  return one.length - other.length;
}

/** The item with the smallest key; of several, the first; null if there are no items. */
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
