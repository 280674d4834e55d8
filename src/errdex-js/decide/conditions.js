// Checks the conditions of a catalog's items and templates against the evidence. Twin of decide/conditions.py.
"use strict";

const { Message } = require("../read/evidence");
const { isPath } = require("../read/signals/classes");
const { match } = require("../rules/units");
const { rpartition } = require("../runtime/text");

/** Whether all conditions hold for the evidence. */
function holds(conditions, evidence, status) {
  return Object.entries(conditions).every(([key, wanted]) => {
    if (key === "status") {
      const text = String(status);
      return text === String(wanted) || (typeof wanted === "string" && text.slice(0, 1) === wanted.slice(0, 1));
    }
    if (key === "code") {
      return evidence.codes.includes(wanted) || evidence.exceptions.some((seen) => seen.name === wanted);
    }
    if (key === "exception") return evidence.exceptions.some((seen) => isPath(wanted, seen.path));
    const entries = Object.entries(wanted);
    if (key === "field") return entries.every(([path, value]) => hasField(evidence.fields, path, value));
    if (key === "header") return entries.every(([name, value]) => hasHeader(evidence.headers, name, value));
    return entries.every(([name, parts]) => hasDetail(evidence.fields, name, parts));
  });
}

function hasField(fields, path, value) {
  const wanted = comparable(value);
  return fields.some(([seen, found]) => (seen === path || seen.endsWith("." + path)) && comparable(found) === wanted);
}

/** A value that equals others as in Python, where `True == 1`. */
function comparable(value) {
  return typeof value === "boolean" ? Number(value) : value;
}

function hasHeader(headers, name, value) {
  const seen = headers.get(name.toLowerCase());
  if (value === "present" || value === "absent") return (seen !== undefined) === (value === "present");
  return seen === value;
}

function hasDetail(fields, name, parts) {
  for (const [path, value] of fields) {
    if (rpartition(path, ".")[2] === name && typeof value === "string") {
      const message = new Message(value, { known: true });
      if (match(parts, message.text, message.low, 0, message.text.length, true)) return true;
    }
  }
  return false;
}

module.exports = { comparable, holds };
