// How long to wait, from headers, from fields, and from a message; the same as evidence/retry_after.py.
"use strict";

const constants = require("../constants")("evidence.retry_after");
const { KINDS } = require("../constants")("catalog.template");
const { seconds } = require("../matching/values");
const { fullmatch, search } = require("../runtime/re");
const { minBy, rpartition, strip } = require("../runtime/text");
const { timestamp } = require("./dates");

const { _EPOCH, _EPOCH_MS, _LIMITS, _PROMISE, _PROMISING, LONGEST } = constants;
const WAIT_FIELDS = new Set(constants.WAIT_FIELDS);
const DIGITS = "[0-9]+(?:_[0-9]+)*";
const FLOAT = new RegExp(`^[-+]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?$`);

function now() {
  return Date.now() / 1000;
}

// `headers`: a Map.
function fromHeaders(headers) {
  const milliseconds = float(headers.get("retry-after-ms"));
  if (milliseconds !== null) return milliseconds / 1000;
  const value = headers.get("retry-after");
  if (!value) return null;
  const wait = duration(value);
  if (wait !== null) return wait;
  const moment = timestamp(value);
  return moment === null ? null : Math.max(0, moment - now());
}

function fromFields(fields) {
  for (const [path, value] of fields) {
    if (!WAIT_FIELDS.has(rpartition(path, ".")[2].toLowerCase())) continue;
    const wait = typeof value === "string" ? duration(value) : float(value);
    if (wait !== null) return wait;
  }
  return null;
}

function fromMessage(low) {
  if (!_PROMISING.some((word) => low.includes(word))) return null;
  const found = search(_PROMISE, low);
  return found ? seconds(found.g(1)) : null;
}

function fromReset(headers) {
  const waits = [];
  for (const prefix of ["x-ratelimit", "ratelimit"]) {
    for (const limit of _LIMITS) {
      const value = headers.get(`${prefix}-reset${limit}`);
      let wait = value ? duration(value) : null;
      if (wait === null) continue;
      if (wait > _EPOCH) wait = Math.max(0, (wait > _EPOCH_MS ? wait / 1000 : wait) - now());
      const usedUp = float(headers.get(`${prefix}-remaining${limit}`)) === 0;
      waits.push([!usedUp, waits.length, wait]);
    }
  }
  return waits.length ? minBy(waits, (wait) => wait)[2] : null;
}

function duration(value) {
  const number = float(value);
  if (number !== null) return number;
  const found = fullmatch(KINDS.duration, strip(value));
  return found ? seconds(found[0]) : null;
}

// `float()` of a text, a number or a boolean.
function float(value) {
  if (!value) return null;
  let number = Number(value);
  if (typeof value === "string") {
    const text = strip(value);
    number = FLOAT.test(text) ? Number(text.replaceAll("_", "")) : NaN;
  }
  return 0 <= number && number < Infinity ? number : null;
}

module.exports = { LONGEST, fromFields, fromHeaders, fromMessage, fromReset };
