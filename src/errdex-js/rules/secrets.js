// Masks keys, tokens and passwords by their shape. Twin of rules/secrets.py.
"use strict";

const re = require("../runtime/re");

const { _BEHIND, _BESIDE, _CUES, _ID_FORM, _ID_NAME, _IS_ID, _LONG, _MAYBE, _REACH, _ROUNDS, _RULES, _SHORT, _TOKEN, MASK } =
  require("../constants")("rules.secrets");

/** A text with `[secret]` in place of each key, token and password in it; `beside` if words around it speak of keys. */
function masked(text, beside = false, name = "") {
  if (text.length < _SHORT || !re.search(_MAYBE, text)) return text;
  const named = name && re.search(_ID_NAME, name) !== null;
  for (let round = 0; round < _ROUNDS; round++) { // one secret may have stuck to another, and hidden how it begins
    const before = text;
    text = maskedOnce(text, beside, named);
    if (text === before) break;
  }
  return text;
}

function maskedOnce(text, beside, named) {
  const formed = byForm(text);
  const readable = (found) => !/[+/]/.test(found[0]) && (named || isId(found, formed));
  const plain = re.sub(_LONG, (found) => (readable(found) ? found[0] : MASK), formed);
  if (named) return plain;
  return re.sub(_TOKEN, (found) => (beside || isBeside(found, plain) ? MASK : found[0]), plain);
}

/** Whether what stands in the place of a machine code is a secret, or so mixed that it is no code. */
const isSecret = (code) => masked(code, true) !== code;

function byForm(text) {
  const low = text.toLowerCase();
  _RULES.forEach((rule, place) => {
    if (_CUES[place].some((cue) => low.includes(cue))) text = re.sub(rule, (found) => `${found.g(1)}${MASK}${found.g(2)}`, text);
  });
  return text;
}

/** Whether a word beside a token says that it is a secret, and none that it is an id. */
function isBeside(found, text) {
  if (re.match(_BEHIND, text.slice(found.end, found.end + _REACH))) return true;
  return re.search(_BESIDE, text.slice(Math.max(0, found.start - _REACH), found.start)) !== null && !isId(found, text);
}

/** Whether a token is an id, by its own form or by the word before it. */
function isId(found, text) {
  if (re.match(_ID_FORM, found[0])) return true;
  return re.search(_IS_ID, text.slice(Math.max(0, found.start - _REACH), found.start)) !== null;
}

module.exports = { isSecret, masked };
