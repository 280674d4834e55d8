// Tries the fast paths; what they do not settle goes to the reference. Of those in classifier/fast/engine.py, this twin
// has the gate and the full templates.
"use strict";

const { NO_ERROR } = require("../../decide/answer");
const { asText } = require("../../read/raw_text");
const { FullTemplates } = require("./full_template");
const { Gate } = require("./gate");

class Fast {
  constructor(full) {
    this.full = full;
    this.vocabulary = full.vocabulary;
    this.index = full.byMessage.index;
    this.gate = new Gate(full.vocabulary);
    this.fullTemplates = new FullTemplates(full.rules, full.decider);
  }

  classify(raw) {
    const text = asText(raw);
    return this.judge(text, this.gate.wordsIn(text), true);
  }

  /** The answer for a text of which nobody says that it is an error. */
  detect(raw) {
    const text = asText(raw);
    const seen = this.gate.wordsIn(text);
    if (!this.index.candidates(seen).length && !this.gate.mayReport(text, this.vocabulary.among(seen, text))) {
      return NO_ERROR;
    }
    return this.judge(text, seen, false);
  }

  judge(text, seen, asserted) {
    const evidence = this.full.reader.readText(text, { seen, asserted });
    const matches = this.full.byMessage.matches();
    return this.full.answers.make(evidence, this.fullTemplates.best(evidence, matches));
  }
}

module.exports = { Fast };
