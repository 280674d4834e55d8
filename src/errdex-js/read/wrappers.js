// Wrapper heads: what clients write before a message. Twin of read/wrappers.py.
"use strict";

const { matchHead } = require("../rules/units");
const { match } = require("../runtime/re");
const { isalnum, isalpha, isdecimal, isdigit, lstrip, rstrip, split } = require("../runtime/text");

const { _CLASS_HEAD, _DECORATION, _DIGITS, _HEAD_KEY, _MAX_DIGITS, _MAX_HEADS } =
  require("../constants")("read.wrappers");
const { BETWEEN } = require("../constants")("read.signals.numbers");
const { TELLING } = require("../constants")("rules.tokens");

/** The HTTP status of an error among the values of a head, or null. */
function statusOf(values) {
  const text = values.has("status") ? values.get("status")[1] : "";
  return isdecimal(text) && 400 <= Number(text) && Number(text) <= 599 ? Number(text) : null;
}

class WrapperHeads {
  constructor(rules) {
    this.heads = new Map();
    this.numberHeads = []; // heads that begin with a number, each with the literal that follows it
    this.openHeads = []; // heads that begin with a hole or a short literal, each with its longest literal
    this.beforeStatuses = new Set(); // what stands before the status in heads: the last words of a literal
    for (const head of rules.heads) this.add(head);
  }

  add(head) {
    const [first, second] = head;
    const literals = head.filter((part) => typeof part === "string");
    const letters = [...literals.join("")].filter(isalpha).length;
    const telling = letters >= TELLING;
    const item = [head, telling];
    head.slice(1).forEach((part, place) => {
      const before = head[place];
      if (typeof part === "string" || part[0] !== "status" || typeof before !== "string") return;
      for (const word of split(rstrip(before, BETWEEN)).slice(-1)) this.beforeStatuses.add(word);
    });
    const plain = typeof first === "string";
    if (plain && first.length >= _HEAD_KEY) {
      const key = first.slice(0, _HEAD_KEY);
      if (!this.heads.has(key)) this.heads.set(key, []);
      this.heads.get(key).push(item);
    } else if (first[1] === "int") {
      this.numberHeads.push([typeof second === "string" ? second : "", item]);
    } else {
      this.openHeads.push([literals.reduce((one, other) => (other.length > one.length ? other : one)), item]);
    }
  }

  /** The wrapper heads at the start of a text, in order, each [where it ends, values, telling]. */
  atStart(text, low) {
    const places = [];
    const first = low.slice(0, 1);
    if (!(low.includes(": ") || low.includes(" - ") || isdigit(first) || this.heads.has(low.slice(0, _HEAD_KEY)))) {
      return places;
    }
    let start = isalnum(first) ? 0 : match(_DECORATION, text).end;
    const openHeads = this.openHeads.filter(([literal]) => low.includes(literal)).map(([, head]) => head);
    const hasWord = low.includes("error") || low.includes("exception") || low.includes("timeout");
    for (let count = 0; count < _MAX_HEADS && start + 1 < low.length; count++) {
      const heads = [...this.candidates(low, start), ...openHeads];
      const isWord = hasWord && !isdigit(low[start]);
      if (!(heads.length || isWord)) break;
      const classHead = isWord ? match(_CLASS_HEAD, text, start) : null;
      let best = classHead ? [classHead.end, new Map(), false] : null;
      for (const [head, telling] of heads) {
        const found = matchHead(head, text, low, start);
        if (found && found[0] > start && (best === null || found[0] > best[0])) best = [...found, telling];
      }
      if (best === null) break;
      places.push(best);
      start = best[0];
    }
    return places;
  }

  candidates(low, start) {
    const heads = this.heads.get(low.slice(start, start + _HEAD_KEY)) ?? [];
    const found = heads.filter(([head]) => low.startsWith(head[0], start));
    if (isdigit(low.slice(start, start + 1))) {
      const after = lstrip(low.slice(start, start + _MAX_DIGITS), _DIGITS);
      for (const [literal, head] of this.numberHeads) {
        if (after.startsWith(literal)) found.push(head);
      }
    }
    return found;
  }
}

module.exports = { WrapperHeads, statusOf };
