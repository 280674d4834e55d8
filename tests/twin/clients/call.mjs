// Calls the wall with real clients. Standard input is JSON: [client, base URL, models, path of the package]; each line of
// the output is the answer for what a call with one model threw, with the class of the error.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import Anthropic from "@anthropic-ai/sdk";
import { generateText, streamText } from "ai";
import OpenAI from "openai";

let text = "";
for await (const part of process.stdin) text += part;
const [client, baseURL, models, path] = JSON.parse(text);
const { classify } = await import(path);

const messages = [{ role: "user", content: "hi" }];
const apiKey = "a-key";

async function streamed(parts) {
  for await (const part of parts) if (part.type === "error") throw part.error;
}

const openai = () => new OpenAI({ apiKey, baseURL, maxRetries: 0, timeout: 20_000 });
const anthropic = () => new Anthropic({ apiKey, baseURL, maxRetries: 0, timeout: 20_000 });
const CALLS = {
  openai: (model) => openai().chat.completions.create({ model, messages }),
  "openai stream": async (model) => streamed(await openai().chat.completions.create({ model, messages, stream: true })),
  anthropic: (model) => anthropic().messages.create({ model, messages, max_tokens: 9 }),
  "anthropic stream": async (model) => streamed(await anthropic().messages.create({ model, messages, max_tokens: 9, stream: true })),
  "ai openai": (model) =>
    generateText({ model: createOpenAI({ apiKey, baseURL }).chat(model), prompt: "hi", maxRetries: 0 }),
  "ai openai retries": (model) =>
    generateText({ model: createOpenAI({ apiKey, baseURL }).chat(model), prompt: "hi", maxRetries: 1 }),
  "ai openai stream": (model) => {
    const onError = () => {};
    return streamed(streamText({ model: createOpenAI({ apiKey, baseURL }).chat(model), prompt: "hi", maxRetries: 0, onError }).fullStream);
  },
  "ai anthropic": (model) =>
    generateText({ model: createAnthropic({ apiKey, baseURL: `${baseURL}/v1` })(model), prompt: "hi", maxRetries: 0 }),
  fetch: async (model) => {
    const body = JSON.stringify({ model, messages });
    const response = await fetch(`${baseURL}/chat/completions`, { method: "POST", body });
    if (!response.ok) throw { status: response.status, headers: response.headers, body: await response.text() };
  },
};

for (const model of models) {
  let thrown = null;
  try {
    await CALLS[client](model);
  } catch (error) {
    thrown = error;
  }
  process.stdout.write(`${JSON.stringify({ kind: thrown?.constructor?.name ?? null, ...classify(thrown) })}\n`);
}
