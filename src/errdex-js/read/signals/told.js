// Reads the HTTP status that an error tells in words. Twin of read/signals/told.py.
"use strict";

const { BULLET } = require("../lines");
const { finditer, fullmatch, match, search, sub } = require("../../runtime/re");
const { strip } = require("../../runtime/text");

const { LINE_HEAD, REPORTS } = require("../../constants")("read.signals.classes");
const {
  _AFTER_CLASS, _BEGINNING, _CLASSES, _CODE, _CODES, _ENDING, _MOST, _NAME, _OPERATION, _PATH, _READ, _REASON, _REASONS,
  _SEPARATOR,
} = require("../../constants")("read.signals.told");

/** The HTTP status that an error without one tells in words, as { status, byClass }, or null; see Python's told. */
function told(evidence, classes) {
  if (evidence.exceptions.some(({ path }) => classes.knows(path))) return null;
  for (const { name } of evidence.exceptions) {
    const found = fullmatch(_NAME, name);
    if (found) return { status: _CLASSES[found.g(1)], byClass: true };
  }
  for (const code of evidence.fields.some(([path]) => path === _OPERATION) ? [] : evidence.codes) {
    const found = fullmatch(_CODE, code.toLowerCase().replaceAll("_", "").replaceAll("-", ""));
    if (found) return { status: _CODES[found.g(1)], byClass: false };
  }
  for (const { lines, text } of evidence.messages) {
    const status = byClass(lines);
    if (status !== null) return { status, byClass: true };
    const found = search(_REASON, text);
    if (found) return { status: _REASONS[found.g(1)], byClass: false };
  }
  return null;
}

/** The HTTP status that a class tells which a text reports, or null. */
function byClass(lines) {
  const { text } = lines;
  let count = 0;
  for (const ending of finditer(_ENDING, text)) {
    if (count++ === _MOST) break;
    const [line, end] = lines.at(ending.start);
    const before = text.slice(Math.max(line, ending.start - _READ), ending.start);
    const found = search(_BEGINNING, before);
    const after = text.slice(ending.end, end);
    if (!found || !match(_AFTER_CLASS, after) || lines.isCode(ending.start)) continue;
    if (match(BULLET, text.slice(line, end)) && !strip(after)) continue; // an item of a list
    const lead = sub(_PATH, "", before.slice(0, found.start));
    if (fullmatch(LINE_HEAD, lead) || search(REPORTS, lead) || search(_SEPARATOR, lead)) return _CLASSES[found.g(1)];
  }
  return null;
}

module.exports = { told };
