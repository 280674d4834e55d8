// A full template decides over everything else, so that families, codes, classes and statuses need no look; the same as
// classifier/fast/full_template.py.
"use strict";

const { FULL } = require("../../decide/candidate");
const { standsAlone } = require("../../match/template_matcher");

class FullTemplates {
  constructor(rules, decider) {
    this.rules = rules;
    this.decider = decider;
  }

  /** The first of all candidates, or null; `matches` is what has been found in the messages already. */
  best(evidence, matches) {
    const [first] = this.decider.order([...this.full(evidence, evidence.providers, matches)]);
    if (first && first.rank === FULL) return first;
    return this.decider.candidates(evidence, matches)[0] ?? null;
  }

  /** The candidates of messages, without families and what a longer message beside it outranks for sure. */
  *full(evidence, pointed, matches) {
    const { byMessage } = this.decider;
    for (const message of evidence.messages) {
      let enough = 0;
      const possible = matches.possible(message);
      for (const number of possible) {
        const template = this.rules.templates[number];
        if (template.literal < enough) break;
        if (this.rules.entries[template.entry].kind === "family") continue;
        const candidate = byMessage.candidate(number, message, evidence, pointed, matches);
        if (candidate === null) continue;
        const found = matches.find(message, number);
        const decides = candidate.rank === FULL && !candidate.cut && (candidate.cue || !pointed.length);
        if (decides && number !== possible.at(-1) && standsAlone(found, message.text)) {
          enough = found.literal; // nothing shorter can win
        }
        yield candidate;
      }
    }
  }
}

module.exports = { FullTemplates };
