// Everything that reading text needs from the catalog. Twin of read/vocabulary.py.
"use strict";

const { Labels } = require("./signals/labels");
const { Classes } = require("./signals/classes");
const { Providers } = require("./signals/providers");
const { WrapperHeads } = require("./wrappers");
const { STATUS_ENDINGS } = require("../constants")("read.signals.numbers");
const { endswith } = require("../runtime/text");
const { STATUS_WORDS, words } = require("../rules/tokens");
const { intersection, union } = require("../runtime/sets");

class Vocabulary {
  constructor(rules) {
    this.providers = new Providers(rules);
    this.labels = new Labels(this.providers, rules.label);
    this.classes = new Classes(rules, this.providers, this.labels);
    this.wrapperHeads = new WrapperHeads(rules);
    /** Endings of the words after which a number may be a status, those in wrapper heads included. */
    this.beforeStatuses = [
      ...STATUS_ENDINGS,
      ...[...this.wrapperHeads.beforeStatuses].filter((word) => !endswith(word, STATUS_ENDINGS)).sort(),
    ];
    /** What may come between a label and a message, folded. */
    this.prefixes = rules.prefixes;
    this.codes = rules.codes;
    this.codeWords = rules.codeWords;
    this.fieldWords = new Set(rules.fieldWords.keys());
    this.fields = rules.fieldWords;
    this.classWords = union(this.classes.words, STATUS_WORDS);
    this.mereFieldWords = new Set(
      [...this.fieldWords].filter((word) => !this.classWords.has(word) && !this.codeWords.has(word)),
    );
    const behindDots = new Set([...this.codes.keys()].flatMap((code) => code.toLowerCase().split(".").slice(1)));
    this.mereCodeWords = new Set(
      [...this.codeWords].filter((word) => ![this.classWords, this.fieldWords, behindDots].some((set) => set.has(word))),
    );
    /** Trigger words: a text with none of them, and without a template's key words, is not an error. */
    this.triggers = new Set([...this.classWords, ...this.codeWords, ...this.fieldWords]);
    this.telling = union(this.triggers, this.providers.words);
    for (const [first, rest] of rules.words) {
      for (const [second, third] of rest) this.telling.add(first).add(second).add(third);
    }
  }

  /**
   * The trigger words among the telling words of a text. Words of fields count only if the text has such a field, and
   * words of codes only outside dotted paths.
   */
  among(seen, text) {
    const triggers = intersection(seen, this.triggers);
    const low = text.toLowerCase();
    for (const word of intersection(triggers, this.mereCodeWords)) if (isInPaths(word, low)) triggers.delete(word);
    if (text.includes("\\_") || text.includes("\\u00")) return triggers; // they hide letters of words
    for (const word of intersection(triggers, this.mereFieldWords)) {
      if (!this.fields.get(word).some(([name, value]) => text.includes(name) && text.includes(value))) {
        triggers.delete(word);
      }
    }
    return triggers;
  }

  /** The telling words of a text: key words of templates, words of providers, statuses, classes, … */
  wordsIn(text) {
    const found = new Set();
    for (const word of words(text)) if (this.telling.has(word)) found.add(word);
    // A Chinese, Japanese or Korean character is a word of its own.
    for (const char of text.match(/[^\x00-\x7f]/gu) ?? []) if (this.telling.has(char)) found.add(char);
    return found;
  }
}

/** Whether every occurrence of a word in a folded text follows a dot. */
function isInPaths(word, low) {
  let place = low.indexOf(word);
  while (place > 0 && low[place - 1] === ".") place = low.indexOf(word, place + 1);
  return place < 0;
}

module.exports = { Vocabulary };
