// Writes to standard output what Node's structured loggers make of real API errors, a JSON object a line, as
// python_loggers.py does. Run it with the loggers installed (see README.md).
"use strict";

const http = require("node:http");
const os = require("node:os");
const { PassThrough, Writable } = require("node:stream");

const bunyan = require("bunyan");
const OpenAI = require("openai");
const pino = require("pino");
const winston = require("winston");

const QUOTA =
  "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.";
const LENGTH =
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.";
const BODIES = {
  quota: [429, { error: { message: QUOTA, type: "insufficient_quota", param: null, code: "insufficient_quota" } }],
  length: [400, { error: { message: LENGTH, type: "invalid_request_error", param: "messages", code: "context_length_exceeded" } }],
};
const ENTRIES = { quota: "openai/insufficient-quota", length: "http/context-length-exceeded" }; // nothing names the provider
const ASKED = "Why do I get Error code: 429 - {'error': {'message': 'Rate limit reached'}} from the API?";

let asked = "quota";
const server = http.createServer((request, response) => {
  const [status, body] = BODIES[asked];
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
});

async function caught(kind) {
  asked = kind;
  const client = new OpenAI({ apiKey: "k", baseURL: `http://127.0.0.1:${server.address().port}/v1`, maxRetries: 0 });
  try {
    await client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: "hello" }] });
  } catch (error) {
    return error;
  }
  throw new Error(kind);
}

/** What a logger writes to the stream that it is given. */
async function written(log) {
  const pieces = [];
  const stream = new Writable({ write: (piece, _, done) => (pieces.push(piece), done()) });
  await log(stream);
  await new Promise((done) => setTimeout(done, 50));
  return Buffer.concat(pieces).toString();
}

async function keep(logger, name, entry, log) {
  let record = (await written(log)).trimEnd();
  for (const [place, instead] of [[__dirname, "/srv/app"], [process.cwd(), "/srv/app"], [os.hostname(), "api-1"]]) {
    record = record.replaceAll(place, instead);
  }
  if (!record || record.includes("\n")) throw new Error(`${logger}: ${record}`);
  console.log(JSON.stringify({ logger, version: require(`${name}/package.json`).version, record, entry }));
}

server.listen(0, async () => {
  const quota = await caught("quota");
  const length = await caught("length");
  const bug = new TypeError("Cannot read properties of undefined (reading 'usage')");

  await keep("pino, err", "pino", ENTRIES.quota, (out) => pino(out).error(quota, "completion failed"));
  await keep("pino, err alone", "pino", ENTRIES.length, (out) => pino(out).error({ err: length }));
  await keep("pino, msg", "pino", ENTRIES.length, (out) => pino(out).error(`completion failed: ${length.message}`));
  await keep("pino, error as text", "pino", ENTRIES.quota, (out) => pino(out).error({ error: String(quota) }, "completion failed"));
  await keep("pino, info", "pino", null, (out) => pino(out).info({ responseTime: 429, res: { statusCode: 429 }, req: { method: "GET", url: "/me" } }, "request completed"));
  await keep("pino, prompt", "pino", null, (out) => pino(out).info({ prompt: ASKED }, "asked"));
  await keep("pino, bug", "pino", null, (out) => pino(out).error(bug));

  const bunyans = (out) => bunyan.createLogger({ name: "chat", stream: out, serializers: bunyan.stdSerializers });
  await keep("bunyan, err", "bunyan", ENTRIES.quota, (out) => bunyans(out).error({ err: quota }, "completion failed"));
  await keep("bunyan, msg", "bunyan", ENTRIES.length, (out) => bunyans(out).error(`completion failed: ${length.message}`));
  await keep("bunyan, info", "bunyan", null, (out) => bunyans(out).info({ status: 503, tries: 2 }, "shop closed"));

  const winstons = (out, ...formats) =>
    winston.createLogger({ format: winston.format.combine(...formats), transports: [new winston.transports.Stream({ stream: out })] });
  const { errors, json, logstash, timestamp } = winston.format;
  await keep("winston json, error", "winston", ENTRIES.quota, (out) => winstons(out, errors({ stack: true }), timestamp(), json()).error(quota));
  await keep("winston json, metadata", "winston", ENTRIES.length, (out) => winstons(out, timestamp(), json()).error("completion failed", { error: length.message, status: length.status }));
  await keep("winston logstash", "winston", ENTRIES.quota, (out) => winstons(out, timestamp(), logstash()).error(`completion failed: ${quota.message}`));
  await keep("winston json, info", "winston", null, (out) => winstons(out, timestamp(), json()).info("queued", { position: 429, status: "waiting" }));
  await keep("winston logstash, info", "winston", null, (out) => winstons(out, timestamp(), logstash()).info("500 mails sent"));
  server.close();
});
