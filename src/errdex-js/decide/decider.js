// Turns evidence into candidates in a total order; the first one is the answer. Twin of decide/decider.py.
"use strict";

const { SignalCandidates } = require("./by_signal");
const { WordingCandidates, isForeign } = require("./by_wording");
const { FAMILY, FULL, order } = require("./candidate");
const { fromMessage } = require("../read/signals/retry_after");
const { compare } = require("../runtime/sorting");
const { withoutQuotations } = require("../wording/features");

class Decider {
  constructor(rules, vocabulary, byMessage, model) {
    this.vocabulary = vocabulary;
    this.byMessage = byMessage;
    this.bySignal = new SignalCandidates(rules, vocabulary);
    this.byWording = new WordingCandidates(rules, model, vocabulary.providers.names);
  }

  /** The candidates, best first; `matches` are the templates already found in the messages. */
  candidates(evidence, matches = this.byMessage.matches()) {
    const pointed = evidence.providers;
    let found = [...this.byMessage.candidates(evidence, pointed, matches)];
    if (found.some(({ rank }) => rank <= FAMILY)) {
      found.push(...this.bySignal.candidates(evidence, pointed, true));
      return this.order(found);
    }
    const judgement = this.byWording.judge(evidence);
    const shown = this.isShown(evidence);
    const named = evidence.providers.length > 0;
    let foreign = !shown && judgement !== null && isForeign(judgement, evidence, named);
    foreign = foreign && !this.byWording.repeatsStatus(evidence);
    const recognised = found.length > 0 || (evidence.asserted && !foreign);
    found.push(...this.bySignal.candidates(evidence, pointed, recognised));
    found = this.order(found);
    if (foreign || judgement === null) return found;
    if (found.length && (found[0].rank <= FAMILY || this.byWording.isBare(evidence, found))) return found;
    if (found.length || shown || (evidence.asserted && !this.byWording.isGuess(judgement))) {
      const best = this.byWording.candidate(judgement, evidence.statusOrTold, promise(evidence), found);
      found = [best, ...found.filter((other) => other.rank < best.rank || other.entry !== best.entry)];
    }
    return this.order(found);
  }

  /** Whether anything other than the words shows that this is an error of an API. */
  isShown(evidence) {
    const { providers } = this.vocabulary;
    const owned = evidence.exceptions.some(({ path }) => providers.ownerOf(path));
    return evidence.strong || evidence.error || evidence.told !== null || owned;
  }

  /** Sort candidates, best first. */
  order(found) {
    if (found.length < 2) return found;
    return share(distinct(found.sort((one, other) => compare(order(one), order(other)))));
  }
}

/** The seconds after which a message says that a limit opens again, or null. */
function promise(evidence) {
  for (const { low } of evidence.messages) {
    const wait = fromMessage(withoutQuotations(low));
    if (wait !== null) return wait;
  }
  return null;
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
