// Machine codes in free text. Twin of read/signals/codes.py.
"use strict";

const { opens, tellsOfTrouble } = require("./reports");
const { first, match, search } = require("../../runtime/re");
const { partition, rpartition } = require("../../runtime/text");

const { _BESIDE, _CODE, _ECHO, _LABELLED_CODE, _MAX_FOUND, _NAMED_CODE, _OPENING_CODE, _OWN, _TROUBLE } =
  require("../../constants")("read.signals.codes");

/** The codes in a text that something beside them says to be one; not those in source code. */
function statedIn(lines, codes) {
  const { text } = lines;
  const isOne = (found) => codes.has(found.g(1)) && !lines.isCode(found.start);
  const stated = first(_CODE, text, _MAX_FOUND).filter((found) => isOne(found) && speaksOfError(text, found));
  const begun = first(_LABELLED_CODE, text, _MAX_FOUND).filter((found) => isOne(found) && !lines.isItem(found.start));
  const opening = first(_OPENING_CODE, text, _MAX_FOUND).filter((found) => {
    return codes.has(found.g(1)) && search(_OWN, found.g(1)) && isExplained(lines, found);
  });
  return [...stated, ...begun, ...opening].map((found) => found.g(1));
}

/** The codes that the text of an error has anywhere outside quotes. */
function namedIn(text, codes) {
  const named = first(_NAMED_CODE, text, _MAX_FOUND).map((found) => found.g(0));
  return new Set(named.filter((code) => codes.has(code)));
}

/** Whether a line begins with a code and then says what went wrong, if only in the code's own word. */
function isExplained(lines, found) {
  if (lines.isCodeOrMarkup(found.start) || !opens(lines, found.start)) return false;
  const words = lines.text.slice(found.end, found.end + _BESIDE);
  const echo = match(_ECHO, words);
  return echo ? found.g(1).includes(echo.g(1).toLowerCase()) : tellsOfTrouble(words);
}

/** Whether the line of a code says, apart from the code, that something went wrong. */
function speaksOfError(text, { start, end }) {
  const before = rpartition(text.slice(Math.max(0, start - _BESIDE), start), "\n")[2];
  const after = partition(text.slice(end, end + _BESIDE), "\n")[0];
  return search(_TROUBLE, before + " " + after) !== null;
}

module.exports = { namedIn, statedIn };
