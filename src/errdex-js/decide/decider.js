// Evidence → candidates in one total order; the first is the answer; the same as decide/decider.py.
"use strict";

const { CONTRADICTED, FAMILY, FULL, candidate, contradicts, familyRank, order } = require("./candidate");
const { _SPENT, _SUPPORT_SPAN } = require("../constants")("decide.decider");
const { holds } = require("./conditions");
const { SignalCandidates } = require("./by_signal");
const { TemplateMatcher, standsAlone } = require("../match/template_matcher");
const { WordIndex } = require("../match/word_index");
const { MessageFinder } = require("../match/message_finder");
const { compare, hasDigit, rfind } = require("../runtime/text");

class Decider {
  constructor(rules, vocabulary) {
    this.rules = rules;
    this.vocabulary = vocabulary;
    this.index = new WordIndex(rules);
    this.matcher = new TemplateMatcher(rules);
    this.finder = new MessageFinder(rules, this.matcher, vocabulary.prefixes, vocabulary.labels);
    this.bySignal = new SignalCandidates(rules, vocabulary);
  }

  best(evidence) {
    const [first] = this.order([...this.templates(evidence, false)]);
    if (first && first.rank === FULL) return first;
    return this.candidates(evidence)[0] ?? null;
  }

  candidates(evidence) {
    const found = [...this.templates(evidence, true)];
    found.push(...this.bySignal.candidates(evidence, evidence.providers, found.length > 0));
    return this.order(found);
  }

  order(found) {
    if (found.length < 2) return found;
    return share(distinct(found.sort((a, b) => compare(order(a), order(b)))));
  }

  *templates(evidence, families) {
    const pointed = evidence.providers;
    for (const message of evidence.messages) {
      let enough = 0;
      message.templates ??= this.matcher.shownIn(this.index.candidates(message.words), message.low);
      for (const number of message.templates) {
        const template = this.rules.templates[number];
        if (template.literal < enough) break;
        const entry = this.rules.entries[template.entry];
        if (entry.kind === "family" && !families) continue;
        if (!message.found.has(number)) {
          const { lines, low, starts, known } = message;
          message.found.set(number, this.finder.find(number, lines, low, starts, known));
        }
        const found = message.found.get(number);
        if (found === null) continue;
        if (entry.support && !this.supported(found, message)) continue;
        const status = message.statusNear(found.start, found.end) || elsewhere(evidence, message);
        if (template.conditions && !holds(template.conditions, evidence, status)) continue;
        let rank = entry.kind === "family" ? familyRank(entry, status) : FULL;
        if (entry.provider === "http" && contradicts(entry, status)) rank = CONTRADICTED;
        else if (entry.provider === "http" && entry.retryable && this.isSpent(evidence)) rank = FAMILY;
        const cue = pointed.includes(entry.provider);
        const others = number !== message.templates.at(-1) && !families;
        if (others && !found.cut && (cue || !pointed.length) && standsAlone(found, message.text)) {
          enough = found.literal;
        }
        const { literal, cut, values } = found;
        yield candidate({ rank, entry, basis: "message", cue, literal, cut, status, values, low: message.low });
      }
    }
  }

  isSpent(evidence) {
    const { codes, entries, items } = this.rules;
    return evidence.codes.some((code) =>
      (codes.get(code) ?? []).some((item) => _SPENT.includes(entries[items[item][0]].category)),
    );
  }

  supported(found, message) {
    if (message.known || (message.supported && message.starts.includes(found.before))) return true;
    const { text, lines } = message;
    if (lines.isCode(found.start) || lines.isItem(found.start)) return false;
    if (message.whole && !hasDigit(text.slice(0, found.before)) && standsAlone(found, text)) return true;
    const lineEnd = text.indexOf("\n", found.end);
    const start = Math.max(rfind(text, "\n", 0, found.start) + 1, found.start - _SUPPORT_SPAN);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, found.end + _SUPPORT_SPAN);
    const beside = [...message.statuses, ...message.exceptions];
    if (beside.some(({ position }) => start <= position && position <= end)) return true;
    return this.vocabulary.providers.mentioned((text.slice(start, found.start) + text.slice(found.end, end)).toLowerCase());
  }
}

/** The status of the whole, unless it was read inside the message. */
function elsewhere(evidence, message) {
  return message.statuses.some((seen) => seen.status === evidence.status) ? null : evidence.status;
}

/** Without messages cut off where two providers' still agree, if nothing points to one of the two. */
function distinct(found) {
  const best = found[0];
  if (best.rank !== FULL || !best.cut) return found;
  const alike = found.filter(({ rank, cut, cue }) => rank === FULL && cut && cue === best.cue);
  const rivals = alike.filter(({ literal }) => literal === best.literal).map(({ entry }) => entry.provider);
  return new Set(rivals).size < 2 ? found : found.filter((other) => !alike.includes(other));
}

function share(found) {
  if (!found.length) return found;
  const best = found[0];
  if (best.rank !== FULL || best.cue || best.entry.provider === "http") return found;
  for (let place = 1; place < found.length; place++) {
    const other = found[place];
    if (other.rank !== best.rank || other.literal !== best.literal) break;
    if (other.entry.provider === "http") return [other, ...found.slice(0, place), ...found.slice(place + 1)];
  }
  return found;
}

module.exports = { Decider };
