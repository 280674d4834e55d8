// Turns raw text into evidence. Twin of read/dispatch.py, for texts.
"use strict";

const { Evidence } = require("./evidence");
const { asJson } = require("./json_text");
const { told } = require("./signals/told");
const { TextReader } = require("./text");
const { lstrip } = require("../runtime/text");

const { _EVENT } = require("../constants")("read.dispatch");

class RawReader {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
    this.text = new TextReader(vocabulary);
  }

  /** The evidence in a text; `seen` are its telling words, if known; `asserted` if the caller says it is an error. */
  readText(text, { seen = null, asserted = false } = {}) {
    const evidence = new Evidence(asserted);
    const value = asJson(text.startsWith(_EVENT) ? lstrip(text.slice(_EVENT.length)) : text);
    if (value !== null) {
      this.readValue(value, evidence, true);
      return evidence;
    }
    this.text.read(text, evidence, { whole: true, seen });
    this.readClasses(evidence);
    return evidence;
  }

  /** Add the evidence in a parsed body; `pasted` if it was found in a text. */
  readValue(value, evidence, pasted = false) {
    this.text.readBody(value, evidence, null, 0, true, pasted);
    doubt(evidence);
    this.readClasses(evidence);
  }

  /** Add what classes say of the provider, and what words tell of the status of an error without one. */
  readClasses(evidence) {
    if (evidence.asserted && evidence.status === null) evidence.told = told(evidence, this.vocabulary.classes);
    for (const seen of evidence.exceptions) {
      const owner = this.vocabulary.providers.ownerOf(seen.path);
      if (evidence.called && this.vocabulary.providers.compatible.has(owner)) continue; // this SDK is used for many
      if (owner && !evidence.providers.includes(owner)) evidence.providers.push(owner);
    }
  }
}

/** Take back that a body is an error if nothing in it reports one: a successful answer has a body too. */
function doubt(evidence) {
  if (!evidence.messages.length && !evidence.codes.length && !evidence.status && !evidence.error) {
    evidence.asserted = false;
  }
}

module.exports = { RawReader };
