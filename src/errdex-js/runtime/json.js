// Python's json.loads: objects become Maps, so that no key is special and all keep their order.
"use strict";

const MAX_DEPTH = 980; // approximately where Python raises RecursionError
const MAX_DIGITS = 4300; // of an int; with more, Python raises ValueError
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const STRING = /"([^"\\\x00-\x1f]*)(?:"|(?=\\))/y;
const ESCAPED = /((?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)"/y;
const CHUNK = /\\(?:u(.{4})|(.))/g;
const ESCAPES = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const WORDS = [
  ["null", null], ["true", true], ["false", false], ["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity],
];

class NoJson extends Error {}

class Parser {
  constructor(text) {
    this.text = text;
    this.position = 0;
  }

  whole() {
    this.skip();
    const value = this.value(0);
    this.skip();
    if (this.position < this.text.length) throw new NoJson();
    return value;
  }

  skip() {
    while (this.position < this.text.length && " \t\n\r".includes(this.text[this.position])) this.position += 1;
  }

  take(char) {
    if (this.text[this.position] !== char) return false;
    this.position += 1;
    return true;
  }

  value(depth) {
    if (depth > MAX_DEPTH) throw new NoJson();
    const char = this.text[this.position];
    if (char === '"') return this.string();
    if (char === "{") return this.object(depth);
    if (char === "[") return this.array(depth);
    for (const [word, value] of WORDS) {
      if (char === word[0] && this.text.startsWith(word, this.position)) {
        this.position += word.length;
        return value;
      }
    }
    return this.number();
  }

  object(depth) {
    const result = new Map();
    this.position += 1;
    this.skip();
    if (this.take("}")) return result;
    for (;;) {
      const key = this.string();
      this.skip();
      if (!this.take(":")) throw new NoJson();
      this.skip();
      result.set(key, this.value(depth + 1));
      this.skip();
      if (this.take("}")) return result;
      if (!this.take(",")) throw new NoJson();
      this.skip();
    }
  }

  array(depth) {
    const result = [];
    this.position += 1;
    this.skip();
    if (this.take("]")) return result;
    for (;;) {
      result.push(this.value(depth + 1));
      this.skip();
      if (this.take("]")) return result;
      if (!this.take(",")) throw new NoJson();
      this.skip();
    }
  }

  string() {
    STRING.lastIndex = this.position;
    const plain = STRING.exec(this.text);
    if (!plain) throw new NoJson();
    this.position = STRING.lastIndex;
    if (this.text[this.position] !== "\\" || plain[0].endsWith('"') && plain[0].length > 1) return plain[1];
    ESCAPED.lastIndex = this.position;
    const rest = ESCAPED.exec(this.text);
    if (!rest) throw new NoJson();
    this.position = ESCAPED.lastIndex;
    return plain[1] + rest[1].replace(CHUNK, (_, code, char) => {
      return code === undefined ? ESCAPES[char] ?? char : String.fromCharCode(parseInt(code, 16));
    });
  }

  number() {
    NUMBER.lastIndex = this.position;
    const found = NUMBER.exec(this.text);
    if (!found) throw new NoJson();
    if (!found[2] && !found[3] && found[1].length > MAX_DIGITS) throw new NoJson();
    this.position = NUMBER.lastIndex;
    return Number(found[0]);
  }
}

/** The value of a JSON text; null if it is not valid. */
function parse(text) {
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error instanceof NoJson) return null;
    throw error;
  }
}

module.exports = { parse };
