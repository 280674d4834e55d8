// Judges texts with the JavaScript twin: node twin.js FOLDER KEY…, where FOLDER holds matcher.js, rules.json, texts.json.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [folder, ...keys] = process.argv.slice(2);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
require(path.join(folder, "matcher.js"));
const catalog = globalThis.errdexMatcher(read("rules.json"));
const answers = read("texts.json").map((text) => catalog.classify(text));
const shown = answers.map((answer) => Object.fromEntries(keys.map((key) => [key, answer[key]])));
fs.writeFileSync(1, JSON.stringify(shown));
