// The kinds of holes: what each one matches. Twin of rules/holes.py.
"use strict";

const { _DURATION, _SECONDS, KINDS, OPEN } = require("../constants")("rules.holes");
const { findall } = require("../runtime/re");

/** The seconds in a duration such as `1m30s`, `6ms` or `20 seconds`. */
function seconds(text) {
  let total = 0;
  for (const [number, unit] of findall(_DURATION, text.toLowerCase())) {
    const scale = unit.startsWith("ms") || unit.startsWith("milli") ? 0.001 : _SECONDS[unit[0]];
    total += Number(number) * scale;
  }
  return Number(total.toFixed(6));
}

module.exports = { KINDS, OPEN, seconds };
