// What a line of a log begins with if it reports an error. Twin of read/signals/reports.py.
"use strict";

const { fullmatch, match, search } = require("../../runtime/re");
const { partition } = require("../../runtime/text");

const { _AFTER, _BEFORE, _IN_GENERAL, _LOG_HEAD, _MAX_HEAD, _REPORTS, _STATUSES, _TAGGED, _TOLD } =
  require("../../constants")("read.signals.reports");

/** Whether a position is where a text begins, or where a line goes on behind the head that a logger wrote. */
function opens(lines, position) {
  const [start] = lines.at(position);
  if (start === 0 && lines.isIndented()) return false;
  if (position === start) return start === 0;
  return position - start <= _MAX_HEAD && fullmatch(_LOG_HEAD, lines.text.slice(start, position)) !== null;
}

/** Whether words behind a code say what went wrong, and not what to do or what the code means. */
function tellsOfTrouble(words) {
  return match(_TOLD, partition(words, "\n")[0].slice(0, _AFTER)) !== null;
}

/** Whether a text ends in a provider's name in brackets. */
function isTagged(before, names) {
  const found = search(_TAGGED, before);
  return found !== null && names.has(found.g(1).toLowerCase());
}

/** Whether a line begins with a provider's name and the status at a position, as one report. */
function isReported(lines, position, labels, names) {
  const { text } = lines;
  const end = position + 3;
  if (!_STATUSES.has(text.slice(position, end))) return false;
  const [line, lineEnd] = lines.at(position);
  const begin = Math.max(line, position - _BEFORE);
  const before = text.slice(begin, position);
  const after = text.slice(end, Math.min(lineEnd, end + _AFTER));
  for (const [left, right] of _REPORTS) {
    const head = search(left, before);
    const rest = head ? match(right, after) : null;
    if (rest && isNamed([...head.groups.slice(1), ...rest.groups.slice(1)], names)) {
      return begins(lines, begin + head.start, labels);
    }
  }
  return false;
}

function isNamed(words, names) {
  return words.some((word) => word !== null && names.has(word.toLowerCase()));
}

/** Whether a report may begin at a position: at the beginning, or behind the label of an error. */
function begins(lines, position, labels) {
  if (opens(lines, position)) return true;
  const [start] = lines.at(position);
  const before = lines.text.slice(Math.max(start, position - _BEFORE), position);
  return labels.introduces(lines, position) && search(_IN_GENERAL, before) === null;
}

module.exports = { isReported, isTagged, opens, tellsOfTrouble };
