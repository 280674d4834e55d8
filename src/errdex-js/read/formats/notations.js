// Reads one object embedded in text: JSON, a Python or Java repr, JavaScript inspection output, truncated or not. Twin
// of read/formats/notations.py.
"use strict";

const { finditer, match, matchEnd, sub } = require("../../runtime/re");
const { find, isalnum, isspace, startswith, strip } = require("../../runtime/text");

const {
  _A_TOKEN, _BARE, _BARE_TEXT, _BETWEEN, _BUDGET, _DEPTH, _ELLIPSIS, _ESCAPE, _GO_KEY, _HELD, _HELD_END, _JAVA_VALUE, _JOIN, _KEY,
  _MAX_GO_MAP, _MAX_GO_VALUE, _NUMBER, _PAIR, _PLAIN, _SEPARATOR, _SPACE, _STRING, _STRING_STARTS, _WORDS,
} = require("../../constants")("read.formats.notations");
const ELLIPSES = ["...", "…"];

class NoObjectError extends Error {}

/** Undo one level of backslash escapes; unknown ones such as \a keep their backslash. */
function unescape(text) {
  return text.includes("\\") ? sub(_ESCAPE, unescaped, text) : text;
}

function unescaped(found) {
  const code = found.g(1) ?? found.g(2);
  if (code) return String.fromCharCode(parseInt(code, 16));
  const char = found.g(3);
  if (char in _PLAIN) return _PLAIN[char];
  return isalnum(char) ? found[0] : char;
}

/** What is between the quotes of a `_STRING` match, unescaped. */
function content(string) {
  return unescape(string.g(1) ?? string.g(3) ?? "");
}

/** Reads the objects of one text until its budget is spent, as Maps: a text may contain any key, even `__proto__`. */
class Reader {
  constructor(text) {
    this.text = text;
    this.budget = _BUDGET;
  }

  /** Read the object or array at a position; like the methods below, returns [value, where it ends]. */
  read(position, depth = 0) {
    this.budget -= 1;
    if (depth > _DEPTH || this.budget <= 0) throw new NoObjectError();
    if (this.text[position] === "{") return this.object(position + 1, depth);
    if (this.text[position] === "m") return this.goMap(position + "map[".length);
    return this.array(position + 1, depth);
  }

  /** Read the keys and values of an object from a position inside it. */
  readInside(position) {
    return this.object(position, 0);
  }

  skip(position) {
    const char = this.text[position] ?? "";
    return char === "\\" || isspace(char) ? this.past(_SPACE, position) : position;
  }

  /** Where what a pattern matches at a position ends; much of it is paid for like tokens. */
  past(pattern, position) {
    const end = matchEnd(pattern, this.text, position);
    this.budget -= Math.floor((end - position) / _A_TOKEN);
    return end;
  }

  isCut(position) {
    return position >= this.text.length || this.budget <= 0 || startswith(this.text, ELLIPSES, position);
  }

  object(position, depth) {
    const text = this.text;
    const result = new Map();
    const add = (key, value) => result.has(key) || result.set(key, value);
    for (;;) {
      this.budget -= 1;
      position = this.past(_BETWEEN, position);
      const pair = this.budget > 0 ? match(_PAIR, text, position) : null;
      if (pair) {
        position = pair.end;
        add(unescape(pair.g(1) ?? pair.g(2)), unescape(pair.g(3) ?? pair.g(4) ?? ""));
        continue;
      }
      if (this.isCut(position)) return [result, this.pastEllipsis(position)];
      if (text[position] === "}") return [result, position + 1];
      const [key, keyEnd] = this.key(position);
      const separator = match(_SEPARATOR, text, keyEnd);
      if (separator === null) {
        if (keyEnd >= text.length) return [result, keyEnd];
        throw new NoObjectError();
      }
      const [value, end] = this.value(separator.end, depth, separator.g(1) === "=");
      add(key, value);
      position = end;
    }
  }

  goMap(position) {
    const limit = Math.min(this.text.length, position + _MAX_GO_MAP);
    let end = find(this.text, "]", position, limit);
    end = end < 0 ? limit : end;
    const inside = this.text.slice(position, end);
    const pairs = new Map();
    const keys = [...finditer(_GO_KEY, inside)];
    keys.forEach((key, place) => {
      const upto = place + 1 < keys.length ? keys[place + 1].start - 1 : inside.length;
      const value = inside.slice(key.end, Math.max(key.end, upto));
      if (value.length <= _MAX_GO_VALUE && !value.includes("[")) pairs.set(key.g(1), value);
    });
    return [pairs, Math.min(end + 1, this.text.length)];
  }

  pastEllipsis(position) {
    return matchEnd(_ELLIPSIS, this.text, position);
  }

  array(position, depth) {
    const text = this.text;
    const result = [];
    for (;;) {
      this.budget -= 1;
      position = this.skip(position);
      if (this.isCut(position)) return [result, this.pastEllipsis(position)];
      if (text[position] === "]") return [result, position + 1];
      if (text[position] === ",") {
        position += 1;
        continue;
      }
      const [value, after] = this.value(position, depth, false);
      if (after === position) throw new NoObjectError();
      result.push(value);
      position = after;
    }
  }

  string(position) {
    return _STRING_STARTS.includes(this.text[position]) ? match(_STRING, this.text, position) : null;
  }

  key(position) {
    let found = this.string(position);
    if (found) return [content(found), found.end];
    found = match(_KEY, this.text, position);
    if (found === null) throw new NoObjectError();
    return [found[0], found.end];
  }

  value(position, depth, java) {
    const text = this.text;
    if (position >= text.length) return [null, position];
    if (text[position] === "{" || text[position] === "[") return this.read(position, depth + 1);
    let found = this.string(position);
    if (found) {
      let value = content(found);
      position = found.end;
      while (found.g(2) || found.g(4)) {
        const join = match(_JOIN, text, position);
        const following = join && match(_STRING, text, join.end);
        if (!following) break;
        value += content(following);
        position = following.end;
      }
      return [value, position];
    }
    if (java) {
      found = match(_JAVA_VALUE, text, position);
      return found ? [strip(found[0]), found.end] : [null, position];
    }
    const held = match(_HELD, text, position);
    if (held && held.g(1) === null) {
      const [value, end] = this.value(held.end, depth, false);
      return [value, matchEnd(_HELD_END, text, end)];
    }
    found = held ?? match(_BARE, text, position);
    if (found === null) return [null, position];
    const bare = held ? held.g(1) : found[0];
    if (bare in _WORDS) return [_WORDS[bare], found.end];
    if (bare === "false" || bare === "False") return [false, found.end];
    if (match(_NUMBER, bare)) return [Number(bare), found.end];
    if (held) return [bare, found.end];
    found = match(_BARE_TEXT, text, position);
    return found ? [strip(found[0]), found.end] : [bare, position + bare.length];
  }
}

module.exports = { NoObjectError, Reader, unescape };
