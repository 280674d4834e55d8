// Turns evidence into candidates in a total order; the first one is the answer. Twin of decide/decider.py.
"use strict";

const { MessageCandidates } = require("./by_message");
const { SignalCandidates } = require("./by_signal");
const { FULL, order } = require("./candidate");
const { compare } = require("../runtime/sorting");

class Decider {
  constructor(rules, vocabulary) {
    this.byMessage = new MessageCandidates(rules, vocabulary);
    this.bySignal = new SignalCandidates(rules, vocabulary);
  }

  /** The candidates, best first; `matches` are the templates already found in the messages. */
  candidates(evidence, matches = this.byMessage.matches()) {
    const pointed = evidence.providers;
    const found = [...this.byMessage.candidates(evidence, pointed, matches)];
    found.push(...this.bySignal.candidates(evidence, pointed, found.length > 0));
    return this.order(found);
  }

  /** Sort candidates, best first. */
  order(found) {
    if (found.length < 2) return found;
    return share(distinct(found.sort((one, other) => compare(order(one), order(other)))));
  }
}

/** Leave out truncated messages that fit two providers equally well, unless something points to one of them. */
function distinct(found) {
  const [best] = found;
  if (best.rank !== FULL || !best.cut) return found;
  const alike = found.filter(({ rank, cut, cue }) => rank === FULL && cut && cue === best.cue);
  const rivals = alike.filter(({ literal }) => literal === best.literal).map(({ entry }) => entry.provider);
  return new Set(rivals).size < 2 ? found : found.filter((other) => !alike.includes(other));
}

/** Put the shared `http` entry first if providers share a wording and nothing tells them apart. */
function share(found) {
  if (!found.length) return found;
  const [best] = found;
  if (best.rank !== FULL || best.cue || best.entry.provider === "http") return found;
  for (let place = 1; place < found.length; place++) {
    const other = found[place];
    if (other.rank !== best.rank || other.literal !== best.literal) break;
    if (other.entry.provider === "http") return [other, ...found.slice(0, place), ...found.slice(place + 1)];
  }
  return found;
}

module.exports = { Decider };
