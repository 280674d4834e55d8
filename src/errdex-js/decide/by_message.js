// Candidates from messages: the templates that match the texts of a raw error. Twin of decide/by_message.py.
"use strict";

const { CONTRADICTED, FAMILY, FULL, GENERIC, INSIDE, candidate, contradicts, familyRank, itemRank } = require("./candidate");
const { holds } = require("./conditions");
const { MessageFinder } = require("../match/message_finder");
const { TemplateMatcher, standsAlone } = require("../match/template_matcher");
const { WordIndex } = require("../match/word_index");
const { OPEN } = require("../rules/holes");
const { hasDigit, rfind } = require("../runtime/text");

const { LONG, _OWN, _PREFIX, _SPENT, _SUPPORT_SPAN, _UNMISTAKABLE } = require("../constants")("decide.by_message");

/** The templates that match the messages of one raw error; each is searched for only once and then cached. */
class TemplateMatches {
  constructor(index, matcher, finder) {
    this.index = index;
    this.matcher = matcher;
    this.finder = finder;
    this.shown = new Map(); // message → the templates of which it contains enough literals
    this.found = new Map(); // message → template → where it contains it
  }

  /** The templates of which a message contains enough literals, the longest first. */
  possible(message) {
    if (!this.shown.has(message)) {
      this.shown.set(message, this.matcher.shownIn(this.index.candidates(message.words), message.low));
      this.found.set(message, new Map());
    }
    return this.shown.get(message);
  }

  /** Where a message contains one of its possible templates; null if it does not. */
  find(message, number) {
    const found = this.found.get(message);
    if (!found.has(number)) {
      const { lines, low, starts, known } = message;
      found.set(number, this.finder.find(number, lines, low, starts, known));
    }
    return found.get(number);
  }
}

class MessageCandidates {
  constructor(rules, vocabulary) {
    this.rules = rules;
    this.vocabulary = vocabulary;
    this.index = new WordIndex(rules);
    this.matcher = new TemplateMatcher(rules);
    this.finder = new MessageFinder(rules, this.matcher, vocabulary.prefixes, vocabulary.labels);
  }

  /** An empty cache of the templates found in one raw error. */
  matches() {
    return new TemplateMatches(this.index, this.matcher, this.finder);
  }

  /** The candidate of each template in each message, in no particular order. */
  *candidates(evidence, pointed, matches) {
    let any = false;
    for (const message of evidence.messages) {
      for (const number of matches.possible(message)) {
        const found = this.candidate(number, message, evidence, pointed, matches);
        if (!found) continue;
        any = true;
        yield found;
      }
    }
    if (any || !evidence.asserted) return;
    for (const message of evidence.messages) {
      for (const number of matches.possible(message)) {
        const found = this.inside(number, message, evidence, pointed);
        if (found) yield found;
      }
    }
  }

  /** The candidate of one template in one message; null if it does not match, or lacks support. */
  candidate(number, message, evidence, pointed, matches) {
    const found = matches.find(message, number);
    if (found === null) return null;
    const template = this.rules.templates[number];
    const entry = this.rules.entries[template.entry];
    if (entry.support && !this.supported(found, message, evidence)) return null;
    const status = message.statusNear(found.start, found.end) || elsewhere(evidence, message);
    if (template.conditions && !holds(template.conditions, evidence, status)) return null;
    const cue = pointed.includes(entry.provider);
    const rank = this.rank(entry, evidence, status, template, pointed);
    const { cut, values } = found;
    // Of two entries with one wording, the one that asks for more of the evidence is meant.
    const asks = template.conditions && Object.keys(template.conditions).some((key) => key !== "status");
    const literal = found.literal + (asks ? 1 : 0);
    return candidate({ rank, entry, basis: "message", cue, literal, cut, status, values, low: message.low });
  }

  /** The candidate of a template in the middle of a text that is an error; null if it is not there. */
  inside(number, message, evidence, pointed) {
    const template = this.rules.templates[number];
    const entry = this.rules.entries[template.entry];
    if (template.conditions || template.generic || entry.kind === "family") return null;
    const isShort = entry.support || template.weight < LONG; // then a sentence by itself, and the words around it decide
    if (isShort && !(_OWN.includes(entry.category) && ["http", ...pointed].includes(entry.provider))) return null;
    const { finder } = this;
    const found = isShort
      ? finder.findSentence(number, message.lines, message.low)
      : finder.findInside(number, message.lines, message.low);
    if (found === null) return null;
    const status = message.statusNear(found.start, found.end) || elsewhere(evidence, message);
    if (contradicts(entry, status) && (message.known || found.literal < _UNMISTAKABLE)) return null;
    const cue = pointed.includes(entry.provider);
    const { literal, values } = found;
    const rank = isShort ? GENERIC : INSIDE;
    return candidate({ rank, entry, basis: "message", cue, literal, status, values, low: message.low });
  }

  rank(entry, evidence, status, template, pointed) {
    if (template.generic) return itemRank(entry, true, status);
    // A shared wording counts for less than the status that was seen, …
    if (entry.provider === "http" && contradicts(entry, status)) return CONTRADICTED;
    // … and for less than a billing or quota code: a retry would cost more.
    if (entry.provider === "http" && entry.retryable && this.isSpent(evidence)) return FAMILY;
    if (entry.kind !== "family") {
      return template.literal < LONG && this.isAnothers(entry, pointed) ? FAMILY : FULL;
    }
    // The words behind a mere prefix, such as `invalid request: `, say more than the prefix; other categories name what
    // is wrong.
    const last = template.parts.at(-1);
    const isPrefix = template.weight < _PREFIX && typeof last !== "string" && OPEN.has(last[1]);
    const isVague = isPrefix && entry.category === "invalid_request" && !contradicts(entry, status);
    return isVague ? GENERIC : familyRank(entry, status);
  }

  /** Whether an entry is of another provider than the one to which the evidence points. */
  isAnothers({ provider }, pointed) {
    const { gateways, vague } = this.vocabulary.providers;
    if (pointed.includes(provider) || provider === "http" || gateways.has(provider)) return false;
    return pointed.some((name) => !vague.has(name));
  }

  /** Whether a machine code stands for a billing or quota error. */
  isSpent(evidence) {
    const { codes, entries, items } = this.rules;
    return evidence.codes.some((code) =>
      (codes.get(code) ?? []).some((item) => _SPENT.includes(entries[items[item][0]].category)),
    );
  }

  /** Whether anything besides a short wording shows that it reports an error. */
  supported(found, message, evidence) {
    if (evidence.asserted && !message.lines.isCode(found.start)) return true;
    if (message.known || (message.supported && message.starts.includes(found.before))) return true;
    const { text, lines } = message;
    if (lines.isCode(found.start) || lines.isItem(found.start)) return false;
    // After a time or a number it would be a line of some log.
    if (message.whole && !hasDigit(text.slice(0, found.before)) && standsAlone(found, text)) return true;
    const lineEnd = text.indexOf("\n", found.end);
    const start = Math.max(rfind(text, "\n", 0, found.start) + 1, found.start - _SUPPORT_SPAN);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, found.end + _SUPPORT_SPAN);
    const beside = [...message.statuses, ...message.exceptions];
    if (beside.some(({ position }) => start <= position && position <= end)) return true;
    const around = text.slice(start, found.start) + text.slice(found.end, end);
    return this.vocabulary.providers.mentioned(around.toLowerCase());
  }
}

/** The status of the evidence as a whole, unless it was read inside the message. */
function elsewhere(evidence, message) {
  return message.statuses.some((seen) => seen.status === evidence.status) ? null : evidence.status;
}

module.exports = { MessageCandidates, TemplateMatches };
