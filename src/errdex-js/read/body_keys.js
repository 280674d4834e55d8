// Tells by its keys what an object is: an error body, a log record, a request or something else. Twin of
// read/body_keys.py.
"use strict";

const {
  _ANSWER_KEYS, _CONTAINER_KEYS, _LOG_KEYS, _REQUEST_KEYS, BODY_KEYS, CODE_KEYS, ERROR_CODE_KEYS, ERROR_KEYS,
  FOREIGN_KEYS, HEADER_KEYS, HEADER_NAMES, MESSAGE_KEYS, REPORTING_KEYS, STATUS_KEYS, TELLING_KEYS, TEXT_KEYS,
} = require("../constants")("read.body_keys");

const PLACES = ["path", "uri", "url"];

const Shape = Object.freeze({ BODY: "body", LOG: "log", ACCESS: "access", SENT: "sent", OTHER: "other" });

/** What an object is, by its keys, an array in lower case. */
function shapeOf(keys, inside) {
  if (keys.includes("role") || (hasAny(keys, _REQUEST_KEYS) && !hasAny(keys, _ANSWER_KEYS))) return Shape.SENT;
  if (keys.includes("method") && PLACES.some((place) => keys.includes(place))) return Shape.ACCESS;
  if (hasAny(keys, _LOG_KEYS)) return Shape.LOG;
  return inside && keys.every((key) => BODY_KEYS.has(key)) ? Shape.BODY : Shape.OTHER;
}

function hasAny(keys, wanted) {
  return keys.some((key) => wanted.has(key));
}

/** Whether a key may contain error bodies. */
function holdsBodies(key) {
  return _CONTAINER_KEYS.has(key);
}

module.exports = {
  BODY_KEYS, CODE_KEYS, ERROR_CODE_KEYS, ERROR_KEYS, FOREIGN_KEYS, HEADER_KEYS, HEADER_NAMES, MESSAGE_KEYS,
  REPORTING_KEYS, STATUS_KEYS, Shape, TELLING_KEYS, TEXT_KEYS, hasAny, holdsBodies, shapeOf,
};
