"use strict";

const assert = require("node:assert");
const test = require("node:test");
const { classify, detect } = require("..");

const MESSAGE = "trial token rate limit exceeded, limit is 100000 tokens per minute";
const ENTRY = "cohere/trial-tokens-per-minute";

const withCause = (message, cause) => new Error(message, { cause });

test("an error, a body, an answer and a text with one message have one entry", () => {
  const axios = Object.assign(new Error("Request failed with status code 429"), { response: { status: 429, data: { message: MESSAGE } } });
  for (const raw of [
    MESSAGE, new Error(MESSAGE), { message: MESSAGE }, { status: 429, body: JSON.stringify({ message: MESSAGE }) },
    { statusCode: 429, responseBody: MESSAGE }, axios, withCause("the agent failed", new Error(MESSAGE)),
    new AggregateError([new Error(MESSAGE), new Error(MESSAGE)]),
  ]) {
    const answer = classify(raw);
    assert.deepStrictEqual([answer.entry, answer.retryable], [ENTRY, true]);
  }
});

test("waits come from headers of every form", () => {
  const pairs = [["Retry-After", "7"]];
  for (const headers of [Object.fromEntries(pairs), new Map(pairs), pairs, new Headers(pairs)]) {
    assert.strictEqual(classify({ status: 429, headers, body: "" }).retry_after, 7);
  }
  assert.strictEqual(classify(new Response("", { status: 503, headers: pairs })).retry_after, 7);
});

test("bugs of the program, its own wish to stop, and what is no error", () => {
  const cycle = {};
  cycle.cycle = cycle;
  const self = new Error("all is well");
  self.cause = self;
  for (const raw of [
    new TypeError("Cannot read properties of undefined (reading 'choices')"), new RangeError("Invalid array length"),
    new DOMException("This operation was aborted", "AbortError"), new Error("all is well"), self, cycle,
    null, undefined, 429, true, Symbol("x"), () => {}, [], {}, new Response("{}"),
  ]) assert.strictEqual(classify(raw).basis, "none");
  for (const raw of [null, undefined, 429, {}]) assert.strictEqual(detect(raw).basis, "none");
});

test("a group is worth a retry only if all of it is", () => {
  const group = (...messages) => classify(new AggregateError(messages.map((message) => new Error(message))));
  assert.strictEqual(group(MESSAGE, "invalid api token").entry, "cohere/invalid-api-key");
  assert.strictEqual(group(MESSAGE, "all is well").retryable, false);
});

test("no getter is run, and objects that lie change nothing", () => {
  let runs = 0;
  class Lying extends Error {
    get status() {
      runs += 1;
      throw new Error("ran");
    }
  }
  assert.strictEqual(classify(new Lying(MESSAGE)).entry, ENTRY);
  assert.strictEqual(runs, 0);
  const trap = () => {
    throw new Error("trapped");
  };
  const proxy = new Proxy({}, { get: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap, ownKeys: trap });
  assert.strictEqual(classify(proxy).basis, "none");
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.strictEqual(classify(revoked).basis, "none");
});

test("the host that was called says whose it is", () => {
  const body = { error: { message: "Something new has gone wrong" } };
  const called = (url) => classify({ status: 400, url, body }).provider;
  assert.strictEqual(called("https://api.mistral.ai/v1/chat/completions"), "mistral");
  assert.strictEqual(called("http://127.0.0.1:1/v1?host=api.mistral.ai"), null);
});

test("a chain of any length ends", () => {
  let error = new Error(MESSAGE);
  for (let count = 0; count < 15; count++) error = withCause("wrapped", error);
  assert.strictEqual(classify(error).entry, ENTRY);
  for (let count = 0; count < 100_000; count++) error = withCause("wrapped", error);
  assert.strictEqual(classify(error).basis, "none");
});
