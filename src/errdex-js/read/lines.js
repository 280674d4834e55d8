// Tells which kind of line a position is in: source code, Markdown or a quotation, none of which reports an error. Twin
// of read/lines.py.
"use strict";

const re = require("../runtime/re");
const { find } = require("../runtime/text");

const {
  _CODE_OR_MARKUP, _INDENTED, _IS_CODE, _IS_MARKUP, _MAX_LINE, _NEITHER, _OPENING, BULLET, DECORATION, ERROR_CLASS,
} = require("../constants")("read.lines");

/** A text by lines; the kind of each line is determined only once. */
class Lines {
  /** `written` is the text before it was normalised, with all its blanks. */
  constructor(text, written = "") {
    this.text = text;
    this.written = written;
    this.start = 0; // the line last asked for
    this.end = -1;
    this.introduced = new Map(); // position → whether a message may begin there, as judged by Labels
    this.kinds = new Map();
  }

  /** Whether the text was written with an indent, at its beginning or behind a time. */
  isIndented() {
    return re.match(_INDENTED, this.written) !== null;
  }

  /** Where the line around a position begins and ends. */
  at(position) {
    if (!(this.start <= position && position <= this.end)) {
      const end = this.text.indexOf("\n", position);
      // lastIndexOf from -1 also examines index 0, so the start of the text is a special case.
      this.start = position > 0 ? this.text.lastIndexOf("\n", position - 1) + 1 : 0;
      this.end = end < 0 ? this.text.length : end;
    }
    return [this.start, this.end];
  }

  isCode(position) {
    return this.kind(position) === _IS_CODE;
  }

  isCodeOrMarkup(position) {
    return this.kind(position) !== _NEITHER;
  }

  kind(position) {
    const [start, end] = this.at(position);
    let kind = this.kinds.get(start);
    if (kind === undefined) {
      const found = re.match(_CODE_OR_MARKUP, this.text, start, Math.min(end, start + _MAX_LINE));
      kind = found === null ? _NEITHER : found.g(1) === null ? _IS_MARKUP : _IS_CODE;
      this.kinds.set(start, kind);
    }
    return kind;
  }

  /** Whether a position is in a list item. */
  isItem(position) {
    const [start, end] = this.at(position);
    return re.match(BULLET, this.text, start, end) !== null;
  }

  /** Where the quotation around a position begins, on its line; -1 if it is not in a quotation. */
  quotationAt(position) {
    const text = this.text;
    const start = Math.max(this.at(position)[0], position - _MAX_LINE);
    let begin = -1;
    if (find(text, "'", start, position) < 0) return begin;
    for (const found of re.finditer(_OPENING, text, start, position)) {
      begin = find(text, "'", found.end, position) < 0 ? found.start : -1;
    }
    return begin;
  }
}

module.exports = { BULLET, DECORATION, ERROR_CLASS, Lines };
