// Features of an error for the wording model: its words, the pairs of neighbouring words, and its status. Twin of
// wording/features.py.
"use strict";

const { findall, fullmatch, match, sub } = require("../runtime/re");
const { endswith, isalpha, isdecimal } = require("../runtime/text");

const {
  _ADDRESS, _CLASSES, _DIGIT, _EMPTY, _FIRST, _FRAME, _HUMP, _LAST, _LONGEST_WORD, _NAME, _OTHER_REASONS,
  _PLAIN_WORD, _QUERY, _QUOTATION, _READ, _REASONS, _RECORD, _SMALL, _STATUS, _STEM, _TELLING, _THEMES, _TIME, _TOKEN,
} = require("../constants")("wording.features");
const { BODY } = require("../constants")("read.evidence");

/** The features of the texts of one error and its HTTP status, as a Set. */
function features(texts, status) {
  const found = new Set();
  for (const text of texts) {
    let last = null;
    for (const word of wordsOf(text)) {
      found.add(word);
      if (last !== null) found.add(`${last} ${word}`);
      if (word in _THEMES) found.add(_THEMES[word]);
      last = word;
    }
  }
  if (status) {
    found.add(`=${status}`);
    found.add(`=${Math.floor(status / 100)}xx`);
  }
  return found;
}

/** The words of a text in order; numbers are replaced by what kind of number they are. */
function wordsOf(text) {
  let words = findall(_TOKEN, sub(_HUMP, (found) => `${found.g(1)} ${found.g(2)}`, text).toLowerCase());
  if (words.length > _FIRST + _LAST) words = [...words.slice(0, _FIRST), ...words.slice(-_LAST)];
  return words.map((word) => (isalpha(word) && word.length <= _LONGEST_WORD ? word.slice(0, _STEM) : kind(word)));
}

/** What stands for a number, a duration, an id or an overlong word. */
function kind(word) {
  if (match(_STATUS, word)) return word;
  const time = match(_TIME, word);
  if (time) return `#${time.g(1)}`;
  if (!match(_DIGIT, word) || !isdecimal(word)) return "#x";
  return word.length <= _SMALL ? "#1" : "#9";
}

/** The messages of an error, without what they quote and without the frames of stack traces. */
function textsOf(evidence) {
  return evidence.messages.map((message) => wordsAlone(withoutFrames(message.text)));
}

function withoutFrames(text) {
  return text.includes("\n") ? sub(_FRAME, "", text) : text;
}

/** A message, or a part of one, without what it quotes and what a logger writes before each line. */
function wordsAlone(text) {
  text = sub(_RECORD, "", endsOf(text));
  if (text.includes("://")) text = sub(_QUERY, (found) => found.g(1), text);
  return withoutQuotations(text).replaceAll(BODY, " ");
}

/** A text, or of a long one both ends. */
function endsOf(text) {
  return text.length > 2 * _READ ? `${text.slice(0, _READ)} ${text.slice(-_READ)}` : text;
}

/** Whether texts say no more, besides providers' `names`, than that a request failed with a status. */
function isBare(texts, status, names) {
  const reason = _REASONS[status ?? 0];
  const reasons = reason === undefined ? _OTHER_REASONS : [reason, ..._OTHER_REASONS];
  return texts.every((text) => {
    let low = sub(_ADDRESS, " ", text.toLowerCase());
    for (const known of reasons) low = low.replaceAll(known, " ");
    const words = findall(_PLAIN_WORD, low);
    return words.every((word) => _EMPTY.has(word) || names.has(word) || endswith(word, _CLASSES));
  });
}

/** Remove what a normalised text quotes after words of its own: it is the caller's, and says nothing of the error. */
function withoutQuotations(text) {
  text = endsOf(text);
  return text.includes("'") ? sub(_QUOTATION, " ", text) : text;
}

/** The machine codes and exception classes of an error, and the states that fields of its body give. */
function namesOf(evidence) {
  const named = evidence.exceptions.map((seen) => seen.name);
  const told = evidence.fields
    .filter(([path, value]) => {
      return typeof value === "string" && endswith(path.toLowerCase(), _TELLING) && fullmatch(_NAME, value);
    })
    .map(([, value]) => value);
  return [...new Set([...evidence.codes, ...named, ...told])];
}

module.exports = { endsOf, features, isBare, namesOf, textsOf, withoutQuotations, wordsAlone };
