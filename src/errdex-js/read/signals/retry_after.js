// Reads how long to wait from headers, from fields of a body and from the words of a message. Twin of
// read/signals/retry_after.py.
"use strict";

const { KINDS, seconds } = require("../../rules/holes");
const { timestamp } = require("../../runtime/dates");
const { fullmatch, search } = require("../../runtime/re");
const { minBy } = require("../../runtime/sorting");
const { partition, rpartition, strip } = require("../../runtime/text");

const { secondsUntil } = require("./moments");
const {
  _DRAFT, _EPOCH, _EPOCH_MS, _ISO, _MILLISECONDS, _PROMISE, _PROMISING, LONGEST, MOMENT_FIELDS, RESET_FIELDS, WAIT_FIELDS,
} = require("../../constants")("read.signals.retry_after");

const DIGITS = "[0-9]+(?:_[0-9]+)*";
const FLOAT = new RegExp(`^[-+]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?$`);

/** The time by the server's clock, in seconds since 1970; by the local one if no header gives it. */
function now(headers) {
  return date(headers.get("date") ?? "") || Date.now() / 1000;
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

/** The seconds given by a field of the body, or null; see Python's from_fields. */
function fromFields(fields, headers, least = 0) {
  let reset = null;
  let moment = null;
  for (const [path, value] of fields) {
    const name = rpartition(path, ".")[2].toLowerCase();
    if (WAIT_FIELDS.has(name)) {
      const wait = typeof value === "string" ? duration(value) : float(value);
      if (wait !== null && (wait > least || !least)) return wait;
    } else if (RESET_FIELDS.has(name)) {
      reset ||= typeof value === "string" ? duration(value) : float(value);
    } else if (MOMENT_FIELDS.has(name) && value !== null && value !== undefined) {
      moment ||= until(typeof value === "string" ? value : String(Number(value)), headers); // a past one says nothing
    }
  }
  return reset || moment || null;
}

/** The seconds that a folded message promises, as in `try again in 9.8s`, or null. */
function fromMessage(low) {
  if (!_PROMISING.some((word) => low.includes(word))) return null;
  const found = search(_PROMISE, low);
  return found ? seconds(found.g(1)) : null;
}

/** The seconds until the moment at which a folded message says that a limit opens, or null. */
function fromMoment(low, headers) {
  return _PROMISING.some((word) => low.includes(word)) ? secondsUntil(low, now(headers)) : null;
}

/** The seconds until the exhausted rate limit resets, or null; see Python's from_reset. */
function fromReset(headers, surely = false) {
  const waits = [];
  for (const [name, value] of headers) {
    let wait;
    let doubt;
    const draft = name === "ratelimit" ? search(_DRAFT, value) : null;
    if (name.includes("reset") && (name.includes("ratelimit") || name.includes("codex"))) {
      wait = until(value, headers);
      doubt = doubtOf(name, headers);
    } else if (draft) {
      wait = Number(draft.g(2));
      doubt = /[^0]/.test(draft.g(1)) ? 2 : 0;
    } else continue;
    if (wait && (!doubt || (wait <= LONGEST && !surely))) waits.push([doubt, -wait]); // one that has passed says nothing
  }
  return waits.length ? -minBy(waits, (wait) => wait)[1] : null;
}

/** How doubtful it is that the limit of a reset header was hit: 0 exhausted, 1 unknown, 2 something is left. */
function doubtOf(name, headers) {
  const status = headers.get(name.replaceAll("reset", "status"));
  if (status) return status === "rejected" ? 0 : 2;
  let left = float(headers.get(name.replaceAll("reset", "remaining")));
  if (left === null) {
    const used = float(headers.get(`${partition(name, "reset")[0]}used-percent`));
    left = used === null ? null : Math.max(0, 100 - used);
  }
  return left === null ? 1 : left ? 2 : 0;
}

/** The seconds given by a header: a number, a duration or the time to wait until; null for anything else. */
function until(value, headers) {
  const wait = duration(partition(value, ",")[0]);
  let moment = wait === null ? date(value) : null;
  if (wait !== null && wait > _EPOCH) moment = wait > _EPOCH_MS ? wait / 1000 : wait;
  if (moment === null) return wait;
  return Math.max(0, moment - now(headers));
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

module.exports = { LONGEST, fromFields, fromHeaders, fromMessage, fromMoment, fromReset };
