#!/usr/bin/env node
// Reads texts from stdin, one JSON string per line, and writes each answer as a line of JSON.
"use strict";

const { createInterface } = require("node:readline");
const { classify } = require("..");

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(classify(JSON.parse(line)))}\n`);
});
