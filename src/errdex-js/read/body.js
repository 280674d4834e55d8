// Reads structured bodies: mappings (as Maps) and lists. Twin of read/body.py.
"use strict";

const known = require("./body_keys");
const { ownerOf } = require("./failed_calls");
const { withoutFrames } = require("./formats/tracebacks");
const { fullmatch, search } = require("../runtime/re");
const { union } = require("../runtime/sets");
const { isascii, isdigit, isspace, rpartition, rstrip } = require("../runtime/text");

const { _CLASS, _CODE, _MAX_DEPTH, _MAX_FIELD, _MAX_ITEMS, _MODULE, _SENTENCE } = require("../constants")("read.body");

const { Shape } = known;

/** Walks one body and adds its contents to the evidence. */
class ObjectReader {
  constructor(evidence, readText, depth, vocabulary, pasted = false) {
    const { providers } = vocabulary;
    this.evidence = evidence;
    this.pasted = pasted; // whether it is from a text: what somebody passes on is no successful answer
    this.messageKeys = union(known.MESSAGE_KEYS, providers.messageKeys);
    this.bodyKeys = providers.bodyKeys;
    this.extraKeys = providers.extraKeys;
    this.codeKeys = union(
      known.ERROR_CODE_KEYS,
      [...providers.codeKeys].filter((key) => !known.CODE_KEYS.has(key)),
    );
    this.codes = vocabulary.codes;
    this.providers = providers;
    this.readText = readText;
    this.depth = depth;
    this.items = 0;
    this.inRecord = false; // whether an object around this one is a log record …
    this.isTrouble = false; // … with the level of an error
  }

  read(value, status, whole, path = "", depth = 0, inside = true) {
    this.items += 1;
    if (depth > _MAX_DEPTH || this.items > _MAX_ITEMS) return;
    if (value instanceof Map) {
      this.mapping(value, status, whole, path, depth, inside);
    } else if (Array.isArray(value)) {
      for (const item of value.slice(0, _MAX_ITEMS)) this.read(item, status, whole, path, depth + 1, inside);
    }
  }

  mapping(value, status, whole, path, depth, inside) {
    const keys = new Map([...value.keys()].map((key) => [key.toLowerCase(), key]));
    const lows = [...keys.keys()];
    const evidence = this.evidence;
    const shape = known.shapeOf(lows.filter((key) => !this.extraKeys.has(key)), inside);
    if (shape === Shape.SENT) {
      if (keys.has("role")) evidence.fields.push([path ? `${path}.role` : "role", value.get(keys.get("role"))]);
      return;
    }
    if (known.hasAny(lows, known.HEADER_NAMES)) {
      evidence.addHeaders(value);
      if (!known.hasAny(lows, known.MESSAGE_KEYS)) return;
    }
    const own = shape === Shape.ACCESS ? null : ownStatus(value, keys);
    status = own ?? status;
    const body = shape === Shape.BODY;
    const outside = [this.inRecord, this.isTrouble];
    if (shape === Shape.LOG) {
      this.inRecord = true;
      this.isTrouble = known.isTrouble(value, keys);
    }
    if (own !== null && (evidence.status === null || !evidence.error)) evidence.status = own;
    const isRecord = own !== null && shape === Shape.LOG && whole && depth === 0;
    if (isRecord && ownStatus(value, keys, "code") !== null) this.failedCall(value, keys);
    if (body && whole && isError(value, keys, own)) {
      evidence.error = true;
      evidence.strong ||= own !== null;
    }
    const below = rpartition(path, ".")[2].toLowerCase();
    const failed = known.ERROR_KEYS.has(below) || saysSuccess(value, keys, false);
    const says = known.hasAny(lows, this.messageKeys);
    const reported = failed || says;
    // An error whose message has an unknown name: any sentence may be it.
    const unnamed = evidence.asserted && !says && (failed || (this.pasted && !path && !saysSuccess(value, keys, true)));
    // Beside a status, a key that bodies usually have says no more than it, as a title does.
    const named = failed ? known.TEXT_KEYS : own === null ? known.QUOTING_KEYS : known.BODY_KEYS;
    const said = this.inRecord && !body ? this.exception(value, keys, status) : null;
    for (const [name, key] of keys) {
      let [low, item] = [name, value.get(key)];
      if (item === null || low === said) continue;
      if (unnamed && typeof item === "string" && !named.has(low) && search(_SENTENCE, item)) {
        this.message(item, status, false, whole);
      }
      if (known.FOREIGN_KEYS.has(low) && !this.bodyKeys.has(low)) continue;
      const inner = path ? `${path}.${key}` : key;
      if (this.inRecord) {
        [low, item] = [known.plainName(low), joined(known.unwrapped(item))];
        if (known.FOREIGN_KEYS.has(low)) continue;
      }
      if (typeof item === "string") {
        const listed = low === "code" && evidence.asserted && this.codes.has(item);
        const isCode = listed || this.codeKeys.has(low) || (reported && known.CODE_KEYS.has(low));
        if (isCode && shape !== Shape.ACCESS && fullmatch(_CODE, item)) {
          if (low === "code") evidence.codes.unshift(item);
          else evidence.codes.push(item);
        }
        this.string(low, item, inner, status, body, whole);
      } else if (typeof item !== "object") {
        evidence.fields.push([inner, item]);
      } else if (known.HEADER_KEYS.has(low)) {
        evidence.addHeaders(item);
      } else {
        if (this.messageKeys.has(low) && Array.isArray(item)) {
          for (const text of item.slice(0, _MAX_ITEMS)) {
            if (typeof text === "string") this.message(text, status, body, whole);
          }
        }
        const holds = inside && (known.holdsBodies(low) || this.bodyKeys.has(low));
        this.read(item, status, whole, inner, depth + 1, holds);
      }
    }
    [this.inRecord, this.isTrouble] = outside;
  }

  /** Read whose call failed from the fields of a log record with a status. */
  failedCall(value, keys) {
    const owner = ownerOf(value, keys, this.providers);
    if (owner === null) return;
    this.evidence.strong = true;
    this.evidence.providers.push(owner);
  }

  /** Read an exception in a log record, as the last line of its traceback says it; return its message's key. */
  exception(value, keys, status) {
    for (const [kind, text] of known.EXCEPTION_KEYS) {
      const [name, said] = [value.get(keys.get(kind)), value.get(keys.get(text))];
      if (typeof name !== "string" || typeof said !== "string" || !said || !fullmatch(_CLASS, name)) continue;
      const module = value.get("module");
      const hasModule = typeof module === "string" && fullmatch(_MODULE, module);
      this.text(`${hasModule ? `${module}.${name}` : name}: ${said}`, status);
      return text;
    }
    return null;
  }

  string(low, item, path, status, body, whole) {
    if (this.messageKeys.has(low)) {
      this.message(item, status, body || known.REPORTING_KEYS.has(low), whole);
    } else if (known.TEXT_KEYS.has(low) || (low === "data" && item.startsWith("{")) || this.isRecordText(low, path)) {
      this.text(item, status);
    }
    if (item.length < _MAX_FIELD) this.evidence.fields.push([path, item]);
  }

  /** Whether a value of a log record may contain an error among other words. */
  isRecordText(low, path) {
    return this.inRecord && (known.RECORD_TEXT_KEYS.has(low) || (low === "value" && path.includes("exception")));
  }

  message(text, status, body, whole) {
    this.items += 1;
    if (text && !isspace(text) && this.items < _MAX_ITEMS) {
      if (this.inRecord && !body) this.text(text, status);
      else this.readText(text, { status, depth: this.depth + 1, known: body, whole: whole && body });
    }
  }

  /** Read a text that may contain an error among other words. */
  text(text, status) {
    if (this.inRecord) text = withoutFrames(text);
    this.readText(text, { status, depth: this.depth + 1, trouble: this.isTrouble });
  }
}

/** A text for an array of its lines, and any other value as it is. */
function joined(value) {
  const isText = Array.isArray(value) && value.length && value.every((line) => typeof line === "string");
  return isText ? value.slice(0, _MAX_ITEMS).map((line) => rstrip(line, "\n")).join("\n") : value;
}

/** Whether an object says that a request succeeded, or that it did not. */
function saysSuccess(value, keys, succeeded) {
  return known.SUCCESS_KEYS.some((key) => value.get(keys.get(key)) === succeeded);
}

function ownStatus(value, keys, but = "") {
  for (const [low, key] of keys) {
    if (!known.STATUS_KEYS.has(low) || low === but) continue;
    const item = value.get(key);
    const isNumber = typeof item === "string" && item.length === 3 && isascii(item) && isdigit(item);
    const number = isNumber ? Number(item) : item;
    if (Number.isInteger(number) && 400 <= number && number <= 599) return number;
  }
  return null;
}

/** Whether a body alone shows that it is an error: it has an error object, or a status and a message. */
function isError(value, keys, own) {
  if (keys.has("jsonrpc")) return false;
  const error = value.get(keys.get("error"));
  if (error instanceof Map) {
    const code = error.get("code");
    const isNumber = Number.isInteger(code) || typeof code === "boolean"; // Python's True is an int
    return ["message", "code", "status"].some((key) => isText(error.get(key))) || (isNumber && error.has("message"));
  }
  return own !== null && [...keys].some(([low, key]) => known.MESSAGE_KEYS.has(low) && isText(value.get(key)));
}

function isText(value) {
  return typeof value === "string" && value !== "";
}

/** Whether an object found in text has a key with which bodies report something. */
function reports(value, depth = 0) {
  if (value instanceof Map) {
    for (const key of value.keys()) {
      if (known.TELLING_KEYS.has(key.toLowerCase()) || key.includes("finish_reason")) return true;
    }
    value = [...value.values()];
  }
  return Array.isArray(value) && depth < _MAX_DEPTH && value.some((item) => reports(item, depth + 1));
}

module.exports = { ObjectReader, reports };
