// Finds objects embedded in text. Twin of read/formats/embedded.py.
"use strict";

const { NoObjectError, Reader, unescape } = require("./notations");
const { match, search } = require("../../runtime/re");
const { find, isspace, strip } = require("../../runtime/text");

const { _ESCAPED_QUOTE, _FRAGMENT, _GO_MAP, _MAX_BODIES } = require("../../constants")("read.formats.embedded");

/** The outermost objects with at least one key, in order, each { start, end, value }. */
function findBodies(text, escaped = false) {
  const bodies = [];
  const reader = new Reader(text);
  let position = 0;
  const fragment = match(_FRAGMENT, text);
  const inside = fragment && attempt(() => reader.readInside(fragment.end));
  // A single indented line of pretty-printed JSON does not tell what it belongs to.
  if (inside && (inside[0].size > 1 || !isspace(text[0]))) {
    position = inside[1];
    bodies.push({ start: 0, end: position, value: inside[0] });
  }
  while (bodies.length < _MAX_BODIES && reader.budget > 0) {
    const start = nextOpen(text, position);
    if (start < 0) break;
    const quote = escaped ? null : search(_ESCAPED_QUOTE, text, start, start + 40);
    if (quote && strip(text.slice(start + 1, quote.start), " [{\\nrt") === "") {
      // {\"message\": …}: the container that escaped it was cut off, so everything that follows is escaped too.
      escaped = true;
      let level = quote[0].length - 1;
      let innerText = text.slice(start);
      for (; level > 0; level = Math.floor(level / 2)) innerText = unescape(innerText);
      const inner = findBodies(innerText, escaped);
      if (inner.length) {
        bodies.push({ start, end: text.length, value: inner[0].value });
        break;
      }
    }
    const found = attempt(() => reader.read(start));
    if (!found) {
      position = start + 1;
      continue;
    }
    const [value, end] = found;
    if (value.size) bodies.push({ start, end, value });
    position = end;
  }
  return bodies;
}

function attempt(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoObjectError) return null;
    throw error;
  }
}

/** Where the next object or Go map may begin; -1 if there is none. */
function nextOpen(text, position) {
  const brace = text.indexOf("{", position);
  const end = brace < 0 ? text.length : brace;
  let goMap = find(text, "map[", position, end);
  while (goMap >= 0) {
    if (match(_GO_MAP, text, goMap)) return goMap;
    goMap = find(text, "map[", goMap + 1, end);
  }
  return brace;
}

module.exports = { findBodies };
