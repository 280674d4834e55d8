// Reads evidence from errors, responses and SDK objects by their attributes; no SDK is imported. Twin of
// read/exceptions.py, for the shapes of JavaScript: fetch's responses, the clients of OpenAI and Anthropic, the AI SDK,
// axios, AWS.
"use strict";

const { attribute, attributes, classesOf, isError, isObject, textOf } = require("./attributes");
const { SeenException } = require("./evidence");
const { shorten } = require("./raw_text");
const { parse } = require("../runtime/json");
const { words } = require("../rules/tokens");

const STATUSES = ["status", "statusCode", "httpStatusCode", "code"];
const HEADERS = ["headers", "responseHeaders"];
const CODES = ["code", "type", "errorCode"];
const BODIES = ["responseBody", "body", "data", "details"];
const RESPONSES = ["response", "$response", "$metadata"];
const ADDRESSES = ["url"];
/** Base class of a provider's SDK → its module: the classes themselves, such as RateLimitError, are several SDKs'. */
const SDKS = new Map([["OpenAIError", "openai"], ["AnthropicError", "anthropic"]]);
/** Classes of JavaScript itself that say nothing; the words of a plain error are judged as those of Python's. */
const PLAIN = new Set(["Error", "AggregateError", "DOMException"]);
const PLAIN_ERROR = "builtins.Exception";
const MAX_BODY = 200_000;

/** Add the evidence in an error, a response or another object; `reader` is a TextReader. */
function readObject(value, evidence, reader, vocabulary) {
  const answers = [value, ...attributes(value, RESPONSES).map(([, found]) => found).filter(isObject)];
  const status = answers.map(statusOf).find((found) => found !== null) ?? null;
  if (status !== null) [evidence.status, evidence.strong] = [status, true];
  const known = isError(value);
  if (!known && status === null) evidence.asserted = false;
  if (known) {
    addClasses(value, evidence, vocabulary);
    evidence.codes.push(...texts(value, CODES), ...codesBehind(value));
  }
  for (const answer of answers) {
    for (const headers of headersOf(answer)) evidence.addHeaders(headers);
    addAddress(answer, evidence, vocabulary);
  }
  const bodies = answers.flatMap((answer) => attributes(answer, BODIES).map(([, body]) => body));
  const error = attribute(value, "error");
  if (isObject(error) || typeof error === "string") {
    bodies.push(isObject(error) && isObject(attribute(error, "error")) ? error : { error }); // the body, or its error
  }
  if (!bodies.some((body) => addBody(body, evidence, reader, status))) {
    const text = textOf(value, "message");
    if (text) reader.read(shorten(text), evidence, { status, known: known && status !== null, whole: known });
  }
  if (status !== null) [evidence.status, evidence.strong] = [status, true]; // whatever the body says
}

/** An object's HTTP status of an error, or null; a Response has it behind a getter of the platform. */
function statusOf(answer) {
  const found = isResponse(answer) ? answer.status : null;
  const values = found === null ? attributes(answer, STATUSES).map(([, value]) => value) : [found];
  return values.find((value) => Number.isInteger(value) && 400 <= value && value <= 599) ?? null;
}

function isResponse(value) {
  return typeof Response === "function" && value instanceof Response;
}

function addClasses(value, evidence, vocabulary) {
  const names = classesOf(value);
  const own = textOf(value, "name").replace(/^AI_/, "");
  const sdk = names.map((name) => SDKS.get(name)).find(Boolean);
  const telling = [...new Set([own, ...names])].filter((name) => name && !PLAIN.has(name));
  for (const name of telling) {
    evidence.exceptions.push(new SeenException(sdk ? `${sdk}.${name}` : name, 0));
    if (vocabulary.classes.statuses.has(name)) break; // programs subclass those of SDKs
  }
  if (!telling.length) evidence.exceptions.push(new SeenException(PLAIN_ERROR, 0));
}

function texts(value, names) {
  return attributes(value, names).map(([, found]) => found).filter((found) => typeof found === "string" && found);
}

/** The codes of the system's errors behind an error without a status: `fetch failed` says nothing by itself. */
function codesBehind(value) {
  const found = [];
  for (let count = 0; count < 5 && isObject(value); count++) {
    value = attribute(value, "cause");
    if (isObject(value) && statusOf(value) === null) found.push(...texts(value, ["code"]));
  }
  return found;
}

function* headersOf(answer) {
  if (isResponse(answer)) {
    yield [...answer.headers];
    return;
  }
  for (const [, headers] of attributes(answer, HEADERS)) {
    if (typeof Headers === "function" && headers instanceof Headers) yield [...headers];
    else if (headers instanceof Map || Array.isArray(headers)) yield [...headers];
    else if (isObject(headers)) yield pairsOf(headers);
  }
}

function pairsOf(object) {
  const found = Object.entries(Object.getOwnPropertyDescriptors(object));
  return found.filter(([, item]) => "value" in item && item.enumerable).map(([name, item]) => [name, item.value]);
}

/** Add the provider whose host was called. */
function addAddress(answer, evidence, vocabulary) {
  const addresses = isResponse(answer) ? [answer.url] : attributes(answer, ADDRESSES).map(([, found]) => found);
  for (const address of addresses) {
    if (typeof address !== "string" || !/^https?:/i.test(address)) continue;
    const host = address.split("?", 1)[0].toLowerCase();
    evidence.called = true;
    for (const name of vocabulary.providers.namedIn(host, words(host))) {
      if (vocabulary.providers.mentioned(host, true) && !evidence.providers.includes(name)) evidence.providers.push(name);
    }
  }
}

/** Add the evidence in a body, a text or a parsed one; whether it holds a message. */
function addBody(body, evidence, reader, status) {
  const before = evidence.messages.length;
  if (typeof body === "string") {
    if (body.trim()) {
      const parsed = parse(shorten(body));
      if (parsed instanceof Map || Array.isArray(parsed)) reader.readBody(parsed, evidence, status);
      else reader.read(shorten(body), evidence, { status, known: true });
    }
  } else if (isObject(body)) {
    const text = JSON.stringify(body);
    if (text.length <= MAX_BODY) reader.readBody(parse(text), evidence, status);
  }
  return evidence.messages.length > before;
}

module.exports = { readObject, statusOf };
