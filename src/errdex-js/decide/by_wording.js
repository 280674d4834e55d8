// The candidate of the wording model, for errors that no entry lists. Twin of decide/by_wording.py.
"use strict";

const { UNSURE, WORDING, candidate } = require("./candidate");
const { features, namesOf, textsOf } = require("../wording/features");

const { _FOREIGN, _SURE, _SURE_OF_RETRY } = require("../constants")("decide.by_wording");

class WordingCandidates {
  constructor(rules, model) {
    this.model = model;
    this.categories = rules.categories;
    this.retryable = rules.retryable;
    this.entries = new Map(); // category and verdict → its entry, so that equal ones are the same
  }

  /** What the model says about the words of a raw error. */
  judge(evidence) {
    return this.model.judge(features([...textsOf(evidence), ...namesOf(evidence)], evidence.status));
  }

  /** The candidate of a judgement; one of `found`, best first, that says the same has a page and takes its place. */
  candidate(judgement, status, found) {
    const { category, probability, retry } = judgement;
    const retryable = this.retryable.has(category) && retry >= _SURE_OF_RETRY;
    const sure = probability >= (retryable ? _SURE_OF_RETRY : _SURE);
    const rank = sure ? WORDING : UNSURE;
    for (const other of found) {
      const same = other.entry.category === category && other.entry.retryable === retryable;
      if (same && rank < other.rank && other.rank < UNSURE) return { ...other, rank, probability };
    }
    return candidate({ rank, entry: this.entry(category, retryable), basis: "wording", status, probability });
  }

  entry(category, retryable) {
    const key = `${category} ${retryable}`;
    if (!this.entries.has(key)) {
      this.entries.set(key, {
        id: "", kind: "wording", category, retryable, retryAfter: null, statuses: [], support: false,
        ...this.categories.get(category), source: null, provider: "http",
      });
    }
    return this.entries.get(key);
  }
}

/** Whether the model takes a text for something other than an error of an LLM API. */
const isForeign = (judgement) => judgement !== null && judgement.foreign >= _FOREIGN;

module.exports = { WordingCandidates, isForeign };
