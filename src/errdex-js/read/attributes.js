// Reads plain data from foreign objects, from the instance and its classes. No getter of theirs is run. Twin of
// read/attributes.py.
"use strict";

const MAX_CLASSES = 20;

/** An attribute of an object that is plain data; undefined if there is none, or if code would have to run for it. */
function attribute(value, name) {
  let holder = value;
  for (let count = 0; holder && count < MAX_CLASSES; count++) {
    const found = Object.getOwnPropertyDescriptor(holder, name);
    if (found) return found.value;
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

/** The attributes with these names that are neither null nor undefined, as [name, value]. */
function attributes(value, names) {
  return names.map((name) => [name, attribute(value, name)]).filter(([, found]) => found !== undefined && found !== null);
}

/** The names of an object's class and of its bases, the class first; `Object` is left out. */
function classesOf(value) {
  const names = [];
  let holder = Object.getPrototypeOf(value);
  for (let count = 0; holder && holder !== Object.prototype && count < MAX_CLASSES; count++) {
    const kind = Object.getOwnPropertyDescriptor(holder, "constructor")?.value;
    const name = typeof kind === "function" ? Object.getOwnPropertyDescriptor(kind, "name")?.value : null;
    if (typeof name === "string" && name) names.push(name);
    holder = Object.getPrototypeOf(holder);
  }
  return names;
}

/** Whether a value is an error: of this realm or of another, such as a frame or a test's sandbox. */
function isError(value) {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]" || isDomException(value);
}

function isDomException(value) {
  return typeof DOMException === "function" && value instanceof DOMException;
}

/** An object's text with this name: its own data, or a DOMException's, whose attributes are the platform's getters. */
function textOf(value, name) {
  const found = isDomException(value) ? value[name] : attribute(value, name);
  return typeof found === "string" ? found : "";
}

const isObject = (value) => value !== null && typeof value === "object";

module.exports = { attribute, attributes, classesOf, isError, isObject, textOf };
