// Raw text → evidence; the same as read/dispatch.py, for texts.
"use strict";

const { STATUS_WORDS } = require("../rules/tokens");
const { ERROR_OBJECT } = require("../constants")("read.body_keys");
const { search } = require("../runtime/re");
const { isSubset, lstrip } = require("../runtime/text");
const { Evidence } = require("./evidence");
const { parse } = require("../runtime/json");
const { findNumbers } = require("./signals/numbers");
const { TextReader } = require("./text");

class RawReader {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
    this.text = new TextReader(vocabulary);
  }

  mayReport(text, triggers) {
    if (triggers.size) {
      if (!isSubset(triggers, STATUS_WORDS) || findNumbers(text, triggers, this.vocabulary.providers.names).length) return true;
    }
    return text.includes("rror") && text.includes("{") && search(ERROR_OBJECT, text) !== null;
  }

  readText(text, seen) {
    const evidence = new Evidence();
    if ("{[ \n\t".includes(text.slice(0, 1)) && ["{", "["].includes(lstrip(text).slice(0, 1))) {
      const value = parse(text);
      if (value !== undefined) {
        this.text.readBody(value, evidence);
        return evidence;
      }
    }
    this.text.read(text, evidence, { whole: true, seen });
    this.pointToOwners(evidence);
    return evidence;
  }

  pointToOwners(evidence) {
    for (const seen of evidence.exceptions) {
      const owner = this.vocabulary.providers.ownerOf(seen.path);
      if (owner && !evidence.providers.includes(owner)) evidence.providers.push(owner);
    }
  }
}

module.exports = { RawReader };
