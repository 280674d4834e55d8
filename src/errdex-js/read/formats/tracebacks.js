// Removes the frames of tracebacks and stack traces, and errdex's notes. Twin of read/formats/tracebacks.py.
"use strict";

const { sub } = require("../../runtime/re");

const { _AT, _AT_FRAMES, _NOTE, _NOTES, _PYTHON, _PYTHON_FRAMES, _PYTHON_HEAD, _TAB_AT } =
  require("../../constants")("read.formats.tracebacks");

/** Remove errdex's notes and traceback frames from a text; of Java-like stack traces the first frame is kept. */
function withoutFrames(text) {
  if (text.includes(_NOTE)) text = sub(_NOTES, "", text);
  if (text.includes(_PYTHON)) {
    text = sub(_PYTHON_FRAMES, "", text);
    if (text.startsWith(_PYTHON_HEAD)) text = text.slice(_PYTHON_HEAD.length);
  }
  if (text.includes(_AT) || text.includes(_TAB_AT)) {
    text = sub(_AT_FRAMES, (found) => found.g(1), text);
  }
  return text;
}

module.exports = { withoutFrames };
