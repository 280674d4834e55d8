// Where a message may stand in a text; the same as match/message_finder.py.
"use strict";

const { _LONG, _MAX_PREFIXES, _MAX_QUOTES } = require("../constants")("match.message_finder");
const { endswith } = require("../runtime/text");
const { head } = require("./template_matcher");

class MessageFinder {
  constructor(rules, matcher, prefixes, surroundings) {
    this.templates = rules.templates;
    this.matcher = matcher;
    this.prefixes = prefixes;
    this.byHead = new Map();
    for (const prefix of prefixes) this.byHead.set(prefix[0], [...(this.byHead.get(prefix[0]) ?? []), prefix]);
    this.surroundings = surroundings;
  }

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

  prefixesAt(low, position) {
    const some = this.byHead.get(low[position]);
    return some ? some.filter((prefix) => low.startsWith(prefix, position)) : [];
  }

  *all(number, template, lines, low, starts, known) {
    const text = lines.text;
    const begin = head(template);
    for (const place of this.atStarts(begin, text, low, starts)) {
      const found = this.matcher.at(number, text, low, place, known);
      if (found) yield found;
    }
    for (const start of this.matcher.occurrences(template, begin, text, low)) {
      if (starts.includes(start) || (known && !this.isNamed(lines, start))) continue;
      const front = known ? start : this.beforePrefixes(low, start);
      const quoted = !known && text[front - 1] === "'";
      let found = this.matcher.at(number, text, low, { before: start, start, quoted }, known);
      if (found && !known) {
        const begins = this.begins(template, lines, front);
        if (begins === null) continue;
        if (quoted && !begins) {
          found = this.matcher.at(number, text, low, { before: start, start, quoted: false }, known);
        }
      }
      if (found) yield found;
    }
  }

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

  isNamed(lines, start) {
    return this.surroundings.introduces(lines, start) && this.surroundings.namesBefore(lines.text, start);
  }

  beforePrefixes(low, start) {
    for (let count = 0; count < _MAX_PREFIXES; count++) {
      const before = this.prefixes.find((prefix) => endswith(low, prefix, 0, start));
      if (before === undefined) break;
      start -= before.length;
    }
    return start;
  }

  /** null if a message may not begin at a place, true if as a quotation, false if openly. */
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
