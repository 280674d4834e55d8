// What kind of line a place in a text stands in; the same as read/lines.py.
"use strict";

const { _CODE, _MARKUP, _MAX_LINE, _OPENING, BULLET } = require("../constants")("read.lines");
const re = require("../runtime/re");
const { find } = require("../runtime/text");

class Lines {
  constructor(text) {
    this.text = text;
    this.start = 0;
    this.end = -1;
    this.introduced = new Map();
    this.code = new Map();
    this.markup = new Map();
  }

  at(position) {
    if (!(this.start <= position && position <= this.end)) {
      const end = this.text.indexOf("\n", position);
      // lastIndexOf at -1 looks at 0 too, so the first line needs no search.
      this.start = position > 0 ? this.text.lastIndexOf("\n", position - 1) + 1 : 0;
      this.end = end < 0 ? this.text.length : end;
    }
    return [this.start, this.end];
  }

  isCode(position) {
    return this.is(_CODE, this.code, position);
  }

  isMarkup(position) {
    return this.is(_MARKUP, this.markup, position);
  }

  is(pattern, known, position) {
    const [start, end] = this.at(position);
    let found = known.get(start);
    if (found === undefined) {
      found = re.match(pattern, this.text, start, Math.min(end, start + _MAX_LINE)) !== null;
      known.set(start, found);
    }
    return found;
  }

  isItem(position) {
    const [start, end] = this.at(position);
    return re.match(BULLET, this.text, start, end) !== null;
  }

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

module.exports = { Lines };
