"use strict";

const assert = require("node:assert");
const test = require("node:test");
const constants = require("../constants");
const { Pattern } = require("../runtime/re");

test("frozensets are Sets, dicts have no prototype, patterns are Patterns, of dicts too", () => {
  const { BODY_KEYS } = constants("read.body_keys");
  assert.ok(BODY_KEYS instanceof Set && BODY_KEYS.has("message"));
  const { _WORDS } = constants("read.formats.notations");
  assert.ok("nil" in _WORDS && !("constructor" in _WORDS));
  const { KINDS } = constants("rules.holes");
  assert.ok(Object.values(KINDS).every((kind) => kind instanceof Pattern));
});

test("a constant that is not there is an error", () => {
  assert.throws(() => {
    const { _NO_SUCH } = constants("read.text");
    return _NO_SUCH;
  }, /read\.text has no constant _NO_SUCH/);
  assert.throws(() => constants("read.nowhere").FIELD, /read\.nowhere has no constant FIELD/);
});
