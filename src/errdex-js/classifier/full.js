// The reference: reads all evidence from a text and ranks every candidate. Twin of classifier/full.py, for
// texts.
"use strict";

const { Answers } = require("../decide/answer");
const { Decider } = require("../decide/decider");
const { RawReader } = require("../read/dispatch");
const { withoutFrames } = require("../read/formats/tracebacks");
const { shorten, withoutColours } = require("../read/text");
const { Vocabulary } = require("../read/vocabulary");
const { WordingModel } = require("../wording/model");

class Full {
  constructor(rules, weights) {
    this.rules = rules;
    this.vocabulary = new Vocabulary(rules);
    this.reader = new RawReader(this.vocabulary);
    this.decider = new Decider(rules, this.vocabulary, new WordingModel(weights));
    this.answers = new Answers(rules, this.vocabulary);
  }

  classify(raw) {
    return this.judge(raw, true);
  }

  /** The answer for a text of which nobody says that it is an error. */
  detect(raw) {
    return this.judge(raw, false);
  }

  judge(raw, asserted) {
    const evidence = this.reader.readText(asText(raw), { asserted });
    return this.answers.make(evidence, this.decider.candidates(evidence)[0] ?? null);
  }
}

/** A text without colours and traceback frames. */
function asText(raw) {
  const text = withoutColours(shorten(raw));
  return text.includes("\n") ? withoutFrames(text) : text;
}

module.exports = { Full, asText };
