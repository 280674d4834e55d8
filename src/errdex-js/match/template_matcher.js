// Finds where in a text a template matches, regardless of what surrounds it. Twin of match/template_matcher.py.
"use strict";

const { KINDS, OPEN } = require("../rules/holes");
const units = require("../rules/units");
const re = require("../runtime/re");
const { isspace } = require("../runtime/text");

const { _FAR, _HEAD, _MANY, _MAX_LOOK_BACK, _MAX_PLACES, _NO_WORDS, _ONE_WORD, _PIECE, LONG, MOST } =
  require("../constants")("match.template_matcher");
const { BULLET } = require("../constants")("read.lines");

const atEnd = new Map(
  Object.entries(KINDS).map(([kind, { source, numbers }]) => [kind, new re.Pattern(`(?:${source})$`, numbers)]),
);

// A place is { before, start, quoted }; a match is { template, before, start, end, literal, values, cut }.

class TemplateMatcher {
  constructor(rules) {
    this.templates = rules.templates;
    this.shown = new Map();
  }

  /** A template's first literal, cut to what even a truncated text must show; empty if a hole comes first. */
  head(number) {
    const { parts: [first], uniqueFrom } = this.templates[number];
    return typeof first === "string" ? first.slice(0, Math.min(_HEAD, uniqueFrom)) : "";
  }

  /** The templates whose literals occur in a text in order: as many as a truncated message must show. */
  shownIn(numbers, low) {
    if (numbers.length >= _MANY) { // one pass over the text rules most of them out
      const pieces = new Set();
      for (let place = 0; place < low.length; place++) pieces.add(low.slice(place, place + _PIECE));
      numbers = numbers.filter((number) => {
        const begin = firstLiteral(this.templates[number]);
        return begin.length < _PIECE || pieces.has(begin.slice(0, _PIECE));
      });
    }
    const shown = numbers.filter((number) => this.isShown(number, low));
    return low.length < LONG ? shown : shown.slice(0, MOST);
  }

  isShown(number, low) {
    let position = 0;
    for (const words of this.shown.get(number) ?? this.shownWords(number)) {
      const place = low.indexOf(words, position);
      if (place < 0) return false;
      position = place + words.length;
    }
    return true;
  }

  /** The literals that even a truncated message of a template must show. */
  shownWords(number) {
    const template = this.templates[number];
    let left = Math.min(template.literal, template.uniqueFrom);
    const words = [];
    for (const literal of template.parts) {
      if (left > 0 && typeof literal === "string") {
        words.push(literal.slice(0, left));
        left -= literal.length;
      }
    }
    this.shown.set(number, words);
    return words;
  }

  /** Match a template at one place; null if it does not match. */
  at(number, text, low, { before, start, quoted }, known) {
    const template = this.templates[number];
    const { parts, literal, uniqueFrom, sentence } = template;
    const end = text.length;
    const found = units.match(parts, text, low, start, end, known, quoted);
    if (found) return { template: number, before, start, end: found[0], literal, values: found[1], cut: false };
    if (uniqueFrom > literal) return null;
    const cut = units.matchCut(parts, text, low, start, end, sentence, quoted);
    if (cut === null) return null;
    const [covered, after, values] = cut;
    if (covered < uniqueFrom) return null;
    return { template: number, before, start, end: after, literal: covered, values, cut: true };
  }

  /** Match a template with the whole of a sentence; null if it does not match. */
  sentence(number, text, low, start, end) {
    const { parts, literal } = this.templates[number];
    const found = units.match(parts, text, low, start, end, true);
    return found && { template: number, before: start, start, end: found[0], literal, values: found[1], cut: false };
  }

  /** The positions where a template's message could begin, based on where its first literal occurs. */
  *occurrences(number, text, low) {
    const template = this.templates[number];
    const begin = this.head(number);
    const literal = begin || firstLiteral(template);
    if (!literal) return;
    const kind = template.parts[0][1];
    let place = low.indexOf(literal);
    for (let count = 0; count < _MAX_PLACES && place >= 0; count++) {
      if (begin) {
        yield place;
      } else if (!OPEN.has(kind)) {
        let before = text.slice(Math.max(0, place - _MAX_LOOK_BACK), place);
        if (_ONE_WORD.has(kind) && !isspace(before.slice(-1))) {
          before = before.slice(before.replaceAll("\n", " ").lastIndexOf(" ") + 1);
        }
        const value = re.search(atEnd.get(kind), before);
        if (value) yield place - before.length + value.start;
      }
      place = low.indexOf(literal, place + 1);
    }
  }
}

function firstLiteral({ parts }) {
  return typeof parts[0] === "string" ? parts[0] : (parts[1] ?? "");
}

/** Whether a text contains nothing besides a message. */
function standsAlone(found, text) {
  const { before } = found;
  // A list item is not a whole text.
  if (before && (before >= _FAR || re.match(BULLET, text) || !re.match(_NO_WORDS, text, 0, before))) return false;
  return isRest(text, found.end);
}

/** Whether a position is followed by no words except those that clients append. */
function isRest(text, position) {
  const size = text.length;
  if (position === size) return true;
  return size - position < _FAR && (re.match(_NO_WORDS, text, position) !== null || units.isAppended(text, position));
}

module.exports = { TemplateMatcher, standsAlone };
