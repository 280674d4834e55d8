// Candidates and their total order: a candidate is a possible entry and its support. Twin of decide/candidate.py.
"use strict";

const {
  CLASS, CODE, CONTRADICTED, DEFAULT, EXCEPTION, FAMILY, FINAL, FULL, GENERIC, INSIDE, STATUS, UNSURE, WORDING,
} = require("../constants")("decide.candidate");

// A candidate is { rank, entry, basis, cue, literal, cut, status, values, low, code, probability }.
const PLAIN = {
  cue: false, literal: 0, cut: false, status: null, values: new Map(), low: null, code: null, probability: null,
};

const candidate = (fields) => ({ ...PLAIN, ...fields });

/** Sort key; the candidate with the smallest one is the answer. */
function order({ rank, cue, cut, literal, status, entry }) {
  const agrees = status !== null && entry.statuses.includes(status);
  return [rank, !cue, cut, -literal, !agrees, entry.provider !== "http", entry.kind === "family", entry.id];
}

/** Whether the status that was seen is none of the entry's; false if the entry has none, or none was seen. */
const contradicts = (entry, status) =>
  status !== null && entry.statuses.length > 0 && !entry.statuses.includes(status);

/** The rank of a family, given the status that was seen. */
const familyRank = (entry, status) => (contradicts(entry, status) ? CONTRADICTED : FAMILY);

function itemRank(entry, generic, status) {
  if (entry.kind === "family" && contradicts(entry, status)) return CONTRADICTED;
  const isFinal = FINAL.includes(status) && !entry.statuses.includes(status);
  if (generic && entry.retryable && isFinal) return CONTRADICTED;
  if (generic) return GENERIC;
  return entry.kind === "family" ? FAMILY : CODE;
}

module.exports = {
  CLASS, CODE, CONTRADICTED, DEFAULT, EXCEPTION, FAMILY, FINAL, FULL, GENERIC, INSIDE, STATUS, UNSURE, WORDING,
  candidate, order, contradicts, familyRank, itemRank,
};
