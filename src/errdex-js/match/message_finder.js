// Where a message may stand in a text; the same as match/message_finder.py.
"use strict";

const { endswith } = require("../runtime/text");

const { _LONG, _LONG_TEXT, _MAX_PREFIXES, _MAX_QUOTES } = require("../constants")("match.message_finder");

class MessageFinder {
  constructor(rules, matcher, prefixes, surroundings) {
    this.templates = rules.templates;
    this.matcher = matcher;
    this.prefixes = prefixes;
    this.byHead = new Map();
    for (const prefix of prefixes) this.byHead.set(prefix[0], [...(this.byHead.get(prefix[0]) ?? []), prefix]);
    this.surroundings = surroundings;
  }

  /** Hold one template against a text; `starts` are its beginning and the ends of wrappers' heads. */
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

  /** The prefixes that stand at a place. */
  prefixesAt(low, position) {
    const some = this.byHead.get(low[position]);
    return some ? some.filter((prefix) => low.startsWith(prefix, position)) : [];
  }

  /** A template wherever it is found. */
  *all(number, template, lines, low, starts, known) {
    const text = lines.text;
    const begin = this.matcher.head(number);
    for (const place of this.atStarts(begin, text, low, starts)) {
      const found = this.matcher.at(number, text, low, place, known);
      if (found) yield found;
    }
    // What stands around a place costs most, and so comes last; in a long text many templates share their places, and
    // around each it is judged once.
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

  /** Where the message's prefix and itself may begin, and whether behind a quote. */
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

  /** Whether a client's own words introduce a place in a message field. */
  isNamed(lines, start) {
    return this.surroundings.introduces(lines, start) && this.surroundings.namesBefore(lines.text, start);
  }

  /** Where a message begins with the prefixes that stand in front of it. */
  beforePrefixes(low, start) {
    for (let count = 0; count < _MAX_PREFIXES; count++) {
      const before = this.prefixes.find((prefix) => endswith(low, prefix, 0, start));
      if (before === undefined) break;
      start -= before.length;
    }
    return start;
  }

  /** Whether a message may begin at a place: null if not, true if as a quotation, false if openly. */
  begins(template, lines, start) {
    if (this.surroundings.introduces(lines, start)) {
      return lines.text[start - 1] === "'" && !this.surroundings.opensLine(lines, start);
    }
    if (this.surroundings.opensLine(lines, start)) return false;
    if (template.literal >= _LONG && this.surroundings.followsLogHead(lines, start)) return false;
    return null;
  }
}

module.exports = { MessageFinder };
