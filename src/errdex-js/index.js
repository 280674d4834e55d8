// The public interface; see index.d.ts.
"use strict";

const { Catalog } = require("./classifier/catalog");

let builtIn = null;

function createCatalog(rules = require("./data/rules.json")) {
  return new Catalog(rules);
}

function classify(text) {
  builtIn ??= createCatalog();
  return builtIn.classify(text);
}

module.exports = { classify, createCatalog };
