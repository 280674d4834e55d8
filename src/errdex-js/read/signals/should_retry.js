// Reads whether the service itself says that a retry can help. Twin of read/signals/should_retry.py.
"use strict";

const { _FIELDS, HEADER } = require("../../constants")("read.signals.should_retry");

/** What a header, or else a field of the body, says about a retry, or null; a field counts only where it says no. */
function shouldRetry(headers, fields) {
  const said = headers.get(HEADER)?.trim().toLowerCase();
  if (said === "true" || said === "false") return said === "true";
  const values = fields
    .filter(([path, value]) => typeof value === "boolean" && _FIELDS.has(path.split(".").pop().toLowerCase()))
    .map(([, value]) => value);
  return values.length && !values.includes(true) ? false : null;
}

module.exports = { shouldRetry };
