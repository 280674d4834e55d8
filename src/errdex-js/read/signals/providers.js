// Tells whose error a text is, by the names, hosts and modules of providers. Twin of read/signals/providers.py.
"use strict";

const { BODY_KEYS } = require("../body_keys");
const { characters, words } = require("../../rules/tokens");
const { isalnum, isalpha, rfind, rpartition, strip } = require("../../runtime/text");

const { _HOST_WEIGHT, _PATH_CHARACTERS } = require("../../constants")("read.signals.providers");

class Providers {
  constructor(rules) {
    this.gateways = rules.gateways;
    this.compatible = rules.compatible;
    /** Providers that a text may well name although the message is another's. */
    this.vague = new Set([...rules.gateways, ...rules.compatible]);
    this.modules = rules.modules;
    this.names = rules.names;
    this.mentions = rules.mentions;
    this.words = new Set(this.mentions.keys());
    const { messagePaths, codePaths } = rules;
    this.messageKeys = new Set(messagePaths.map(last));
    this.codeKeys = new Set(codePaths.map(last));
    this.bodyKeys = new Set([...messagePaths, ...codePaths].flatMap((path) => path.split(".")).map((key) => key.toLowerCase()));
    this.extraKeys = new Set([...this.bodyKeys].filter((key) => !BODY_KEYS.has(key)));
  }

  /** The providers that a folded text mentions, if only by hosts: hosts before names, the last mentioned first. */
  namedIn(low, seen, hostsOnly = false) {
    const found = new Map();
    for (const word of seen) {
      for (const [name, owner, isHost] of this.mentions.get(word) ?? []) {
        const place = isHost || !hostsOnly ? lastMention(low, name, isHost) : -1;
        if (place >= 0) found.set(owner, Math.max(found.get(owner) ?? 0, place + (isHost ? _HOST_WEIGHT : 0)));
      }
    }
    return [...found.keys()].sort((one, other) => found.get(other) - found.get(one));
  }

  /** Whether a folded text mentions a provider; with `hostsOnly`, only its hosts count. */
  mentioned(low, hostsOnly = false) {
    for (const word of new Set([...words(low), ...characters(low)])) {
      for (const [name, , isHost] of this.mentions.get(word) ?? []) {
        if ((isHost || !hostsOnly) && lastMention(low, name, isHost) >= 0) return true;
      }
    }
    return false;
  }

  /** Whether a text ends in a provider's name. */
  endsInName(text) {
    return this.names.has(lastWord(text).toLowerCase());
  }

  /** The provider whose SDK module a class path begins with, or after which the class is named; or null. */
  ownerOf(path) {
    let [head, , name] = rpartition(path, ".");
    for (; head; head = rpartition(head, ".")[0]) {
      if (this.modules.has(head)) return this.modules.get(head);
    }
    return this.names.get(name.toLowerCase()) ?? null;
  }
}

/** The last word of a text, without brackets and quotes around it. */
function lastWord(text) {
  return strip(rpartition(text, " ")[2], "'[]()");
}

function last(path) {
  return rpartition(path, ".")[2].toLowerCase();
}

/** Where a text last mentions a host, or a name or module as a separate word; -1 if it does not. */
function lastMention(low, name, isHost) {
  let place = rfind(low, name);
  while (place >= 0 && !isHost) {
    const before = low.slice(Math.max(0, place - 1), place);
    const after = low.slice(place + name.length, place + name.length + 2);
    const next = after.slice(0, 1);
    if (!(isalnum(before) || (before && _PATH_CHARACTERS.includes(before)))) {
      if (name.endsWith(".")) {
        if (isalpha(next)) return place;
      } else if (!(isalnum(next) || (next && "_/@-".includes(next)) || (next === "." && isalnum(after.slice(1))))) {
        return place;
      }
    }
    place = rfind(low, name, 0, place);
  }
  return place;
}

module.exports = { Providers, lastWord };
