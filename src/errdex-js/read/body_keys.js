// Tells by its keys what an object is: an error body, a log record, a request or something else. Twin of
// read/body_keys.py.
"use strict";

const {
  _ANSWER_KEYS, _CONTAINER_KEYS, _ERROR_LEVEL, _LEVEL_KEYS, _LOG_KEYS, _MAX_PAIRS, _PAIR, _PRIORITIES, _REQUEST_KEYS,
  _SYSLOG_ERROR, _SYSLOG_WARNING, _TROUBLE_LEVELS, _VALUE_KEY, _WARNING_LEVEL, _WARNING_LEVELS, BODY_KEYS, CODE_KEYS,
  ERROR_CODE_KEYS, ERROR_KEYS, EXCEPTION_KEYS, FOREIGN_KEYS, HEADER_KEYS, HEADER_NAMES, MESSAGE_KEYS, QUOTING_KEYS,
  RECORD_TEXT_KEYS, REPORTING_KEYS, STATUS_KEYS, SUCCESS_KEYS,
  TELLING_KEYS, TEXT_KEYS,
} = require("../constants")("read.body_keys");

const { lstrip, rpartition } = require("../runtime/text");

const PLACES = ["path", "uri", "url"];

const Shape = Object.freeze({ BODY: "body", LOG: "log", ACCESS: "access", SENT: "sent", OTHER: "other" });

/** What an object is, by its keys, an array in lower case. */
function shapeOf(keys, inside) {
  const isLogged = hasAny(keys, _LOG_KEYS); // which may name the model and the limits that were asked for
  if (keys.includes("role")) return Shape.SENT;
  if (!isLogged && hasAny(keys, _REQUEST_KEYS) && !hasAny(keys, _ANSWER_KEYS)) return Shape.SENT;
  if (keys.includes("method") && PLACES.some((place) => keys.includes(place))) return Shape.ACCESS;
  if (isLogged) return Shape.LOG;
  return inside && keys.every((key) => BODY_KEYS.has(key)) ? Shape.BODY : Shape.OTHER;
}

function hasAny(keys, wanted) {
  return keys.some((key) => wanted.has(key));
}

/** Whether a key may contain error bodies. */
function holdsBodies(key) {
  return _CONTAINER_KEYS.has(key);
}

/** The last part of a key of a log record, without decoration: `message` of `error.message` and `@message`. */
function plainName(key) {
  return lstrip(rpartition(key, ".")[2], "@_");
}

/** Whether the level of a log record is that of an error, or of a warning; `keys` are its keys, by their lower case. */
function isTrouble(record, keys, warning = false) {
  const [least, syslog] = warning ? [_WARNING_LEVEL, _SYSLOG_WARNING] : [_ERROR_LEVEL, _SYSLOG_ERROR];
  const fields = record.get(keys.get("@fields"));
  for (const low of _LEVEL_KEYS) {
    let level = fields instanceof Map ? fields.get(low) : record.get(keys.get(low));
    if (level instanceof Map) level = level.get("name"); // loguru
    if (typeof level === "string") {
      const name = level.toLowerCase();
      return _TROUBLE_LEVELS.has(name) || (warning && _WARNING_LEVELS.has(name));
    }
    if (low !== "status" && typeof level === "number") {
      return keys.has("short_message") ? level <= syslog : level >= least;
    }
  }
  return _PRIORITIES.slice(0, syslog + 1).includes(record.get(keys.get("priority")));
}

/** A value without the notation that OTLP has for values and attributes in JSON. */
function unwrapped(value) {
  if (value instanceof Map) return value.size === 1 && value.has(_VALUE_KEY) ? value.get(_VALUE_KEY) : value;
  if (!Array.isArray(value) || !value.length || !value.every(isPair)) return value;
  const pairs = value.slice(0, _MAX_PAIRS).filter((item) => typeof item.get("key") === "string");
  return new Map(pairs.map((item) => [item.get("key"), unwrapped(item.get("value"))]));
}

function isPair(item) {
  return item instanceof Map && item.size === _PAIR.size && [..._PAIR].every((key) => item.has(key));
}

module.exports = {
  BODY_KEYS, CODE_KEYS, ERROR_CODE_KEYS, ERROR_KEYS, EXCEPTION_KEYS, FOREIGN_KEYS, HEADER_KEYS, HEADER_NAMES,
  MESSAGE_KEYS, QUOTING_KEYS, RECORD_TEXT_KEYS, REPORTING_KEYS, STATUS_KEYS, SUCCESS_KEYS, Shape, TELLING_KEYS,
  TEXT_KEYS, hasAny, holdsBodies, isTrouble, plainName, shapeOf, unwrapped,
};
