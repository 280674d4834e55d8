// Texts as they come: made into one of bounded length, without colours and traceback frames; and what may be in them.
// Twin of read/raw_text.py.
"use strict";

const { withoutFrames } = require("./formats/tracebacks");
const { match, sub } = require("../runtime/re");

const { ANSI, _INSIDE, MAX_TEXT } = require("../constants")("read.raw_text");

/** A text without colours and traceback frames. */
function asText(raw) {
  const text = withoutColours(shorten(raw));
  return text.includes("\n") ? withoutFrames(text) : text;
}

/** Whether a text may contain an object, or be the inside of one. */
function mayHoldBody(text) {
  if ((text.includes("{") && (text.includes(":") || text.includes("="))) || text.includes("map[")) return true;
  return (text.includes('":') || text.includes("':")) && match(_INSIDE, text) !== null;
}

/** Reduce a text longer than `MAX_TEXT` to its two ends. */
function shorten(text) {
  if (text.length <= MAX_TEXT) return text;
  const half = Math.floor(MAX_TEXT / 2);
  return text.slice(0, half) + "\n" + text.slice(-half);
}

/** Remove terminal escape sequences from a text. */
function withoutColours(text) {
  return text.includes("\x1b") ? sub(ANSI, "", text) : text;
}

module.exports = { asText, mayHoldBody, shorten, withoutColours };
