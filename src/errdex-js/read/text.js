// Reads evidence from text: a bare message, a body, a log line, a traceback, or any of them nested in another. Twin of
// read/text.py.
"use strict";

const { ObjectReader, reports } = require("./body");
const { Message, SeenStatus } = require("./evidence");
const { findBodies } = require("./formats/embedded");
const { Lines } = require("./lines");
const { mayHoldBody, withoutColours } = require("./raw_text");
const { namedIn, statedIn } = require("./signals/codes");
const { findStated, findStatuses } = require("./signals/status");
const { statusOf } = require("./wrappers");
const { STATUS_WORDS } = require("../rules/tokens");
const { findall, first, match, search } = require("../runtime/re");
const { isDisjoint } = require("../runtime/sets");
const { minBy } = require("../runtime/sorting");
const { strip } = require("../runtime/text");

const {
  _BESIDE, _GOES_ON, _HEADER, _HEADERS, _LEADING_STATUS, _LEADS, _MAX_DEPTH, _MAX_FOUND, _QUOTES,
} = require("../constants")("read.text");
const { FIELD } = require("../constants")("read.raw_text");
const { BODY } = require("../constants")("read.evidence");

class TextReader {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Add the contents of a text to the evidence; the options are those of Python's `read`. */
  read(text, evidence, { status = null, depth = 0, known = false, whole = false, seen = null, trouble = false } = {}) {
    if (depth > _MAX_DEPTH) return;
    text = withoutColours(text);
    if (mayHoldBody(text) && this.readBodies(text, evidence, status, depth, known, whole)) return;
    const message = new Message(text, { known, whole, status });
    message.words = seen === null || text.includes("\\") ? this.vocabulary.wordsIn(message.text) : seen;
    this.readMessage(message, evidence);
    if (trouble) this.readRecord(message, evidence);
  }

  /** Add a text without bodies, whose words are known: the message and the other evidence in it. */
  readMessage(message, evidence) {
    this.readOuter(message, evidence);
    evidence.messages.push(message);
  }

  /** Add the contents of a parsed body, a Map or an array, including the texts in it. */
  readBody(value, evidence, status = null, depth = 0, whole = true, pasted = false) {
    const readText = (text, options) => this.read(text, evidence, options);
    new ObjectReader(evidence, readText, depth, this.vocabulary, pasted).read(value, status, whole);
  }

  /** Read the objects in a text and the text around them; return false if there are none. */
  readBodies(text, evidence, status, depth, known, whole) {
    const lines = new Lines(text);
    // An object that reports nothing, such as the parameters a message complains about, is part of the text.
    // One in a line of source code is an example.
    const found = findBodies(text);
    const reporting = found.filter((body) => reports(body.value) && !lines.isCode(body.start));
    let bodies = reporting;
    if (evidence.asserted && !reporting.length) {
      const every = found.filter((body) => !lines.isCode(body.start));
      bodies = areAll(every, text) ? every : [];
    }
    // A message may quote what the caller sent.
    if (known) bodies = bodies.filter((body) => !isQuoted(text, body.start));
    // So may the text of a plain exception.
    else if (evidence.asserted) {
      bodies = bodies.filter((body) => !(isQuoted(text, body.start) && match(_GOES_ON, text.slice(body.end, body.end + _BESIDE))));
    }
    if (!bodies.length) return false;
    const pieces = [];
    let position = 0;
    for (const body of bodies) {
      pieces.push(text.slice(position, body.start));
      position = body.end;
    }
    const outer = new Message([...pieces, text.slice(position)].join(BODY), { known: false, status });
    outer.words = this.vocabulary.wordsIn(outer.text);
    this.readOuter(outer, evidence);
    const bare = strip(outer.text, BODY + " \n'\"[](),;.:") === "";
    const alone = whole && (bare || outer.starts.length > 1 || outer.low.startsWith("http/"));
    let place = -1;
    for (const body of bodies) {
      place = outer.text.indexOf(BODY, place + 1);
      if (!evidence.asserted && text[body.start - 1] === "`") continue; // prose sets examples in backticks
      const near = nearest(outer.statuses, place, status);
      this.readBody(body.value, evidence, near, depth, alone, true);
    }
    if (!bare) evidence.messages.push(outer);
    return Boolean(reporting.length || evidence.messages.length);
  }

  readOuter(message, evidence) {
    this.readHeads(message, evidence);
    if (_HEADERS.some((name) => message.low.includes(name))) {
      evidence.addHeaders(findall(_HEADER, message.text));
    }
    const seen = message.words;
    const vocabulary = this.vocabulary;
    if (!isDisjoint(seen, vocabulary.providers.words)) {
      for (const provider of vocabulary.providers.namedIn(message.low, seen)) {
        if (!evidence.providers.includes(provider)) evidence.providers.push(provider);
      }
    }
    if (isDisjoint(seen, vocabulary.triggers)) return;
    if (!isDisjoint(seen, vocabulary.classWords)) {
      message.exceptions = vocabulary.classes.reportedIn(message.lines, seen);
      evidence.exceptions.push(...message.exceptions);
    }
    if (message.known) return; // a number inside a message is not a status
    if (!isDisjoint(seen, STATUS_WORDS)) this.readStatuses(message, evidence);
    if (!isDisjoint(seen, vocabulary.fieldWords)) {
      for (const found of first(FIELD, message.text, _MAX_FOUND)) evidence.fields.push([found.g(1), found.g(2)]);
    }
    if (!isDisjoint(seen, vocabulary.codeWords)) {
      if (evidence.asserted && !evidence.codes.length) evidence.codes.push(...namedIn(message.text, vocabulary.codes));
      evidence.codes.push(...statedIn(message.lines, vocabulary.codes));
    }
  }

  /** Read what only the text of a log record with the level of an error shows; see Python's `_read_record`. */
  readRecord(message, evidence) {
    const found = search(_LEADING_STATUS, message.text);
    if (found) {
      message.starts.push(found.end);
      message.statuses.push(new SeenStatus(Number(found.g(1)), found.end - 4, false));
      evidence.status ||= Number(found.g(1));
    }
    message.supported ||= message.status !== null || found !== null;
  }

  readStatuses(message, evidence) {
    const read = message.statuses.at(-1)?.position ?? 0;
    const { classes } = this.vocabulary;
    message.statuses.push(...findStatuses(message.lines, message.words, classes, message.exceptions, read));
    if (evidence.asserted && !message.statuses.length) {
      message.statuses.push(...findStated(message.lines, message.words));
    }
    for (const found of message.statuses) {
      if (found.strong || evidence.status === null) {
        if (!evidence.strong || found.strong) evidence.status = found.status;
        evidence.strong ||= found.strong;
      }
    }
  }

  readHeads(message, evidence) {
    for (const [place, values, telling] of this.vocabulary.wrapperHeads.atStart(message.text, message.low)) {
      message.starts.push(place);
      message.supported ||= telling;
      const number = statusOf(values);
      if (number) {
        if (message.known) message.status = number;
        else if (telling) message.statuses.push(new SeenStatus(number, place - 1, true));
        if (telling || !evidence.strong) {
          evidence.status = number;
          evidence.strong ||= telling;
        }
      }
      if (values.has("code")) evidence.codes.push(values.get("code")[1]);
      if (values.has("operation")) evidence.fields.push(["operation", values.get("operation")[1]]);
    }
  }
}

/** Whether a text is objects and nothing else. */
function areAll(bodies, text) {
  return bodies.length > 0 && strip(text.slice(0, bodies[0].start) + text.slice(bodies.at(-1).end)) === "";
}

/** Whether an object in a message is a quotation, as in `invalid tool id '{…}'`, and not what a client got. */
function isQuoted(text, place) {
  const before = text.slice(Math.max(0, place - _BESIDE), place).replace(/\\+$/, "");
  return _QUOTES.includes(before.at(-1)) && search(_LEADS, before.slice(0, -1)) === null;
}

function nearest(statuses, place, otherwise) {
  return statuses.length ? minBy(statuses, (seen) => Math.abs(seen.position - place)).status : otherwise;
}

module.exports = { TextReader };
