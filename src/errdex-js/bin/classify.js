#!/usr/bin/env node
// Reads texts from stdin, one JSON string per line, and writes each answer as a line of JSON; with --detect, the texts
// need not be errors.
"use strict";

const { createInterface } = require("node:readline");
const { classify, detect } = require("..");

const answer = process.argv.includes("--detect") ? detect : classify;

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
