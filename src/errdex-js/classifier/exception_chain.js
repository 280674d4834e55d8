// Decides which error of a chain or group gives the answer, and what that means for the whole. Twin of
// classifier/exception_chain.py.
"use strict";

const { attribute, classesOf, isError, isObject, textOf } = require("../read/attributes");
const { Evidence } = require("../read/evidence");
const { readObject, statusOf } = require("../read/exceptions");
const { NO_ERROR } = require("../decide/answer");
const { parse } = require("../runtime/json");

const SURE = new Set(["message", "code", "field"]);
const CAUSES = ["cause", "lastError", "originalError", "original", "reason"];
const OWN_BUGS = new Set(["TypeError", "ReferenceError", "RangeError", "SyntaxError", "EvalError", "URIError"]);
/** What fetch says, in a TypeError, where it reached nobody: Node's, Chromium's, Firefox's and Safari's. */
const UNREACHED = /^(?:fetch failed|failed to fetch|networkerror when|load failed|network request failed|terminated$)/i;
const MAX_DEPTH = 20;
const MAX_JUDGED = 200;
/** Keys beside a status by which a plain object is an answer of HTTP, and not a body. */
const PARTS = ["headers", "responseHeaders", "body", "responseBody", "data", "error"];

class ErrorChain {
  /** `full` is the reference of a catalog. */
  constructor(full) {
    this.full = full;
    this.known = new Map();
  }

  /** The answer for an error or another object, given by itself or by the errors behind it. */
  answer(value, depth = 0) {
    if (this.known.has(value)) return this.known.get(value);
    if (depth > MAX_DEPTH || this.known.size >= MAX_JUDGED) return NO_ERROR;
    this.known.set(value, NO_ERROR); // ends cyclic chains
    let found = NO_ERROR;
    try {
      found = this.of(value, depth);
    } catch {
      // Foreign objects may do anything; our own failure must not hide the error at hand.
    }
    this.known.set(value, found);
    return found;
  }

  of(value, depth) {
    if (isError(value) && textOf(value, "name") === "AbortError") return NO_ERROR; // the program's own wish
    let answer = this.alone(value);
    if (isOwnBug(value) && (answer.retryable || !SURE.has(answer.basis))) answer = NO_ERROR;
    if (SURE.has(answer.basis) && answer.category !== "connection") return answer;
    for (const cause of causesOf(value)) {
      const inner = this.answer(cause, depth + 1);
      if (inner.basis !== "none" && (answer.basis === "none" || saysMore(inner, answer))) {
        return inner.provider || answer.basis === "none" ? inner : { ...inner, provider: answer.provider };
      }
    }
    const held = attribute(value, "errors");
    if (answer.basis === "none" && Array.isArray(held)) return this.ofAll(held, depth);
    return answer;
  }

  /** The joint answer of several errors: the same call fails again if any one of them does. */
  ofAll(errors, depth) {
    const answers = errors.filter(isObject).map((error) => this.answer(error, depth + 1));
    const known = answers.filter(({ basis }) => basis !== "none");
    if (!known.length) return NO_ERROR;
    const lasting = known.find(({ retryable }) => !retryable);
    if (lasting) return lasting;
    const longest = known.reduce((one, other) => ((other.retry_after ?? 0) > (one.retry_after ?? 0) ? other : one));
    return known.length === answers.length ? longest : { ...longest, retryable: false, retry_after: null };
  }

  /** The answer for an object by itself. */
  alone(value) {
    const { decider, reader, answers, vocabulary } = this.full;
    const evidence = new Evidence(true);
    const isBody = Array.isArray(value) || (!isError(value) && !isAnswer(value));
    if (isBody) reader.readValue(parse(JSON.stringify(value)), evidence);
    else readObject(value, evidence, reader.text, vocabulary);
    reader.readClasses(evidence);
    return answers.make(evidence, decider.candidates(evidence)[0] ?? null);
  }
}

/** Whether an object that is no error is an answer of HTTP: fetch's, or anything with a status and another part. */
function isAnswer(value) {
  if (typeof Response === "function" && value instanceof Response) return true;
  return statusOf(value) !== null && PARTS.some((name) => attribute(value, name) !== undefined);
}

function isOwnBug(value) {
  const [name] = isError(value) ? classesOf(value) : [];
  return OWN_BUGS.has(name) && !(name === "TypeError" && UNREACHED.test(textOf(value, "message")));
}

function causesOf(value) {
  return CAUSES.map((name) => attribute(value, name)).filter((cause) => isObject(cause) && isError(cause));
}

/** Whether an inner error is a better answer than the one that wraps it. */
function saysMore(inner, answer) {
  if (answer.basis === "wording") return inner.basis !== "wording" || inner.confidence > answer.confidence;
  if (inner.basis === "status") return answer.basis === "exception" || answer.category === "connection";
  if (!SURE.has(inner.basis)) return false;
  const own = inner.entry !== null && !inner.entry.startsWith("http/");
  return own || !SURE.has(answer.basis) || answer.category === "connection";
}

module.exports = { ErrorChain };
