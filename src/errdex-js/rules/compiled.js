// The compiled catalog, from the parsed content of data/rules.json. Twin of rules/compiled.py.
"use strict";

const { FORMAT } = require("../constants")("rules.compiled");

const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** A row as an object; the columns are the fields of Python's named tuples. */
const named = (columns, row) => Object.fromEntries(columns.map((name, place) => [camel(name), row[place]]));

const mapOf = (object) => new Map(Object.entries(object));

class Rules {
  /** Python's dicts are Maps here; their values, and the conditions, are as in the JSON. */
  constructor(data) {
    if (data.format !== FORMAT) throw new Error(`rules have format ${data.format}, this version reads ${FORMAT}`);
    this.gateways = new Set(data.gateways);
    this.compatible = new Set(data.compatible);
    this.names = mapOf(data.names);
    this.modules = mapOf(data.modules);
    this.mentions = mapOf(data.mentions);
    this.messagePaths = data.message_paths;
    this.codePaths = data.code_paths;
    this.classes = mapOf(data.classes);
    this.classWords = mapOf(data.class_words);
    this.prefixes = data.prefixes;
    this.heads = data.heads;
    this.codeWords = new Set(data.code_words.split(" "));
    this.own = new Set(data.own ?? []);
    const { entry, template } = data.columns;
    this.entries = data.entries.map((row) => ({ ...named(entry, row), provider: row[0].split("/", 1)[0] }));
    this.templates = data.templates.map((row) => named(template, row));
    this.items = data.items;
    this.wantedClasses = data.wanted_classes;
    this.codes = mapOf(data.codes);
    this.fields = mapOf(data.fields);
    this.exceptions = mapOf(data.exceptions);
    this.details = mapOf(data.details);
    this.fieldWords = mapOf(data.field_words);
    this.categories = new Map(
      data.categories.map(([name, title, fix, , scope, actions]) => [name, { title, fix, scope, actions }]),
    );
    this.retryable = new Set(data.categories.filter((row) => row[3]).map(([name]) => name));
    this.defaults = new Map(Object.entries(data.defaults).map(([provider, table]) => [provider, mapOf(table)]));
    this.label = data.label;
    /** First key word → [second, third, template number] of each template that has it. */
    this.words = new Map(data.first_words.split(" ").map((word, place) => [word, keys(...data.words[place])]));
  }
}

/** [second, third, template number] of the templates with one first key word. */
function keys(packed, numbers) {
  const words = packed.split(" ");
  return numbers.map((number, place) => [words[2 * place], words[2 * place + 1], number]);
}

module.exports = { Rules };
