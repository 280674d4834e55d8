// Python's str methods, as functions of a string. Positions are never negative; `x` of startswith and endswith may be
// an array of strings. As in Python, an empty string is neither digit nor letter nor whitespace, and `split` without a
// separator splits at whitespace.
"use strict";

const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`^[${BLANKS}]+$`);
const BLANKS_BEFORE = new RegExp(`^[${BLANKS}]+`);
const BLANK_CHAR = new RegExp(`[${BLANKS}]`);
const NO_BLANKS = new RegExp(`[^${BLANKS}]+`, "g");
// Python's digits: decimals, and others such as superscripts and circled digits.
const DIGITS =
  "\\p{Nd}\\xb2\\xb3\\xb9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c" +
  "\\u2488-\\u2490\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792" +
  "\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}";
const DIGIT = new RegExp(`^[${DIGITS}]+$`, "u");
const ANY_DIGIT = new RegExp(`[${DIGITS}]`, "u");

function find(text, x, a = 0, b = text.length) {
  if (b >= text.length) return a > text.length ? -1 : text.indexOf(x, a);
  if (a > b) return -1;
  const place = text.slice(a, b).indexOf(x);
  return place < 0 ? -1 : a + place;
}

function rfind(text, x, a = 0, b = text.length) {
  if (a > b || a > text.length) return -1;
  const place = text.slice(a, b).lastIndexOf(x);
  return place < 0 ? -1 : a + place;
}

function startswith(text, x, a = 0, b = text.length) {
  if (Array.isArray(x)) return x.some((one) => startswith(text, one, a, b));
  return a <= text.length && text.startsWith(x, a) && a + x.length <= b;
}

function endswith(text, x, a = 0, b = text.length) {
  if (Array.isArray(x)) return x.some((one) => endswith(text, one, a, b));
  const end = Math.min(b, text.length);
  return end - x.length >= a && text.endsWith(x, end);
}

function partition(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text, "", ""] : [text.slice(0, place), separator, text.slice(place + separator.length)];
}

function rpartition(text, separator) {
  const place = text.lastIndexOf(separator);
  return place < 0 ? ["", "", text] : [text.slice(0, place), separator, text.slice(place + separator.length)];
}

const isspace = (text) => BLANK.test(text);
const isdigit = (text) => DIGIT.test(text);
const hasDigit = (text) => ANY_DIGIT.test(text); // any(map(str.isdigit, text))
const isdecimal = (text) => /^\p{Nd}+$/u.test(text);
const isalpha = (text) => /^\p{L}+$/u.test(text);
const isalnum = (text) => /^[\p{L}\p{N}]+$/u.test(text);
const isupper = (text) => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
const isascii = (text) => !/[^\x00-\x7f]/.test(text);

function lstrip(text, chars = null) {
  let start = 0;
  if (chars === null) return text.replace(BLANKS_BEFORE, "");
  while (start < text.length && chars.includes(text[start])) start++;
  return text.slice(start);
}

function rstrip(text, chars = null) {
  let end = text.length;
  if (chars === null) while (end > 0 && BLANK_CHAR.test(text[end - 1])) end--;
  else while (end > 0 && chars.includes(text[end - 1])) end--;
  return text.slice(0, end);
}

function strip(text, chars = null) {
  return rstrip(lstrip(text, chars), chars);
}

function split(text, separator = null) {
  return separator === null ? text.match(NO_BLANKS) ?? [] : text.split(separator);
}

module.exports = {
  endswith, find, hasDigit, isalnum, isalpha, isascii, isdecimal, isdigit, isspace, isupper, lstrip, partition, rfind,
  rpartition, rstrip, split, startswith, strip,
};
