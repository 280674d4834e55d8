// Finds numbers that may be an HTTP status, by the number itself and the word before it. Twin of
// read/signals/numbers.py.
"use strict";

const { match, search } = require("../../runtime/re");
const { endswith, isdigit, lstrip, rstrip, split } = require("../../runtime/text");

const { _FIELD_BEFORE, _MAX_NUMBERS, _NUMBER, _REQUEST_BEFORE, BEFORE, BETWEEN, STATUS_ENDINGS } =
  require("../../constants")("read.signals.numbers");

/** The positions of numbers that may be a status; of very many, only those at both ends of the text. */
function findNumbers(text, statuses, names, start = 0, endings = STATUS_ENDINGS) {
  const places = numbersIn(text, statuses, start);
  return places.filter((place) => mayBeStatus(text.slice(Math.max(0, place - BEFORE), place), names, endings));
}

/** The positions of these numbers, each a word by itself; of very many, only those at both ends of the text. */
function numbersIn(text, statuses, start = 0) {
  const places = [];
  for (const status of statuses) {
    let place = text.indexOf(status, start);
    while (place >= 0) {
      if (match(_NUMBER, text, place)) places.push(place);
      place = text.indexOf(status, place + 3);
    }
  }
  if (!places.length) return places;
  places.sort((one, other) => one - other);
  if (places.length > 2 * _MAX_NUMBERS) {
    return [...places.slice(0, _MAX_NUMBERS), ...places.slice(-_MAX_NUMBERS)];
  }
  return places;
}

/** Whether a number may be a status, judging by the word before it. */
function mayBeStatus(before, names, endings) {
  if (before.endsWith("line ")) return false;
  const tail = rstrip(before, BETWEEN);
  if (!tail || before.includes("\n", tail.length)) return true;
  const words = split(tail);
  if (!words.length) return true;
  const low = words.at(-1).toLowerCase();
  if (isdigit(low.at(-1))) return search(_REQUEST_BEFORE, before) === null;
  if (endswith(low, endings) || names.has(rstrip(lstrip(low, BETWEEN), "]"))) return true;
  return search(_FIELD_BEFORE, before) !== null;
}

module.exports = { BEFORE, findNumbers, numbersIn };
