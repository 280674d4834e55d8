// Reads how long to wait from headers, from fields of a body and from the words of a message. Twin of
// read/signals/retry_after.py.
"use strict";

const { KINDS, seconds } = require("../../rules/holes");
const { timestamp } = require("../../runtime/dates");
const { fullmatch, search } = require("../../runtime/re");
const { minBy } = require("../../runtime/sorting");
const { partition, rpartition, strip } = require("../../runtime/text");

const { _EPOCH, _EPOCH_MS, _ISO, _MILLISECONDS, _PROMISE, _PROMISING, LONGEST, WAIT_FIELDS } =
  require("../../constants")("read.signals.retry_after");

const DIGITS = "[0-9]+(?:_[0-9]+)*";
const FLOAT = new RegExp(`^[-+]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?$`);

function now() {
  return Date.now() / 1000;
}

/** The seconds that `retry-after-ms` or `Retry-After` asks for, or null; `headers` is a Map, names in lower case. */
function fromHeaders(headers) {
  for (const name of _MILLISECONDS) {
    const milliseconds = float(headers.get(name));
    if (milliseconds !== null) return milliseconds / 1000;
  }
  const value = headers.get("retry-after");
  return value ? until(value, headers) : null;
}

/** The seconds given by a field of the body, such as `retry_after` or `retryDelay`, or null. */
function fromFields(fields) {
  for (const [path, value] of fields) {
    if (!WAIT_FIELDS.has(rpartition(path, ".")[2].toLowerCase())) continue;
    const wait = typeof value === "string" ? duration(value) : float(value);
    if (wait !== null) return wait;
  }
  return null;
}

/** The seconds that a folded message promises, as in `try again in 9.8s`, or null. */
function fromMessage(low) {
  if (!_PROMISING.some((word) => low.includes(word))) return null;
  const found = search(_PROMISE, low);
  return found ? seconds(found.g(1)) : null;
}

/** The seconds until the exhausted rate limit resets, or null; see Python's from_reset. */
function fromReset(headers) {
  const waits = [];
  for (const [name, value] of headers) {
    const wait = name.includes("ratelimit") && name.includes("reset") ? until(value, headers) : null;
    if (!wait) continue; // a moment that has passed says nothing about the limit that was hit now
    const left = float(headers.get(name.replaceAll("reset", "remaining")));
    const doubt = left === null ? 1 : left ? 2 : 0;
    if (!doubt || wait <= LONGEST) waits.push([doubt, -wait]);
  }
  return waits.length ? -minBy(waits, (wait) => wait)[1] : null;
}

/** The seconds given by a header: a number, a duration or the time to wait until; null for anything else. */
function until(value, headers) {
  const wait = duration(partition(value, ",")[0]);
  let moment = wait === null ? date(value) : null;
  if (wait !== null && wait > _EPOCH) moment = wait > _EPOCH_MS ? wait / 1000 : wait;
  if (moment === null) return wait;
  return Math.max(0, moment - (date(headers.get("date") ?? "") || now()));
}

function duration(value) {
  const number = float(value);
  if (number !== null) return number;
  const found = fullmatch(KINDS.duration, strip(value));
  return found ? seconds(found[0]) : null;
}

/** Python's `float()` of a text, a number or a boolean; null for anything else, and below 0. */
function float(value) {
  if (!value) return null;
  let number = Number(value);
  if (typeof value === "string") {
    const text = strip(value);
    number = FLOAT.test(text) ? Number(text.replaceAll("_", "")) : NaN;
  }
  return 0 <= number && number < Infinity ? number : null;
}

/** An HTTP or ISO 8601 date as seconds since 1970; null for anything else. */
function date(value) {
  if (!fullmatch(_ISO, value)) return timestamp(value);
  const time = Date.parse(/Z$|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}

module.exports = { LONGEST, fromFields, fromHeaders, fromMessage, fromReset };
