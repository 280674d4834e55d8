// The compiled catalog, from the content of rules.json; the same as Rules of rules/compiled.py.
"use strict";

const { FORMAT } = require("../constants")("rules.compiled");

const ENTRY = [
  "id", "kind", "category", "retryable", "retryAfter", "statuses", "support", "title", "fix", "source",
];
const TEMPLATE = ["entry", "parts", "literal", "uniqueFrom", "sentence", "conditions"];

const named = (names, row) => Object.fromEntries(names.map((name, place) => [name, row[place]]));

const mapOf = (object) => new Map(Object.entries(object));

class Rules {
  /**
   * `providers`, `codes`, `fields`, `exceptions`, `details`, `fieldWords`, `words` and `defaults` (of
   * Maps) are Maps; what stands in them, and the conditions, is as in the JSON.
   */
  constructor(data) {
    if (data.format !== FORMAT) throw new Error(`rules have format ${data.format}, this version reads ${FORMAT}`);
    this.providers = mapOf(data.providers);
    this.own = new Set(data.own ?? []);
    this.entries = data.entries.map((row) => ({ ...named(ENTRY, row), provider: row[0].split("/", 1)[0] }));
    this.templates = data.templates.map((row) => named(TEMPLATE, row));
    this.items = data.items;
    this.conditions = [
      ...data.items.map(([, conditions]) => conditions),
      ...this.templates.flatMap((template) => template.conditions ?? []),
    ];
    this.codes = mapOf(data.codes);
    this.fields = mapOf(data.fields);
    this.exceptions = mapOf(data.exceptions);
    this.details = mapOf(data.details);
    this.fieldWords = mapOf(data.field_words);
    this.defaults = new Map(Object.entries(data.defaults).map(([provider, table]) => [provider, mapOf(table)]));
    this.words = new Map(
      Object.entries(data.words).map(([word, keys]) => [
        word,
        keys.map(([second, third, template]) => [second || word, third || word, template]),
      ]),
    );
  }
}

module.exports = { Rules };
