// The normal form of texts: what different renderings of a message have in common. Twin of rules/normal_form.py.
"use strict";

const re = require("../runtime/re");
const { isascii, isspace, strip } = require("../runtime/text");

const { _HTML, _MARKDOWN_ESCAPE, _MARKDOWN_LINK, _MOJIBAKE, _TABLE, _TAG } =
  require("../constants")("rules.normal_form");

const TABLE = new Map(Object.entries(_TABLE).map(([code, plain]) => [String.fromCodePoint(code), plain]));
const escaped = (char) => `\\u{${char.codePointAt(0).toString(16)}}`;
const ODD = new RegExp(`[${Array.from(TABLE.keys(), escaped).join("")}]`, "gu");
const IS_ODD = /["\\`<]| {2}|\]\(|[^ -~]/;

/** Unify quotes, whitespace, Markdown escapes and links; whitespace that contains a line break becomes one break. */
function normalise(text) {
  if (!IS_ODD.test(text)) return text;
  if (mayBePage(text) && re.search(_HTML, text)) {
    text = re.sub(_TAG, "\n", text);
  }
  if (text.includes("â") || text.includes("Â")) {
    text = re.sub(_MOJIBAKE, (found) => (found[0].length > 1 ? "'" : ""), text);
  }
  if (text.includes("](") || text.includes("<http")) {
    text = re.sub(_MARKDOWN_LINK, (found) => found.g(1) ?? found.g(2), text);
  }
  if (text.includes("\\")) text = re.sub(_MARKDOWN_ESCAPE, (found) => found.g(1), text);
  text = text.replace(ODD, (char) => TABLE.get(char));
  if (text.includes("\n") || text.includes("\r")) text = oneBreak(text);
  return text.replace(/ {2,}/g, " ");
}

/** Reduce whitespace that contains a line break to one line break. */
function oneBreak(text) {
  const lines = text.replaceAll("\r", "\n").split("\n");
  const joined = lines.map((line) => strip(line)).filter(Boolean).join("\n");
  const [first, last] = [lines[0], lines.at(-1)];
  const before = strip(first) ? (isspace(first[0]) ? " " : "") : "\n";
  const after = strip(last) ? (isspace(last.at(-1)) ? " " : "") : "\n";
  return before + joined + after;
}

/** Whether a text may be a page of HTML, whose tags count as blanks. */
function mayBePage(text) {
  return text.includes("</") || text.includes("<title") || text.includes("<!");
}

/** A normalised text in lower case and on one line, with the same length. */
function fold(normal) {
  const folded = isascii(normal) ? normal.toLowerCase() : normal.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  return folded.replaceAll("\n", " ");
}

module.exports = { normalise, fold, mayBePage };
