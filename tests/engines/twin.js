// Judges texts with the JavaScript twin: node twin.js FOLDER QUESTION KEY…, where FOLDER holds matcher.js, rules.json,
// weights.json and texts.json, and QUESTION is `classify` or `detect`.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [folder, question, ...keys] = process.argv.slice(2);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
require(path.join(folder, "matcher.js"));
const catalog = globalThis.errdexMatcher(read("rules.json"), read("weights.json"));
const answers = read("texts.json").map((text) => catalog[question](text));
const shown = answers.map((answer) => Object.fromEntries(keys.map((key) => [key, answer[key]])));
fs.writeFileSync(1, JSON.stringify(shown));
