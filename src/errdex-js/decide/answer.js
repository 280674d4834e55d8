// Turns a candidate into an answer, filling in params, fix and wait. Twin of decide/answer.py; an answer has the keys
// of Classification.to_dict().
"use strict";

const { EXCEPTION, WORDING } = require("./candidate");
const { fill } = require("./fix");
const { Float, convert } = require("../match/param_values");
const retryAfter = require("../read/signals/retry_after");
const { shouldRetry } = require("../read/signals/should_retry");
const { isSecret, masked } = require("../rules/secrets");

const { _ABOUT_KEYS, _CONFIDENCE, _CONFIDENCE_IN_UNKNOWN, _NUMBERS, LIMITED, OPENING, SITE, WAIT } =
  require("../constants")("decide.answer");
const { NO_RETRY, RETRY } = require("../constants")("decide.fix");
const { _OUTAGES } = require("../constants")("model.classification");

const NO_PARAMS = new Map();
const NO_ERROR = Object.freeze({
  entry: null, provider: null, status: null, code: null, category: "unknown", retryable: false, retry_after: null,
  scope: "request", action: "none", resets_in: null, title: "", fix: "", params: Object.freeze({}), basis: "none",
  docs_url: null, source_url: null, confidence: 0, is_outage: false,
});

class Answers {
  constructor(rules, vocabulary) {
    this.codes = rules.codes;
    this.own = rules.own;
    this.categories = rules.categories;
    this.providers = vocabulary.providers;
  }

  /** The answer for a candidate; without one, the answer that the evidence alone allows. */
  make(evidence, candidate) {
    if (candidate === null) return this.unidentified(evidence);
    const { entry, basis, probability } = candidate;
    const found = candidate.values.size ? params(candidate) : NO_PARAMS;
    const status = candidate.status ?? entry.statuses[0] ?? null;
    let { provider } = entry;
    let { retryable, action, fix } = this.verdict(evidence, candidate);
    let wait = null;
    let resetsIn = null;
    if (retryable) {
      wait = resetsIn = waitOf(evidence, candidate, found, status);
      if (wait !== null && wait > retryAfter.LONGEST) {
        [retryable, wait] = [false, null];
        if (action === "retry") action = "wait";
      }
    } else if (OPENING.has(entry.category) && entry.scope !== "request") resetsIn = resetOf(evidence, candidate, found);
    const shared = provider === "http" || this.providers.gateways.has(provider);
    if (shared || (evidence.called && this.providers.compatible.has(provider))) provider = this.owner(provider, evidence);
    return {
      entry: entry.id || null,
      provider,
      status,
      code: candidate.code || this.code(evidence),
      category: entry.category,
      retryable,
      retry_after: wait,
      scope: entry.scope,
      action,
      resets_in: resetsIn,
      title: entry.title,
      fix: fill(fix, found),
      params: Object.fromEntries(Array.from(found, ([name, value]) => [name, plain(value)])),
      basis,
      docs_url: basis === "wording" || this.own.has(entry.id) ? null : `${SITE}${entry.id}/`,
      source_url: entry.source,
      confidence: probability === null ? _CONFIDENCE[basis] : Math.min(0.99, Number(probability.toFixed(2))),
      is_outage: _OUTAGES.has(entry.category) && entry.scope !== "request",
    };
  }

  /** Whether to retry, what to do and the fix: the entry's, unless the service itself says otherwise; see _verdict. */
  verdict(evidence, { entry, rank }) {
    const said = rank >= EXCEPTION ? shouldRetry(evidence.headers, evidence.fields) : null;
    if (said === null || said === entry.retryable || (said && rank <= WORDING)) return entry;
    return { retryable: said, action: this.categories.get(entry.category).actions[said ? 0 : 1], fix: said ? RETRY : NO_RETRY };
  }

  /** The provider of an error with an `http` or gateway entry: a provider named in the evidence, if any. */
  owner(provider, evidence) {
    const named = evidence.providers.find((name) => !this.providers.gateways.has(name));
    return named ?? (this.providers.gateways.has(provider) ? provider : null);
  }

  /** The answer for an error that no entry matches, as shown by a class, a code or an unusual status. */
  unidentified(evidence) {
    const known = evidence.exceptions.some(({ path }) => this.providers.ownerOf(path));
    if (!(evidence.strong || evidence.error || known)) return NO_ERROR;
    const unknown = this.categories.get("unknown");
    return {
      ...NO_ERROR,
      provider: evidence.providers[0] ?? null,
      status: evidence.status,
      code: this.code(evidence),
      title: unknown.title,
      fix: unknown.fix,
      basis: evidence.status ? "status" : known ? "exception" : "code",
      confidence: _CONFIDENCE_IN_UNKNOWN,
    };
  }

  code(evidence) {
    const known = evidence.codes.find((code) => this.codes.has(code));
    return known ?? evidence.codes.slice(0, 1).find((code) => !isSecret(code)) ?? null;
  }
}

/** Map of hole name → value, without secrets. */
function params(candidate) {
  const found = new Map();
  const beside = _ABOUT_KEYS.has(candidate.entry.category);
  for (const [name, [kind, value]] of candidate.values) {
    if (kind !== "secret") found.set(name, convert(kind, _NUMBERS.has(kind) ? value : masked(value, beside, name)));
  }
  return found;
}

/** The seconds to wait for a retry, from the first of: Retry-After, the message, the body, a limit's reset, the entry. */
function waitOf(evidence, candidate, found, status) {
  const { headers, fields } = evidence;
  let wait = headers.size ? retryAfter.fromHeaders(headers) : null;
  if (wait !== null) return wait;
  wait = stated(evidence, candidate, found);
  if (wait === null && fields.length) wait = retryAfter.fromFields(fields, headers);
  if (wait === null && headers.size && LIMITED.includes(status)) wait = retryAfter.fromReset(headers);
  return wait ?? candidate.entry.retryAfter;
}

/** The seconds until a limit opens that no retry can wait for; see Python's _reset. */
function resetOf(evidence, candidate, found) {
  const { headers, fields } = evidence;
  let wait = stated(evidence, candidate, found);
  if (wait === null && fields.length) wait = retryAfter.fromFields(fields, headers, retryAfter.LONGEST);
  if (wait === null && headers.size) {
    wait = retryAfter.fromHeaders(headers);
    if (wait === null || wait <= retryAfter.LONGEST) wait = retryAfter.fromReset(headers, true);
  }
  return wait;
}

/** The seconds after which the message says that the limit opens. */
function stated(evidence, candidate, found) {
  const promised = found.get(WAIT);
  if (promised instanceof Float) return promised.value;
  for (const low of candidate.low ? [candidate.low] : evidence.messages.map((message) => message.low)) {
    const wait = retryAfter.fromMessage(low) ?? retryAfter.fromMoment(low, evidence.headers);
    if (wait !== null) return wait;
  }
  return null;
}

/** A param as a JSON value. */
const plain = (value) =>
  value instanceof Float ? value.value : typeof value === "bigint" ? Number(value) : value;

module.exports = { Answers, NO_ERROR };
