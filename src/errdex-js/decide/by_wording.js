// The candidate of the wording model, for errors that no entry lists. Twin of decide/by_wording.py.
"use strict";

const { CONTRADICTED, FINAL, GENERIC, UNSURE, WORDING, candidate } = require("./candidate");
const { LONGEST } = require("../read/signals/retry_after");
const { search } = require("../runtime/re");
const { endsOf, features, isBare, namesOf, textsOf, wordsAlone } = require("../wording/features");
const { statementsOf } = require("../wording/statements");

const {
  _BUG, _CERTAIN, _FOREIGN, _GUESS, _LIKELY, _LIMITS, _PASSING, _SURE, _SURE_AGAINST_RETRY,
  _SURE_AGAINST_UNUSUAL, _SURE_ENOUGH_TO_RETRY, _SURE_OF_RETRY, _UNANSWERED, _USUAL,
} = require("../constants")("decide.by_wording");
const { BODY } = require("../constants")("read.evidence");
const { THEME } = require("../constants")("wording.features");

class WordingCandidates {
  constructor(rules, model, names) {
    this.model = model;
    this.names = names;
    this.categories = rules.categories;
    this.retryable = rules.retryable;
    this.entries = new Map(); // category and verdict → its entry, so that equal ones are the same
  }

  /** Whether a judgement alone identifies nothing. */
  isGuess(judgement) {
    return judgement.probability < _GUESS;
  }

  /** Whether the words of a raw error say no more than its status or its listed code does. */
  isBare(evidence, found) {
    const listed = found[0].rank === GENERIC;
    const generic = found.filter((other) => other.rank === GENERIC && other.entry.kind !== "family");
    const said = new Set(generic.map(({ low }) => low));
    const others = evidence.messages.filter(({ low }) => !said.has(low));
    const isAround = ({ text }) => text.includes(BODY) && isBare([wordsAlone(text)], evidence.status, this.names);
    if (said.size && others.every(isAround)) return listed;
    if (evidence.codes.length && !listed) return false;
    let texts = textsOf(evidence);
    for (const code of evidence.codes) texts = texts.map((text) => text.replaceAll(code, " "));
    return isBare(texts, evidence.status, this.names);
  }

  /** Whether the words of a raw error say no more than its status, so that they cannot be foreign. */
  repeatsStatus(evidence) {
    const { messages, status } = evidence;
    return Boolean(status) && messages.length > 0 && isBare(textsOf(evidence), status, this.names);
  }

  /** What the model says about the words of a raw error, or where these identify nothing, of the line that says most. */
  judge(evidence) {
    const names = namesOf(evidence);
    const classes = new Set(evidence.exceptions.map((seen) => seen.name));
    if (!evidence.messages.length && names.every((name) => classes.has(name))) return null; // the name of a class alone
    const given = evidence.statusOrTold;
    const status = _USUAL.includes(given) ? given : null;
    const found = features([...textsOf(evidence), ...names], status);
    const words = [...found].filter((name) => !name.startsWith(THEME));
    if (words.length === 1) return this.ofWord(evidence, found);
    const whole = this.model.judge(found);
    if (weight(whole) >= _GUESS || whole?.foreign >= _FOREIGN) return whole;
    let [best, most] = [null, _GUESS];
    for (const line of evidence.messages.flatMap(({ text }) => statementsOf(endsOf(text)))) {
      const stated = features([wordsAlone(line)], null);
      const said = weight(this.model.judge(stated));
      if (said > most) [best, most] = [stated, said];
    }
    return best ? this.model.judge(new Set([...best, ...features([], status)])) : whole;
  }

  /** What a single word says, such as `Unauthorized`: only what is certain, and only of an error; see Python's _of_word. */
  ofWord(evidence, found) {
    if (!evidence.asserted || !evidence.messages.every((message) => /^\p{L}/u.test(message.text))) return null;
    const judgement = this.model.judge(found, 1);
    return judgement && judgement.probability >= _CERTAIN ? judgement : null;
  }

  /**
   * The candidate of a judgement; one of `found`, best first, that says the same has a page and takes its place.
   * `promise` is the number of seconds after which a message says that the limit opens again, or null.
   */
  candidate(judgement, status, promise, found) {
    const { probability, retry } = judgement;
    let { category } = judgement;
    const needed = probability >= _CERTAIN ? _LIKELY : _SURE_OF_RETRY;
    const passes = !found.length && Math.min(judgement.transient, retry) >= _PASSING;
    const likely = probability >= _SURE_ENOUGH_TO_RETRY && retry >= needed;
    let retryable = this.retryable.has(category) && (likely || passes);
    let sure = probability >= this.surely(category, status) || passes;
    const speaksForRetry = found.length > 0 && found[0].entry.retryable;
    if (speaksForRetry && found[0].entry.category === category) {
      retryable = retryable || sure; // the status says so, too
    } else if (speaksForRetry && !retryable) {
      sure = sure && probability >= _SURE_AGAINST_RETRY;
    }
    if (promise !== null && _LIMITS.includes(category)) {
      sure = true;
      retryable = promise <= LONGEST;
      category = retryable ? "rate_limit" : "quota";
    }
    if (found.some((other) => other.rank === CONTRADICTED && other.entry.category === category)) {
      retryable = false; // the status says that it is not what the words say
    }
    const rank = sure ? WORDING : UNSURE;
    for (const other of found) {
      const { entry } = other;
      const agrees = entry.retryable === retryable || (entry.retryable && retry >= _LIKELY);
      if (entry.category === category && agrees && rank < other.rank && other.rank < UNSURE) {
        return { ...other, rank, probability };
      }
    }
    const entry = this.entry(category, retryable && rank === WORDING);
    return candidate({ rank, entry, basis: "wording", status, probability });
  }

  /** The probability of a category from which a judgement counts beside a status. */
  surely(category, status) {
    if (FINAL.includes(status) && _UNANSWERED.includes(category)) return _CERTAIN;
    return status === null || _USUAL.includes(status) ? _SURE : _SURE_AGAINST_UNUSUAL;
  }

  entry(category, retryable) {
    const key = `${category} ${retryable}`;
    if (!this.entries.has(key)) {
      const { title, fix, scope, actions } = this.categories.get(category);
      this.entries.set(key, {
        id: "", kind: "wording", category, retryable, retryAfter: null, statuses: [], support: false, title, fix,
        source: null, scope, action: actions[retryable ? 0 : 1], provider: "http",
      });
    }
    return this.entries.get(key);
  }
}

/** How likely a judgement's category is, given that the text may be no error of an LLM API. */
function weight(judgement) {
  return judgement ? judgement.probability * (1 - judgement.foreign) : 0;
}

/** Whether a raw error is not an LLM API's but another program's, or a bug; only a bug where a provider is `named`. */
function isForeign(judgement, evidence, named) {
  const texts = [...evidence.messages.map(({ text }) => text), ...evidence.exceptions.map(({ path }) => path)];
  const isBug = judgement.category !== "connection" && texts.some((text) => search(_BUG, text));
  return isBug || (!named && judgement.foreign >= _FOREIGN);
}

module.exports = { WordingCandidates, isForeign };
