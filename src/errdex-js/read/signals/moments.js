// Reads the moment at which a message says that a limit opens again: a date, a time of day, or both. Twin of
// read/signals/moments.py.
"use strict";

const { search } = require("../../runtime/re");

const { _DAYS, _EPOCH, _HALF_A_YEAR, _MONTHS, _NAMED, _NUMERIC, _OF_DAY, _OFFSETS } =
  require("../../constants")("read.signals.moments");

/** The seconds until the moment that a folded message names, or null; see Python's seconds_until. */
function secondsUntil(low, now) {
  const moment = momentOf(low, now);
  return moment !== null && moment > now ? moment - now : null;
}

function momentOf(low, now) {
  let found = search(_EPOCH, low);
  if (found) return Number(found.g(1));
  found = search(_NUMERIC, low);
  if (found) {
    const [, year, month, day, ...time] = found.groups;
    const place = zone(time.pop());
    return place && at([Number(year), Number(month), Number(day)], time, place);
  }
  found = search(_NAMED, low);
  if (found) {
    const [, name, day, year, ...time] = found.groups;
    const place = zone(time.pop());
    if (!place) return null;
    const month = _MONTHS.indexOf(name) + 1;
    if (year) return at([Number(year), month, Number(day)], time, place);
    const [thisYear] = place.date(now);
    const moment = at([thisYear, month, Number(day)], time, place);
    if (moment === null || moment > now - _HALF_A_YEAR) return moment;
    return at([thisYear + 1, month, Number(day)], time, place);
  }
  found = search(_OF_DAY, low);
  if (!found || !(found.g(3) || found.g(5))) return null; // a lone number may be anything
  const [, weekday, ...time] = found.groups;
  const place = zone(time.pop());
  if (!place) return null;
  const [year, month, day] = place.date(now);
  const today = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const ahead = weekday ? (_DAYS.indexOf(weekday) - today + 7) % 7 : 0;
  for (const later of [ahead, ahead + (weekday ? 7 : 1)]) {
    const date = new Date(Date.UTC(year, month - 1, day + later));
    const moment = at([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()], time, place);
    if (moment === null || moment > now) return moment;
  }
  return null;
}

/** A moment as seconds since 1970, or null; `time` is hour, minute, second and am or pm, each perhaps null. */
function at([year, month, day], [hour, minute, second, half], place) {
  let hours = Number(hour ?? 0);
  if (half) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half === "pm" ? 12 : 0);
  }
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return place.seconds(Date.UTC(year, month - 1, day, hours, minutes, seconds) / 1000);
}

/**
 * A time zone by its name, abbreviation or offset; local time for null, and null for an unknown one. `date(now)` is
 * [year, month, day] there, `seconds(clock)` the moment at which its clocks show a time, given as if it were in UTC.
 */
function zone(name) {
  if (name === null) return zoneOf((moment) => -60 * new Date(moment * 1000).getTimezoneOffset());
  if (["utc", "gmt", "z"].includes(name)) return zoneOf(() => 0);
  if (name in _OFFSETS) return zoneOf(() => _OFFSETS[name] * 3600);
  if (/^[+-]/.test(name)) {
    const digits = name.slice(1).replaceAll(":", "");
    const offset = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
    return offset < 86_400 ? zoneOf(() => (name[0] === "-" ? -offset : offset)) : null;
  }
  let format;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric",
      minute: "numeric", second: "numeric",
    });
  } catch {
    return null;
  }
  return zoneOf((moment) => {
    const parts = Object.fromEntries(format.formatToParts(moment * 1000).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - Math.floor(moment);
  });
}

/** A time zone, given its offset from UTC in seconds at a moment. */
function zoneOf(offset) {
  const date = (now) => {
    const there = new Date((now + offset(now)) * 1000);
    return [there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate()];
  };
  const seconds = (clock) => clock - offset(clock - offset(clock));
  return { date, seconds };
}

module.exports = { secondsUntil };
