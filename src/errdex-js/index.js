// The public interface; see index.d.ts.
"use strict";

const { Catalog } = require("./classifier/api");

let builtIn = null;

function createCatalog(rules = require("./data/rules.json")) {
  return new Catalog(rules, require("./data/weights.json"));
}

function classify(raw) {
  builtIn ??= createCatalog();
  return builtIn.classify(raw);
}

function detect(text) {
  builtIn ??= createCatalog();
  return builtIn.detect(text);
}

module.exports = { classify, createCatalog, detect };
