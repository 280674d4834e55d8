// Log records in JSON whose fields say that a call of a provider failed. Twin of read/failed_calls.py.
"use strict";

const known = require("./body_keys");
const { words } = require("../rules/tokens");
const { partition } = require("../runtime/text");

const { _ADDRESS_KEYS, _OWNER_KEYS, _SERVED_KEYS } = require("../constants")("read.failed_calls");

/** The provider whose call failed, as the fields of a log record with a status say; null if they do not. */
function ownerOf(record, keys, providers) {
  if (known.hasAny([...keys.keys()], _SERVED_KEYS) || !known.isTrouble(record, keys, true)) return null;
  for (const low of _OWNER_KEYS) {
    const name = record.get(keys.get(low));
    const owner = typeof name === "string" ? providers.names.get(name.toLowerCase()) : undefined;
    if (owner !== undefined) return owner;
  }
  for (const key of _ADDRESS_KEYS) {
    const address = record.get(keys.get(key));
    if (typeof address !== "string" || address.startsWith("/")) continue;
    const low = partition(address.toLowerCase(), "?")[0];
    const [called] = providers.namedIn(low, new Set(words(low)), true);
    if (called !== undefined) return called;
  }
  return null;
}

module.exports = { ownerOf };
