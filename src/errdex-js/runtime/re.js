// Python's `re` for translated patterns: `search(p, text, pos, endpos)` and so on, where p is a Pattern.
//
// match, search and fullmatch return a Found or null. A Found has `start`, `end`, `[0]` and `g(0)` (the whole match),
// `g(n)` and `groups[n]` (null if the group did not participate). finditer returns a generator of Founds. findall
// returns what Python's does: strings, or arrays of strings, with "" for groups that did not participate. sub takes a
// function of a Found, or a plain string (without \1: pass a function instead). split returns what Python's does.
// As in Python, the text is treated as if it ended at `endpos`, and lookbehinds see what precedes `pos`.
"use strict";

class Pattern {
  /**
   * @param {string} source JavaScript source, for use with the flag `u`
   * @param {number[] | null} groups for each Python group, starting at 0, its number here; null if they are the same
   */
  constructor(source, groups = null) {
    this.source = source;
    this.numbers = groups;
    this.compiled = [null, null, null];
  }

  /** A pattern as translated by errdex/site/javascript_regex.py. */
  static of({ re, groups = null }) {
    return new Pattern(re, groups);
  }

  get(kind) {
    const [before, after, flag] = KINDS[kind];
    this.compiled[kind] = new RegExp(before + this.source + after, flag);
    return this.compiled[kind];
  }
}

const STICKY = 0;
const GLOBAL = 1;
const FULL = 2;
const KINDS = [["", "", "uy"], ["", "", "ug"], ["(?:", ")$", "uy"]];

class Found {
  constructor(pattern, result) {
    this.start = result.index;
    this.end = result.index + result[0].length;
    this[0] = result[0];
    this.result = result;
    this.pattern = pattern;
  }

  g(number) {
    const numbers = this.pattern.numbers;
    return this.result[numbers ? numbers[number] : number] ?? null;
  }

  get groups() {
    const size = this.pattern.numbers ? this.pattern.numbers.length : this.result.length;
    return Array.from({ length: size }, (_, number) => this.g(number));
  }
}

function run(kind, pattern, text, pos, endpos) {
  const regex = pattern.compiled[kind] ?? pattern.get(kind);
  if (endpos !== undefined && endpos < text.length) text = text.slice(0, Math.max(endpos, 0));
  if (pos > text.length) return null;
  regex.lastIndex = pos;
  return regex.exec(text);
}

function wrap(pattern, result) {
  return result ? new Found(pattern, result) : null;
}

function match(pattern, text, pos = 0, endpos = undefined) {
  return wrap(pattern, run(STICKY, pattern, text, pos, endpos));
}

function search(pattern, text, pos = 0, endpos = undefined) {
  return wrap(pattern, run(GLOBAL, pattern, text, pos, endpos));
}

function fullmatch(pattern, text, pos = 0, endpos = undefined) {
  return wrap(pattern, run(FULL, pattern, text, pos, endpos));
}

/** Where a match ends, or -1; faster than `match`, which creates an object. */
function matchEnd(pattern, text, pos = 0, endpos = undefined) {
  const result = run(STICKY, pattern, text, pos, endpos);
  return result ? pos + result[0].length : -1;
}

function* finditer(pattern, text, pos = 0, endpos = undefined) {
  if (endpos !== undefined && endpos < text.length) text = text.slice(0, Math.max(endpos, 0));
  for (let place = pos; place <= text.length; ) {
    const result = run(GLOBAL, pattern, text, place);
    if (!result) return;
    place = result.index + (result[0].length || 1);
    yield new Found(pattern, result);
  }
}

/** The first matches of a pattern, at most `most`. */
function first(pattern, text, most) {
  const all = [];
  for (const found of finditer(pattern, text)) {
    all.push(found);
    if (all.length === most) break;
  }
  return all;
}

function findall(pattern, text) {
  return Array.from(finditer(pattern, text), (found) => {
    const groups = found.groups.map((group) => group ?? "");
    return groups.length <= 2 ? groups.at(-1) : groups.slice(1);
  });
}

function sub(pattern, replacement, text) {
  let out = "";
  let position = 0;
  for (const found of finditer(pattern, text)) {
    out += text.slice(position, found.start) + (typeof replacement === "function" ? replacement(found) : replacement);
    position = found.end;
  }
  return out + text.slice(position);
}

function split(pattern, text) {
  const out = [];
  let position = 0;
  for (const found of finditer(pattern, text)) {
    out.push(text.slice(position, found.start), ...found.groups.slice(1));
    position = found.end;
  }
  out.push(text.slice(position));
  return out;
}

module.exports = { Pattern, Found, match, search, fullmatch, matchEnd, finditer, findall, first, sub, split };
