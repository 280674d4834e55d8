// Fills in fixes. Twin of decide/fix.py.
"use strict";

const { Float } = require("../match/param_values");
const re = require("../runtime/re");

const { _HOLE } = require("../constants")("decide.fix");

/** Put params into a fix; a hole that a truncated message did not show becomes its name in angle brackets. */
function fill(fix, found) {
  if (!fix.includes("{")) return fix;
  const parts = re.split(_HOLE, fix);
  for (let place = 1; place < parts.length; place += 2) {
    const name = parts[place];
    parts[place] = found.has(name) ? shown(found.get(name)) : `<${name}>`;
  }
  return parts.join("");
}

function shown(value) {
  if (Array.isArray(value)) return value.join(", ");
  return value instanceof Float ? general(value.value) : String(value);
}

/** Python's f"{value:.15g}". */
function general(value) {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : value < 0 ? "-inf" : "nan";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [digits, exponent] = value.toExponential(14).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 15) return value.toFixed(14 - power).replace(/(\.[0-9]*?)0+$/, "$1").replace(/\.$/, "");
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${digits.replace(/\.?0+$/, "")}e${power < 0 ? "-" : "+"}${size}`;
}

module.exports = { fill };
