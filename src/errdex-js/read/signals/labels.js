// Where a message may begin in free text: after a label, at the start of a line, or after the head of a log line. Twin
// of read/signals/labels.py.
"use strict";

const { DECORATION, ERROR_CLASS } = require("../lines");
const { Pattern, fullmatch, match, search } = require("../../runtime/re");
const { endswith, isalnum, isdigit, isupper, rpartition, rstrip } = require("../../runtime/text");

const { _ALONE, _CLASS_ENDINGS, _ENDINGS, _KEYS, _LETTER, _LOG_HEAD, _MAX_CLIENT_WORDS, _MAX_LINE_HEAD } =
  require("../../constants")("read.signals.labels");

const LAST = new Set(":-：>=|])");

class Labels {
  /** `label` is Python's `_label` for reversed texts, with the names of the catalog's providers. */
  constructor(providers, label) {
    this.providers = providers;
    this.label = Pattern.of(label);
  }

  /** Whether a position in a message field is preceded by a client's own words. */
  namesBefore(text, position) {
    const before = text.slice(0, position);
    if (position > _MAX_CLIENT_WORDS || before.includes("'")) return false;
    return this.providers.mentioned(before.toLowerCase()) || search(ERROR_CLASS, before) !== null;
  }

  /** Whether only decoration precedes a position on its line; false in lines of code and Markdown. */
  opensLine(lines, position) {
    const [line] = lines.at(position);
    if (position - line > _MAX_LINE_HEAD) return false;
    const letter = search(_LETTER, lines.text, line, position);
    if (letter && !("TZ".includes(letter[0]) && fullmatch(DECORATION, lines.text.slice(line, position)))) return false;
    return !lines.isCodeOrMarkup(position);
  }

  /** Whether a position follows what a logger writes before a message: a time first, a separator last. */
  followsLogHead(lines, position) {
    const [line] = lines.at(position);
    if (position - line > _MAX_LINE_HEAD || lines.quotationAt(position - 1) >= 0) return false;
    return fullmatch(_LOG_HEAD, lines.text.slice(line, position)) !== null;
  }

  /** Whether a message may begin at a position: after a label, outside code, Markdown and quotations. */
  introduces(lines, position) {
    let found = lines.introduced.get(position);
    if (found === undefined) {
      found = this._introduces(lines, position);
      lines.introduced.set(position, found);
    }
    return found;
  }

  _introduces(lines, position) {
    if (!this.precedes(lines, position) || lines.isCodeOrMarkup(position)) return false;
    const quotation = lines.quotationAt(position - 1);
    return quotation < 0 || this.precedes(lines, quotation);
  }

  /** Whether a position is preceded by a label: an error word, a class, a provider or a status. */
  precedes(lines, position) {
    const [line] = lines.at(position);
    const before = withoutStatus(lines.text.slice(Math.max(line, position - 200), position));
    const last = rstrip(before, " '[(<").slice(-1);
    if (!(last === "" || LAST.has(last) || isupper(last) || isdigit(last) || before.endsWith("("))) return false;
    return this.isLabel(before) || match(this.label, Array.from(before).reverse().join("")) !== null;
  }

  /** Whether a text ends in a simple label such as `failed: `; faster than the pattern, which covers it too. */
  isLabel(before) {
    const head = rstrip(before, "'[(<");
    if (head.endsWith("=")) return _KEYS.includes(rpartition(head.slice(0, -1), " ")[2].toLowerCase());
    if (!head.endsWith(": ")) return false;
    const word = rpartition(head.slice(0, -2), " ")[2].toLowerCase();
    if (endswith(word, _ENDINGS)) return isalnum(word.replace(/[._$]/g, ""));
    return _ALONE.includes(word) || this.providers.names.has(word);
  }
}

/** A text without the status at its end that an SDK's class puts before a message. */
function withoutStatus(before) {
  const head = /^[45][0-9]{2} $/.test(before.slice(-4)) ? before.slice(0, -4) : null;
  return head !== null && endswith(head, _CLASS_ENDINGS) ? head : before;
}

module.exports = { Labels };
