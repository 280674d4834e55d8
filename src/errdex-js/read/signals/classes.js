// Finds the exception classes that a text reports, as opposed to those it only mentions. Twin of
// read/signals/classes.py.
"use strict";

const { SeenException } = require("../evidence");
const { BULLET, ERROR_CLASS } = require("../lines");
const { lastWord } = require("./providers");
const { finditer, fullmatch, match, search } = require("../../runtime/re");
const { isdigit, partition, rpartition, rstrip, strip } = require("../../runtime/text");

const {
  LINE_HEAD, REPORTS, _AFTER_CLASS, _BUILTINS, _MAX_CLASSES, _MAX_PATH, _MAX_PLACES, _PATH_CHARACTERS, _RECORD, _REPORT_BELOW,
} = require("../../constants")("read.signals.classes");

class Classes {
  constructor(rules, providers, labels) {
    this.labels = labels;
    this.providers = providers;
    this.statuses = rules.classes;
    this.classes = rules.classWords;
    this.words = new Set(this.classes.keys());
    const paths = new Set([...this.statuses.values()].flat().map(([, path]) => path));
    for (const path of rules.wantedClasses) paths.add(path);
    this.modules = new Set(providers.modules.keys());
    // A built-in class counts only as a caught exception, and here there is only text.
    for (const path of paths) if (partition(path, ".")[0] === _BUILTINS) paths.delete(path);
    this.paths = [...paths];
    for (const path of paths) {
      if (path.includes(".")) this.modules.add(partition(path, ".")[0]);
    }
  }

  /** The catalog's classes that a text reports, in order; classes that are only mentioned do not count. */
  reportedIn(lines, seen) {
    const text = lines.text;
    const places = [];
    for (const word of seen) {
      for (const name of this.classes.get(word) ?? []) {
        let place = text.indexOf(name);
        for (let count = 0; count < _MAX_CLASSES && place >= 0; count++) {
          places.push([place, name]);
          place = text.indexOf(name, place + 1);
        }
      }
    }
    places.sort(([one, name], [other, second]) => one - other || (name < second ? -1 : 1));
    const found = [];
    for (const [place, name] of places.slice(0, _MAX_PLACES)) {
      const path = pathBefore(text, place);
      if (this.isReported(lines, place - path.length, place + name.length, path)) {
        found.push(new SeenException(path + name, place));
      }
    }
    return found;
  }

  /** Whether a class is of a provider's SDK, or one that an entry asks for. */
  knows(path) {
    return Boolean(this.providers.ownerOf(path)) || this.paths.some((wanted) => isPath(wanted, path));
  }

  isReported(lines, start, end, path) {
    const text = lines.text;
    const [line, lineEnd] = lines.at(start);
    const after = text.slice(end, Math.min(lineEnd, end + 80));
    if (!match(_AFTER_CLASS, after) || this.isForeign(path, text.slice(start + path.length, end))) return false;
    const quotation = lines.quotationAt(start);
    if (quotation > line && !this.labels.precedes(lines, quotation)) return false; // a quotation is not what happened
    const before = text.slice(Math.max(line, start - 80), start);
    if (!strip(after, " '")) {
      // A class alone on its line is an item of a list, unless its module or the rest of a report is there too.
      const whole = match(_REPORT_BELOW, text.slice(end, end + 20));
      if (match(BULLET, text.slice(line, lineEnd)) || !(path || whole)) return false;
    }
    let reported = !before || fullmatch(LINE_HEAD, before) || search(REPORTS, before);
    reported ||= path && fullmatch(_RECORD, before);
    return Boolean(reported || this.labels.precedes(lines, start)) && !lines.isCode(start);
  }

  /** Whether a class is in a module unknown to the catalog and is not named after a provider. */
  isForeign(path, name) {
    return this.isUnknown(path) && !this.providers.names.has(name.toLowerCase());
  }

  isUnknown(path) {
    return Boolean(path) && !this.modules.has(partition(path, ".")[0]);
  }

  /** Whether a line names an error class in a module unknown to the catalog. */
  hasForeign(text) {
    for (const found of finditer(ERROR_CLASS, text)) {
      if (this.isUnknown(pathBefore(text, found.start))) return true;
    }
    return false;
  }

  /** Whether a text ends in an error class. */
  ends(text) {
    const name = rpartition(lastWord(text), ".")[2];
    return this.statuses.has(name) || fullmatch(ERROR_CLASS, name) !== null;
  }
}

/** The dotted modules before a class name, including the last dot. */
function pathBefore(text, place) {
  if (text[place - 1] !== ".") return "";
  const before = text.slice(Math.max(0, place - _MAX_PATH), place);
  const names = before.slice(rstrip(before, _PATH_CHARACTERS).length, -1).split(".");
  const path = [];
  for (const name of names.reverse()) {
    if (!name || isdigit(name[0])) break;
    path.push(name);
  }
  return path.length ? [...path.reverse(), ""].join(".") : "";
}

/** Whether a dotted class path ends in the wanted class and contains the wanted modules, in order. */
function isPath(wanted, seen) {
  const parts = seen.split(".");
  if (rpartition(seen, ".")[2] !== rpartition(wanted, ".")[2]) return false;
  let place = 0;
  for (const part of wanted.split(".")) {
    place = parts.indexOf(part, place) + 1;
    if (!place) return false;
  }
  return true;
}

module.exports = { Classes, isPath };
