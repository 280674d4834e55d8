// The facade: raw text → evidence → candidates in one total order → the answer; the same as classifier/catalog.py, for texts.
//
// `new Catalog(rules)`, where rules is the content of rules.json; the constants must have been injected before this
// module is loaded (see constants.js).
"use strict";

const { Answers, NO_ERROR } = require("../decide/answer");
const { Rules } = require("../rules/compiled");
const { Decider } = require("../decide/decider");
const { Closest } = require("./closest");
const { Vocabulary } = require("../read/vocabulary");
const { withoutFrames } = require("../read/formats/tracebacks");
const { RawReader } = require("../read/dispatch");
const { MAX_TEXT, shorten } = require("../read/text");

class Catalog {
  constructor(data) {
    const rules = new Rules(data);
    this.rules = rules;
    this.vocabulary = new Vocabulary(rules);
    this.reader = new RawReader(this.vocabulary);
    this.decider = new Decider(rules, this.vocabulary);
    this.answers = new Answers(rules, this.vocabulary);
    this.nearest = new Closest(rules);
  }

  /** The answer for a text: an object with the keys of Classification.to_dict(). `basis` is "none" for no error. */
  classify(text) {
    const evidence = this.read(text);
    return evidence === null ? NO_ERROR : this.answers.make(evidence, this.decider.best(evidence));
  }

  /** Ids of up to `count` entries whose messages share most key words with a text, best first. */
  closest(text, count) {
    return this.nearest.to(text, count);
  }

  /** What a text shows; null if nothing can be an error. */
  read(text) {
    if (text.length > MAX_TEXT) text = shorten(text);
    if (text.includes("\n")) text = withoutFrames(text);
    const seen = this.vocabulary.wordsIn(text);
    if (text.includes("\\_")) for (const word of this.vocabulary.wordsIn(text.replaceAll("\\_", "_"))) seen.add(word);
    const possible = this.decider.index.candidates(seen).length > 0;
    if (!possible && !this.reader.mayReport(text, this.vocabulary.among(seen, text))) return null;
    return this.reader.readText(text, seen);
  }
}

module.exports = { Catalog };
