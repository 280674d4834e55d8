// What the keys of an object say about it; the same as read/body_keys.py.
"use strict";

const constants = require("../constants")("read.body_keys");

const SETS = [
  "BODY_KEYS", "CODE_KEYS", "ERROR_CODE_KEYS", "ERROR_KEYS", "FOREIGN_KEYS", "HEADER_KEYS", "HEADER_NAMES",
  "MESSAGE_KEYS", "REPORTING_KEYS", "STATUS_KEYS", "TELLING_KEYS", "TEXT_KEYS", "_ANSWER_KEYS", "_CONTAINER_KEYS",
  "_LOG_KEYS", "_REQUEST_KEYS",
];
const sets = Object.fromEntries(SETS.map((name) => [name, new Set(constants[name])]));
const { BODY_KEYS, _ANSWER_KEYS, _CONTAINER_KEYS, _LOG_KEYS, _REQUEST_KEYS } = sets;
const PLACES = ["path", "uri", "url"];

const Shape = Object.freeze({ BODY: "body", LOG: "log", ACCESS: "access", SENT: "sent", OTHER: "other" });

// `keys`: an array.
function shapeOf(keys, inside) {
  if (keys.includes("role") || (any(keys, _REQUEST_KEYS) && !any(keys, _ANSWER_KEYS))) return Shape.SENT;
  if (keys.includes("method") && PLACES.some((place) => keys.includes(place))) return Shape.ACCESS;
  if (any(keys, _LOG_KEYS)) return Shape.LOG;
  return inside && keys.every((key) => BODY_KEYS.has(key)) ? Shape.BODY : Shape.OTHER;
}

function any(keys, set) {
  return keys.some((key) => set.has(key));
}

function holdsBodies(key) {
  return _CONTAINER_KEYS.has(key);
}

module.exports = { ...sets, Shape, any, holdsBodies, shapeOf };
