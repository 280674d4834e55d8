// Candidates from evidence other than messages: codes, fields, exception classes and the bare status. Twin of
// decide/by_signal.py.
"use strict";

const { CLASS, CODE, DEFAULT, EXCEPTION, STATUS, candidate, itemRank } = require("./candidate");
const { comparable, holds } = require("./conditions");
const { isPath } = require("../read/signals/classes");
const { rpartition } = require("../runtime/text");

const NONE = new Map();

class SignalCandidates {
  constructor(rules, vocabulary) {
    this.rules = rules;
    this.vocabulary = vocabulary;
    this.http = rules.defaults.get("http") ?? NONE;
    this.byValue = new Map();
  }

  /** The candidates of codes, fields, classes and statuses, in no particular order. */
  candidates(evidence, pointed, recognised) {
    const found = [...this.items(evidence, pointed), ...this.classes(evidence, pointed)];
    return [...found, ...this.defaults(evidence, pointed, recognised || found.length > 0)];
  }

  *items(evidence, pointed) {
    const { rules } = this;
    const seen = new Set();
    // A class that belongs to no known SDK, such as ThrottlingException, is the service's own code.
    const classes = evidence.exceptions
      .filter(({ path }) => this.vocabulary.providers.ownerOf(path) === null)
      .map(({ name }) => name);
    for (const code of new Set([...evidence.codes, ...classes])) {
      for (const item of rules.codes.get(code) ?? []) yield* this.item(item, seen, "code", evidence, pointed, code);
    }
    // A body may have one field a thousand times, and each item looks at all of them: it is judged once.
    const fields = evidence.fields.map(([path, value]) => [rpartition(path, ".")[2], comparable(value)]);
    const asked = fields.flatMap(([key, value]) => this.withField(key).get(value) ?? []);
    const detailed = [...new Set(fields.map(([key]) => key))].flatMap((key) => rules.details.get(key) ?? []);
    for (const item of new Set([...asked, ...detailed])) {
      yield* this.item(item, seen, "field", evidence, pointed, null);
    }
  }

  /** The items that ask for a field of this name, by its value; cached. */
  withField(key) {
    let found = this.byValue.get(key);
    if (found === undefined) {
      this.byValue.set(key, (found = new Map()));
      for (const item of this.rules.fields.get(key) ?? []) {
        for (const [path, value] of Object.entries(this.rules.items[item][1].field)) {
          if (rpartition(path, ".")[2] !== key) continue;
          found.set(comparable(value), [...(found.get(comparable(value)) ?? []), item]);
        }
      }
    }
    return found;
  }

  *item(item, seen, basis, evidence, pointed, code) {
    const { status } = evidence;
    const [number, conditions, generic] = this.rules.items[item];
    if (seen.has(item) || !holds(conditions, evidence, status)) return;
    seen.add(item);
    const entry = this.rules.entries[number];
    const rank = itemRank(entry, generic, status);
    const literal = [code ?? "", ...Object.values(conditions.field ?? {})].join("").length;
    yield candidate({ rank, entry, basis, cue: pointed.includes(entry.provider), literal, status, code });
  }

  *classes(evidence, pointed) {
    const { status } = evidence;
    const done = new Set();
    for (const { name } of evidence.exceptions) {
      for (const item of this.rules.exceptions.get(name) ?? []) {
        const [number, conditions] = this.rules.items[item];
        if (done.has(item) || !holds(conditions, evidence, status)) continue;
        done.add(item);
        const entry = this.rules.entries[number];
        const cue = pointed.includes(entry.provider);
        yield candidate({ rank: EXCEPTION, entry, basis: "exception", cue, literal: name.length, status });
      }
    }
  }

  /** The candidates of the bare status, or of the status that a class stands for. */
  *defaults(evidence, pointed, recognised) {
    let { status } = evidence;
    let basis = "status";
    if (!(evidence.strong || evidence.error || recognised)) status = null;
    if (status === null) {
      const [standsFor, owner] = this.classStatus(evidence.exceptions);
      [status, basis] = [standsFor, "exception"];
      if (owner) pointed = [owner, ...pointed];
      if (status === null && evidence.told) {
        ({ status } = evidence.told);
        basis = evidence.told.byClass ? "exception" : "status";
      }
    }
    if (status === null || status < 400) return;
    const exact = String(status);
    for (const provider of pointed) {
      const own = this.rules.defaults.get(provider) ?? NONE;
      yield* this.bare(evidence, own, exact, DEFAULT, basis, status, provider !== "http");
    }
    yield* this.bare(evidence, this.http, exact, STATUS, basis, status, false);
    yield* this.bare(evidence, this.http, `${Math.floor(status / 100)}xx`, CLASS, basis, status, false);
  }

  *bare(evidence, table, key, rank, basis, status, cue) {
    for (const item of table.get(key) ?? []) {
      const [number, conditions] = this.rules.items[item];
      if (!holds(conditions, evidence, status)) continue;
      // An item with more conditions than the status says more than the bare status does.
      if (Object.keys(conditions).length > 1) rank = CODE;
      yield candidate({ rank, entry: this.rules.entries[number], basis, cue, status });
    }
  }

  /** The status that an SDK's class stands for, and its provider. */
  classStatus(exceptions) {
    for (const { name, path: seen } of exceptions) {
      const owner = this.vocabulary.providers.ownerOf(seen);
      for (const [provider, path, status] of this.vocabulary.classes.statuses.get(name) ?? []) {
        if (status !== null && provider === owner && isPath(path, seen)) return [status, provider];
      }
    }
    return [null, null];
  }
}

module.exports = { SignalCandidates };
