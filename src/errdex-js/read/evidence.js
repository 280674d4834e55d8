// The evidence: what was read from a raw error, before anything is decided. Twin of read/evidence.py.
"use strict";

const { Lines } = require("./lines");
const { fold, normalise } = require("../rules/normal_form");
const { minBy } = require("../runtime/sorting");
const { rpartition, strip } = require("../runtime/text");

/** An HTTP status in a text; `strong` if it counts without a recognised message. */
class SeenStatus {
  constructor(status, position, strong) {
    this.status = status;
    this.position = position;
    this.strong = strong;
  }
}

/** An exception class in a text; `path` is as written, with its module. */
class SeenException {
  constructor(path, position) {
    this.path = path;
    this.position = position;
  }

  get name() {
    return rpartition(this.path, ".")[2];
  }
}

/** A text that may be, or contain, an API's message; see Message in read/evidence.py. */
class Message {
  constructor(text, { known, whole = false, status = null }) {
    this.text = strip(normalise(text));
    this.lines = new Lines(this.text, text);
    this.low = fold(this.text);
    this.known = known;
    this.whole = whole;
    this.supported = false;
    this.status = status;
    this.statuses = [];
    this.exceptions = [];
    this.words = new Set();
    this.starts = [0];
  }

  /** The status nearest to a message in the text, never one inside it; otherwise that of the whole text. */
  statusNear(start, end) {
    const outside = this.statuses.filter((seen) => !(start <= seen.position && seen.position < end));
    if (!outside.length) return this.status;
    return minBy(outside, (seen) => Math.abs(seen.position - start)).status;
  }
}

/** Everything read from a raw error; see Evidence in read/evidence.py. */
class Evidence {
  constructor(asserted = false) {
    this.asserted = asserted;
    this.messages = [];
    this.codes = [];
    this.fields = []; // [path, value]
    this.exceptions = [];
    this.providers = [];
    this.headers = new Map();
    this.called = false; // whether it shows which host was called
    this.status = null;
    this.strong = false;
    this.told = null;
    this.error = false;
  }

  /** The HTTP status of the raw error as a whole, if need be as told in words. */
  get statusOrTold() {
    return this.status ?? this.told?.status ?? null;
  }

  /** Add response headers, given as a Map or as an array of pairs; the first value of a name wins. */
  addHeaders(headers) {
    if (headers instanceof Map && !this.headers.size) {
      const plain = new Map();
      for (const [name, value] of headers) {
        if (typeof value === "string") plain.set(name.toLowerCase(), value);
      }
      if (plain.size === headers.size) {
        this.headers = plain;
        return;
      }
    }
    for (const item of headers) {
      const pair = unpacked(item);
      if (pair.length !== 2 || typeof pair[0] !== "string") continue;
      const name = pair[0].toLowerCase();
      const value = Array.isArray(pair[1]) && pair[1].length ? pair[1][0] : pair[1];
      if (["string", "number", "boolean"].includes(typeof value) && !this.headers.has(name)) {
        this.headers.set(name, written(value));
      }
    }
  }
}

/** What Python's unpacking gives: the items of a list, the characters of a text, the keys of a mapping. */
function unpacked(item) {
  if (Array.isArray(item)) return item;
  if (typeof item === "string") return item.length > 4 ? [] : [...item];
  return item instanceof Map ? [...item.keys()] : [];
}

/** A scalar as Python's `str()` writes it. */
function written(value) {
  if (typeof value !== "boolean") return String(value);
  return value ? "True" : "False";
}

module.exports = { Evidence, Message, SeenException, SeenStatus };
