// Where in a text a message may be. Twin of match/message_finder.py.
"use strict";

const { findall, search } = require("../runtime/re");
const { endswith, isalnum } = require("../runtime/text");

const {
  _BEFORE_SENTENCE, _HEAD, _LONG, _LONG_TEXT, _MAX_PREFIXES, _MAX_QUOTES, _NEAR, _QUOTE, _SENTENCE_END,
} = require("../constants")("match.message_finder");

class MessageFinder {
  constructor(rules, matcher, prefixes, surroundings) {
    this.templates = rules.templates;
    this.matcher = matcher;
    this.prefixes = prefixes;
    this.byHead = new Map();
    for (const prefix of prefixes) {
      const head = prefix.slice(0, _HEAD);
      this.byHead.set(head, [...(this.byHead.get(head) ?? []), prefix]);
    }
    this.surroundings = surroundings;
  }

  /** The best match of a template in a text, or null; `starts` are 0 and the ends of wrapper heads. */
  find(number, lines, low, starts, known) {
    const template = this.templates[number];
    let best = null;
    for (const found of this.all(number, template, lines, low, starts, known)) {
      if (best === null || found.literal > best.literal) {
        best = found;
        if (found.literal >= template.literal) break;
      }
    }
    return best;
  }

  /** Where a whole template is in the text of an error, whatever precedes it but for a quotation, or null. */
  findInside(number, lines, low) {
    for (const start of this.matcher.occurrences(number, lines.text, low)) {
      if ((start && isalnum(low[start - 1])) || this.isQuoted(lines, start)) continue;
      const found = this.matcher.at(number, lines.text, low, { before: start, start, quoted: true }, false);
      if (found && !found.cut) return found;
    }
    return null;
  }

  /** Where a template is a sentence by itself in the text of an error, or null. */
  findSentence(number, lines, low) {
    const { text } = lines;
    for (const start of this.matcher.occurrences(number, text, low)) {
      if (!search(_BEFORE_SENTENCE, text.slice(Math.max(0, start - _NEAR), start)) || this.isQuoted(lines, start)) continue;
      const end = search(_SENTENCE_END, text.slice(start));
      const found = this.matcher.sentence(number, text, low, start, end ? start + end.start : text.length);
      if (found) return found;
    }
    return null;
  }

  /** Whether a position is in a quotation that no label introduces. */
  isQuoted(lines, start) {
    const quotation = lines.text[start - 1] === "'" ? start - 1 : lines.quotationAt(start);
    const [begin] = lines.at(start);
    if (begin && !Array.from(lines.text.slice(begin, start)).some(isalnum)) {
      return findall(_QUOTE, lines.text.slice(0, start)).length % 2 > 0; // one that began on a line before
    }
    const spoken = quotation > 0 && Array.from(lines.text.slice(begin, quotation)).some(isalnum);
    return spoken && !this.surroundings.introduces(lines, quotation + 1);
  }

  /** The prefixes at a position. */
  prefixesAt(low, position) {
    const some = this.byHead.get(low.slice(position, position + _HEAD));
    return some ? some.filter((prefix) => low.startsWith(prefix, position)) : [];
  }

  /** Every match of a template. */
  *all(number, template, lines, low, starts, known) {
    const text = lines.text;
    const begin = this.matcher.head(number);
    for (const place of this.atStarts(begin, text, low, starts)) {
      const found = this.matcher.at(number, text, low, place, known);
      if (found) yield found;
    }
    // Judging what surrounds a position is the most expensive step, so it comes last; in a long text it comes first,
    // because many templates share positions, and each position is judged only once.
    const isLong = text.length > _LONG_TEXT;
    for (const start of this.matcher.occurrences(number, text, low)) {
      if (starts.includes(start) || (known && !this.isNamed(lines, start))) continue;
      const front = known ? start : this.beforePrefixes(low, start);
      let quoted = !known && text[front - 1] === "'";
      if (isLong && !known) {
        const begins = this.begins(template, lines, front);
        if (begins === null) continue;
        quoted = begins;
      }
      let found = this.matcher.at(number, text, low, { before: start, start, quoted }, known);
      if (found && !known && !isLong) {
        const begins = this.begins(template, lines, front);
        if (begins === null) continue;
        if (quoted && !begins) {
          found = this.matcher.at(number, text, low, { before: start, start, quoted: false }, known);
        }
      }
      if (found) yield found;
    }
  }

  /** Where the prefix and the message itself may begin, and whether the message follows a quote. */
  *atStarts(begin, text, low, starts) {
    for (let start of starts) {
      if (low.startsWith(begin, start)) yield { before: start, start, quoted: false };
      for (let count = 0; count < _MAX_QUOTES; count++) {
        if (start >= text.length || !" '\n".includes(text[start])) break;
        start++;
        if (low.startsWith(begin, start)) yield { before: start, start, quoted: true };
      }
      for (const prefix of this.prefixesAt(low, start)) {
        const behind = start + prefix.length;
        if (low.startsWith(begin, behind)) yield { before: start, start: behind, quoted: false };
      }
    }
  }

  /** Whether a position in a message field is introduced by a client's own words. */
  isNamed(lines, start) {
    return this.surroundings.introduces(lines, start) && this.surroundings.namesBefore(lines.text, start);
  }

  /** Where the prefixes before a message begin; `start` if there are none. */
  beforePrefixes(low, start) {
    for (let count = 0; count < _MAX_PREFIXES; count++) {
      const before = this.prefixes.find((prefix) => endswith(low, prefix, 0, start));
      if (before === undefined) break;
      start -= before.length;
    }
    return start;
  }

  /** Whether a message that begins at a position is quoted; null if no message may begin there. */
  begins(template, lines, start) {
    if (this.surroundings.introduces(lines, start)) {
      return lines.text[start - 1] === "'" && !this.surroundings.opensLine(lines, start);
    }
    if (this.surroundings.opensLine(lines, start)) return false;
    if (template.weight >= _LONG && this.surroundings.followsLogHead(lines, start)) return false;
    return null;
  }
}

module.exports = { MessageFinder };
