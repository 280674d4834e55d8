// The reference: reads all evidence from a text and ranks every candidate. Twin of classifier/full.py, for
// texts.
"use strict";

const { Answers } = require("../decide/answer");
const { MessageCandidates } = require("../decide/by_message");
const { Decider } = require("../decide/decider");
const { RawReader } = require("../read/dispatch");
const { asText } = require("../read/raw_text");
const { Vocabulary } = require("../read/vocabulary");
const { WordingModel } = require("../wording/linear_model");

class Full {
  constructor(rules, weights) {
    this.rules = rules;
    this.vocabulary = new Vocabulary(rules);
    this.reader = new RawReader(this.vocabulary);
    this.byMessage = new MessageCandidates(rules, this.vocabulary);
    this.decider = new Decider(rules, this.vocabulary, this.byMessage, new WordingModel(weights));
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

module.exports = { Full };
