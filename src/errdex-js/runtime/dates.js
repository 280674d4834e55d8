// Python's email.utils.parsedate_to_datetime(…).timestamp(): an HTTP date as seconds since 1970.
"use strict";

const { split } = require("./text");

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS = [
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "january", "february", "march",
  "april", "may", "june", "july", "august", "september", "october", "november", "december",
];
const ZONES = new Map(Object.entries({
  UT: 0, UTC: 0, GMT: 0, Z: 0, AST: -400, ADT: -300, EST: -500, EDT: -400, CST: -600, CDT: -500, MST: -700, MDT: -600,
  PST: -800, PDT: -700,
}));
const DAY = 86_400;

/** A date as seconds since 1970; null where Python raises ValueError. A date without a time zone is in UTC. */
function timestamp(text) {
  const parts = split(text);
  if (!parts.length) return null;
  if (parts[0].endsWith(",") || DAYS.includes(parts[0].toLowerCase())) parts.shift();
  else parts[0] = parts[0].slice(parts[0].lastIndexOf(",") + 1);
  if (parts.length === 3) {
    const stuff = parts[0].split("-");
    if (stuff.length === 3) parts.splice(0, 1, ...stuff);
  }
  if (parts.length === 4) {
    const last = parts[3];
    const sign = last.includes("+") ? last.indexOf("+") : last.indexOf("-");
    if (sign > 0) parts.splice(3, 1, last.slice(0, sign), last.slice(sign));
    else parts.push("");
  }
  if (parts.length < 5) return null;
  let [day, month, year, time, zone] = parts;
  if (!(day && month && year)) return null;
  month = month.toLowerCase();
  if (!MONTHS.includes(month)) [day, month] = [month, day.toLowerCase()];
  if (!MONTHS.includes(month)) return null;
  if (year.indexOf(":") > 0) [year, time] = [time, year];
  year = withoutComma(year);
  if (!year) return null;
  if (!/^\p{Nd}/u.test(year)) [year, zone] = [zone, year];
  const clock = clockOf(withoutComma(time));
  if (!clock) return null;
  return moment([year, withoutComma(day), ...clock].map(integer), MONTHS.indexOf(month) % 12, offset(zone));
}

function withoutComma(text) {
  return text.endsWith(",") ? text.slice(0, -1) : text;
}

function clockOf(time) {
  const colons = time.split(":");
  const clock = colons.length === 1 && time.includes(".") ? time.split(".") : colons;
  if (clock.length === 2) return [...clock, "0"];
  return clock.length === 3 ? clock : null;
}

/** Python's `int()` of a text; NaN where Python raises. */
function integer(text) {
  return /^[-+]?[0-9]+(?:_[0-9]+)*$/.test(text) ? Number(text.replaceAll("_", "")) : NaN;
}

/** A time zone's offset from UTC in seconds, positive to the east; 0 if unknown. */
function offset(zone) {
  zone = zone.toUpperCase();
  const number = ZONES.get(zone) ?? integer(zone);
  if (Number.isNaN(number)) return 0;
  const size = Math.abs(number);
  return Math.sign(number) * (Math.floor(size / 100) * 3600 + (size % 100) * 60);
}

function moment(numbers, month, zone) {
  if (numbers.some(Number.isNaN) || Math.abs(zone) >= DAY) return null;
  let [year, day, hour, minute, second] = numbers;
  if (year < 100) year += year > 68 ? 1900 : 2000;
  if (year < 1 || year > 9999 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return null;
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second - zone;
}

module.exports = { timestamp };
