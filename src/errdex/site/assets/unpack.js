// Twin of packing.py. Returns the rules as errdexMatcher takes them; `texts` has title and fix of entries, by id.
globalThis.errdexUnpack = (packed, texts) => {
  "use strict";
  const rows = (columns) => columns[0].map((_, row) => columns.map((column) => column[row]));
  const parts = (text) =>
    text
      .split("\x01")
      .map((part, number) => (number % 2 ? part.split(":") : part))
      .filter((part) => part !== "");
  const { entry, template } = packed.columns;
  const ids = packed.entries.id;
  const empty = ids.map(() => null);
  const own = { title: ids.map((id) => texts[id]?.[0] ?? ""), fix: ids.map((id) => texts[id]?.[1] ?? "") };
  // What most entries of a category have in common is left out.
  const usual = new Map(packed.categories.map(([category, , , , scope, actions]) => [category, { scope, actions }]));
  const { category, retryable, scope, action } = packed.entries;
  own.scope = scope.map((value, row) => value ?? usual.get(category[row]).scope);
  own.action = action.map((value, row) => value ?? usual.get(category[row]).actions[retryable[row] ? 0 : 1]);
  const fields = entry.filter((name) => name !== "provider");
  let before = 0;
  const templates = rows(packed.templates).map((row) => {
    const made = Object.fromEntries(template.map((name, place) => [name, row[place]]));
    const text = made.parts;
    made.parts = parts(text);
    const length = made.parts.reduce((sum, part) => sum + (typeof part === "string" ? [...part].length : 0), 0);
    before += made.entry;
    const literal = length + made.literal;
    return { ...made, text, entry: before, literal, weight: literal + made.weight };
  });
  templates.sort((one, other) => other.literal - one.literal); // the longest first
  const words = new Map(packed.first_words.split(" ").map((first) => [first, { rest: [], numbers: [] }]));
  templates.forEach(({ text }, number) => {
    const found = [...new Set(text.toLowerCase().match(/\w+/g))];
    const keys = packed.words.map((column) => column[number]);
    const [first, ...rest] = keys.map((key) => (typeof key === "number" ? found[key] : key));
    if (first === null) return;
    words.get(first).rest.push(...rest);
    words.get(first).numbers.push(number);
  });
  return {
    ...packed,
    entries: rows(fields.map((name) => own[name] ?? packed.entries[name] ?? empty)),
    templates: templates.map((made) => template.map((name) => made[name])),
    words: [...words.values()].map(({ rest, numbers }) => [rest.join(" "), numbers]),
  };
};
