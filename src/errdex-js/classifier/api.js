// The facade of the package: a catalog that takes errors and responses as well as texts. Twin of classifier/api.py.
"use strict";

const { Catalog } = require("./catalog");
const { ErrorChain } = require("./exception_chain");
const { NO_ERROR } = require("../decide/answer");

class AnyCatalog extends Catalog {
  /** The answer for an error of any kind: a text, an Error, a response, or a parsed body. Never throws. */
  classify(raw) {
    if (typeof raw === "string") return super.classify(raw);
    if (raw === null || typeof raw !== "object") return NO_ERROR;
    return new ErrorChain(this.full).answer(raw);
  }

  /** The answer for a text of which nobody says that it is an error. */
  detect(text) {
    return typeof text === "string" ? super.detect(text) : NO_ERROR;
  }
}

module.exports = { Catalog: AnyCatalog };
