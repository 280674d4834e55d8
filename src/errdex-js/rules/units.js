// The unit matcher: matches one template at one position of a text. Twin of rules/units.py.
"use strict";

const { KINDS, OPEN } = require("./holes");
const re = require("../runtime/re");
const { find, isdigit, lstrip, rstrip, strip } = require("../runtime/text");

const { _APPENDED, _END, _GOES_ON, _LINE_END, _MAX_TRIES, _QUOTED_END, _REST_OF_NUMBER, _SHORT } = require("../constants")("rules.units");

// The values of holes are a Map: name → [kind, matched text].

const isText = (part) => typeof part === "string";
const isOpen = (part) => OPEN.has(part[1]);
const starts = (low, part, position, end) => position + part.length <= end && low.startsWith(part, position);

/** Whether a message may end at a position. */
function ends(text, position, end, closed) {
  if (position === end || re.matchEnd(closed ? _END : _LINE_END, text, position, end) >= 0) return true;
  return isAppended(text.slice(0, end), position);
}

/** Whether a position is inside a number: `limit: 0` is not in `limit: 0.5`. */
function splitsNumber(text, position) {
  return isdigit(text.slice(position - 1, position)) && re.matchEnd(_REST_OF_NUMBER, text, position) >= 0;
}

/** Match a template at one position of a text: [where the message ends, its values], or null. */
function match(parts, text, low, start, end, closed, quoted = false) {
  const values = new Map();
  let position = start;
  for (let number = 0; number < parts.length; ) {
    const part = parts[number];
    if (isText(part)) {
      if (!starts(low, part, position, end)) return null;
      position += part.length;
    } else if (isOpen(part)) {
      const upto = nextOpen(parts, number + 1);
      position = search(parts, number, upto, text, low, position, end, values, closed);
      if (position < 0) return null;
      number = upto;
      continue;
    } else {
      position = hole(part, text, position, end, values);
      if (position < 0) return null;
    }
    number++;
  }
  if (!ends(text, position, end, closed) && !(quoted && re.match(_QUOTED_END, text, position, end))) return null;
  return [position, values];
}

/** Match a typed hole: where its value ends, or -1. */
function hole([name, kind], text, position, end, values) {
  const after = re.matchEnd(KINDS[kind], text, position, end);
  if (after >= 0 && name !== "_") values.set(name, [kind, text.slice(position, after)]);
  return after;
}

/** Whether a message is followed by something that clients append, such as a request id. */
function isAppended(text, position) {
  return re.match(_APPENDED, text.slice(position, position + 120)) !== null;
}

/** Match a wrapper head: [where the message after it begins, its values], or null. */
function matchHead(parts, text, low, start) {
  const values = new Map();
  const first = parts[0];
  if (isText(first) && !low.startsWith(first, start)) return null;
  const upto = nextOpen(parts, 0);
  let position = unit(parts, 0, upto, text, low, start, text.length, values);
  if (position < 0) return null;
  if (upto < parts.length) {
    const line = lineEnd(text, position, Math.min(text.length, position + 200));
    position = search(parts, upto, parts.length, text, low, position, line, values, true, false);
    if (position < 0) return null;
  }
  return [position, values];
}

function nextOpen(parts, number) {
  while (number < parts.length && (isText(parts[number]) || !isOpen(parts[number]))) number++;
  return number;
}

/** Match the consecutive parts of one unit: where it ends, or -1. */
function unit(parts, number, upto, text, low, position, end, values) {
  for (let index = number; index < upto && position >= 0; index++) {
    const part = parts[index];
    if (!isText(part)) position = hole(part, text, position, end, values);
    else position = starts(low, part, position, end) ? position + part.length : -1;
  }
  return position;
}

/** Match an open hole and the unit after it: where the unit ends, or -1. */
function search(parts, number, upto, text, low, position, end, values, closed, tail = true) {
  const [name, kind] = parts[number];
  if (number + 1 === upto) {
    const stop = closed ? end : lineEnd(text, position, end);
    if (name !== "_") values.set(name, [kind, rstrip(strip(text.slice(position, stop), " \n"), " .,;:。，、；：")]);
    return stop;
  }
  const literal = parts[number + 1];
  const last = tail && upto === parts.length;
  let place = find(low, literal, position, end);
  for (let tries = 0; tries < _MAX_TRIES && place >= 0; tries++) {
    const after = unit(parts, number + 1, upto, text, low, place, end, values);
    if (after >= 0 && !(last && !ends(text, after, end, closed))) {
      if (name !== "_") values.set(name, [kind, strip(text.slice(position, place), " \n")]);
      return after;
    }
    place = find(low, literal, place + 1, end);
  }
  return -1;
}

function lineEnd(text, position, end) {
  const line = find(text, "\n", position, end);
  return line < 0 ? end : line;
}

/** Match a template against truncated text: [literal characters that match, where the match ends, values], or null. */
function matchCut(parts, text, low, start, end, sentence, quoted = false) {
  const values = new Map();
  let position = start;
  let covered = 0;
  for (let number = 0; number < parts.length; number++) {
    const part = parts[number];
    if (isText(part)) {
      const shared = common(part, low, position, end);
      position += shared;
      covered += shared;
      if (shared < part.length) break;
    } else if (isOpen(part)) {
      const following = parts[number + 1];
      const place = following ? find(low, following, position, end) : -1;
      if (place < 0) break;
      if (part[0] !== "_") values.set(part[0], [part[1], text.slice(position, place)]);
      position = place;
    } else {
      const after = hole(part, text, position, end, values);
      if (after < 0) break;
      position = after;
    }
  }
  const goesOn = covered === sentence && sentence < _SHORT && _GOES_ON.includes(lstrip(low.slice(position, position + 2)).slice(0, 1));
  if (sentence && covered >= sentence && !goesOn && !splitsNumber(text, position)) return [covered, position, values];
  const stops =
    re.matchEnd(_LINE_END, text, position, end) >= 0 || (quoted && re.match(_QUOTED_END, text, position, end));
  return stops ? [covered, position, values] : null;
}

function common(literal, low, position, end) {
  const size = Math.min(literal.length, end - position);
  let length = 0;
  while (length < size && literal[length] === low[position + length]) length++;
  return length;
}

module.exports = { match, isAppended, matchHead, matchCut };
