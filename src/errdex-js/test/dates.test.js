"use strict";

const assert = require("node:assert");
const test = require("node:test");
const { timestamp } = require("../runtime/dates");
const { fromHeaders, fromReset } = require("../read/signals/retry_after");

test("dates of HTTP and of mails", () => {
  const moment = Date.UTC(2026, 10, 21, 7, 28, 0) / 1000;
  for (const date of [
    "Sat, 21 Nov 2026 07:28:00 GMT",
    "Saturday, 21-Nov-26 07:28:00 GMT",
    "21 Nov 2026 07:28 +0000",
    "Sat, 21 November 2026 08:28:00 +0100",
    "Nov 21, 2026 02:28:00 EST",
  ]) {
    assert.strictEqual(timestamp(date), moment, date);
  }
});

test("a year of two digits, and a day that there is not", () => {
  assert.strictEqual(timestamp("01 Jan 69 00:00:00 GMT"), Date.UTC(1969, 0, 1) / 1000);
  assert.strictEqual(timestamp("01 Jan 68 00:00:00 GMT"), Date.UTC(2068, 0, 1) / 1000);
  for (const odd of ["", "tomorrow", "30 Feb 2026 07:28:00 GMT", "21 Nov 2026 25:28:00 GMT", "21 Nov 2026"]) {
    assert.strictEqual(timestamp(odd), null, odd);
  }
});

test("waits of headers: seconds, milliseconds, a date held against the server's, a moment, a limit's reset", () => {
  const wait = (headers) => fromHeaders(new Map(Object.entries(headers)));
  assert.strictEqual(wait({ "retry-after": "12" }), 12);
  assert.strictEqual(wait({ "retry-after-ms": "1500", "retry-after": "9" }), 1.5);
  assert.strictEqual(wait({ "retry-after": "1m30s" }), 90);
  assert.strictEqual(wait({ "retry-after": "-1" }), null);
  assert.strictEqual(
    wait({ "retry-after": "Sat, 21 Nov 2026 07:28:05 GMT", date: "Sat, 21 Nov 2026 07:28:00 GMT" }),
    5,
  );
  assert.strictEqual(wait({ "retry-after": "2026-11-21T07:28:05Z", date: "Sat, 21 Nov 2026 07:28:00 GMT" }), 5);
  const reset = {
    "x-ratelimit-reset-requests": "2s",
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-tokens": "9s",
  };
  assert.strictEqual(fromReset(new Map(Object.entries(reset))), 2);
});
