// Finds HTTP statuses in text, only in the forms in which clients write them. Twin of read/signals/status.py.
"use strict";

const { SeenStatus } = require("../evidence");
const { BEFORE, findNumbers, numbersIn } = require("./numbers");
const { isReported, isTagged } = require("./reports");
const { STATUS_WORDS } = require("../../rules/tokens");
const { match, search } = require("../../runtime/re");
const { intersection, isDisjoint } = require("../../runtime/sets");
const { rpartition, rstrip } = require("../../runtime/text");

const {
  _ACCESS, _AFTER, _BESIDE, _CLASS_HEAD, _FORMS, _GOES_ON, _MEASURES, _PHRASES, _REASONS, _REASON_END, _REASON_HEAD,
  _REQUEST_LOG, _SAID, _SAYING,
} = require("../../constants")("read.signals.status");

/** The HTTP statuses in a normalised text, in order; wrapper heads have been read up to `start`. */
function findStatuses(lines, seen, known, reported, start = 0) {
  const text = lines.text;
  const found = [];
  const statuses = intersection(seen, STATUS_WORDS);
  const isNamed = !isDisjoint(seen, known.providers.words);
  const told = (position) => isNamed && isReported(lines, position, known.labels, known.providers.names);
  for (const position of findNumbers(text, statuses, known.providers.names, start)) {
    const end = position + 3;
    const number = Number(text.slice(position, end));
    const before = text.slice(Math.max(0, position - BEFORE), position);
    const after = text.slice(end, end + _AFTER);
    const phrase = fits(_PHRASES, before, after) || told(position);
    const reason = !phrase && hasReason(number, before, after);
    if (!(phrase || reason || inForm(before, after, known))) continue;
    if (lines.isCodeOrMarkup(position)) continue;
    const quotation = lines.quotationAt(position);
    const quoted = 0 <= quotation && quotation < position - 1 && !known.labels.precedes(lines, quotation);
    if (quoted && !search(_REQUEST_LOG, before)) continue; // a status in a quotation is not what happened
    const strong = phrase || hasSupport(lines, position, before, after, reason, known, reported);
    found.push(new SeenStatus(number, position, strong));
  }
  return found;
}

/** The HTTP statuses in the text of an error, in order: the numbers of which any word says that they are one. */
function findStated(lines, seen) {
  const text = lines.text;
  const found = [];
  for (const position of numbersIn(text, intersection(seen, STATUS_WORDS))) {
    const end = position + 3;
    const number = Number(text.slice(position, end));
    const before = rpartition(text.slice(Math.max(0, position - BEFORE), position), "\n")[2];
    const after = text.slice(end, end + _AFTER);
    if (match(_MEASURES, after) || search(_ACCESS, before)) continue;
    const reason = _REASONS[number];
    const named = reason !== undefined && after.toLowerCase().includes(reason);
    if (!(search(_SAYING, before) || match(_SAID, after) || named)) continue;
    if (lines.isCodeOrMarkup(position)) continue;
    // .NET writes `…: 404 (Not Found)` in the language of the system.
    const led = before.endsWith(": ") || before.endsWith("：");
    const stated = reason !== undefined && led && after.toLowerCase().startsWith(` (${reason})`);
    found.push(new SeenStatus(number, position, stated));
  }
  return found;
}

function fits(pairs, before, after) {
  return pairs.some(([left, right]) => search(left, before) && match(right, after));
}

function inForm(before, after, known) {
  if (fits(_FORMS, before, after)) return true;
  let line = rpartition(before, "\n")[2];
  if (!line || !" :([-".includes(line.at(-1))) return false;
  if (isTagged(line, known.providers.names)) return false; // which may be a count, or the number of an issue
  line = rstrip(line, " :([-");
  return known.providers.endsInName(line) || known.ends(line);
}

/** Whether a number is followed by its reason phrase, as in `503 Service Unavailable`. */
function hasReason(status, before, after) {
  const reason = _REASONS[status];
  const rest = after.slice(after.startsWith(": ") ? 2 : 1);
  if (reason === undefined || ![" ", ":"].includes(after.slice(0, 1))) return false;
  if (rest.slice(0, reason.length).toLowerCase() !== reason) return false;
  return match(_REASON_END, rest.slice(reason.length)) !== null && search(_REASON_HEAD, before) !== null;
}

/** Whether a known class, a provider or the reason phrase is next to a status, or a host is on its line. */
function hasSupport(lines, position, before, after, reason, known, reported) {
  const [start, end] = lines.at(position);
  const line = lines.text.slice(Math.max(start, position - _BESIDE), Math.min(end, position + _BESIDE));
  const lineBefore = rpartition(before, "\n")[2];
  const goesOn = match(_GOES_ON, after) !== null;
  if (goesOn && known.providers.endsInName(rstrip(lineBefore, " :([-"))) return true;
  if (known.hasForeign(line)) return false;
  if (reason || known.providers.mentioned(line.toLowerCase(), true)) return true;
  const head = goesOn ? search(_CLASS_HEAD, before) : null;
  return (
    head !== null &&
    reported.some((seen) => seen.name === head.g(1) && Math.abs(seen.position - position) < BEFORE)
  );
}

module.exports = { findStated, findStatuses };
