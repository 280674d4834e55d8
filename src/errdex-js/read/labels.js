// Where a message may begin in a free text: behind a label, at the start of a line; the same as read/labels.py.
"use strict";

const { _ALONE, _ENDINGS, _KEYS, _LETTER, _LOG_HEAD, _MAX_CLIENT_WORDS, _MAX_LINE_HEAD, _label } =
  require("../constants")("read.labels");
const { DECORATION, ERROR_CLASS } = require("../constants")("read.lines");
const { fullmatch, search } = require("../runtime/re");
const { isalnum, isdigit, isupper, rpartition, rstrip } = require("../runtime/text");

const ALONE = new Set(_ALONE);
const KEYS = new Set(_KEYS);
const LAST = new Set(":-：>=|])");

class Labels {
  constructor(providers) {
    this.providers = providers;
  }

  namesBefore(text, position) {
    const before = text.slice(0, position);
    if (position > _MAX_CLIENT_WORDS || before.includes("'")) return false;
    return this.providers.mentioned(before.toLowerCase()) || search(ERROR_CLASS, before) !== null;
  }

  opensLine(lines, position) {
    const [line] = lines.at(position);
    if (position - line > _MAX_LINE_HEAD) return false;
    const letter = search(_LETTER, lines.text, line, position);
    if (letter && !("TZ".includes(letter[0]) && fullmatch(DECORATION, lines.text.slice(line, position)))) return false;
    return !lines.isCode(position) && !lines.isMarkup(position);
  }

  followsLogHead(lines, position) {
    const [line] = lines.at(position);
    if (position - line > _MAX_LINE_HEAD || lines.quotationAt(position - 1) >= 0) return false;
    return fullmatch(_LOG_HEAD, lines.text.slice(line, position)) !== null;
  }

  introduces(lines, position) {
    let found = lines.introduced.get(position);
    if (found === undefined) {
      found = this.judge(lines, position);
      lines.introduced.set(position, found);
    }
    return found;
  }

  // `_introduces` of Python.
  judge(lines, position) {
    if (!this.precedes(lines, position) || lines.isCode(position) || lines.isMarkup(position)) return false;
    const quotation = lines.quotationAt(position - 1);
    return quotation < 0 || this.precedes(lines, quotation);
  }

  precedes(lines, position) {
    const [line] = lines.at(position);
    const before = lines.text.slice(Math.max(line, position - 200), position);
    const last = rstrip(before, " '[(<").slice(-1);
    if (!(last === "" || LAST.has(last) || isupper(last) || isdigit(last) || before.endsWith("("))) return false;
    return this.isLabel(before) || search(_label, before) !== null;
  }

  isLabel(before) {
    const head = rstrip(before, "'[(<");
    if (head.endsWith("=")) return KEYS.has(rpartition(head.slice(0, -1), " ")[2].toLowerCase());
    if (!head.endsWith(": ")) return false;
    const word = rpartition(head.slice(0, -2), " ")[2].toLowerCase();
    if (_ENDINGS.some((ending) => word.endsWith(ending))) return isalnum(word.replace(/[._$]/g, ""));
    return ALONE.has(word) || this.providers.names.has(word);
  }
}

module.exports = { Labels };
