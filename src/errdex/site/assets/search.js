// Finds entries by message, code or status, and pages by their words. It runs in the search's Worker, in a page that was
// opened from the file system, in the table of all entries, and in Node for the tests.
//
// MiniSearch finds by words; what is here decides what stands above that: a status that was asked for, a code or a
// message typed whole, a part of a message, and then the words.
globalThis.errdexSearch = (MiniSearch, entries, pages) => {
  "use strict";
  const ENOUGH = 24; // literal characters of a message that are no coincidence in a longer text
  const PART = 12; // characters from which a part of a message ranks above its single words
  const CODE = 8; // characters from which a code inside a longer text counts
  const WORDS = 12; // words of a query that are looked up
  const FEW = 10; // results with all words of a query, from which on those with some of them are left out
  const TOO_LONG = 4000; // characters of a query that are read

  const fold = (text) =>
    text
      .toLowerCase()
      .replace(/[‘’‚‛′`´“”„‟″«»"]/g, "'")
      .replace(/\\?'/g, "'")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/[ .,;:!?。，；：！？…]+$/, "");

  /** The literals of a template, folded, and its text as a page shows it. */
  const read = (template) => {
    const literals = [""];
    const shown = template.replace(/\{\{|\}\}|\{([^{}:]*):[^{}]*\}|[^{}]+/g, (found, hole) => {
      if (hole !== undefined) {
        literals.push("");
        return hole === "_" ? "{…}" : `{${hole}}`;
      }
      const text = found === "{{" || found === "}}" ? found[0] : found;
      literals[literals.length - 1] += text;
      return text;
    });
    const parts = literals.map((text, number) => {
      const whole = number === literals.length - 1 ? fold(`x${text}`).slice(1) : fold(`x${text}x`).slice(1, -1);
      return number ? whole : whole.trimStart();
    });
    const held = parts.filter((part) => part.trim());
    if (held.length) held.push(fold(`x${held.pop()}`).slice(1)); // "too many tokens: {detail}" is also said without a detail
    return { shown, whole: fold(shown), parts: held, size: held.join("").length };
  };

  const words = (text) => {
    const found = [];
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}_]+/gu)) {
      if (/\p{Script=Han}/u.test(word)) {
        for (const [run] of word.matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)) {
          if (!/\p{Script=Han}/u.test(run) || run.length < 3) found.push(run);
          else for (let at = 0; at + 2 <= run.length; at += 1) found.push(run.slice(at, at + 2));
        }
        continue;
      }
      found.push(word);
      if (word.includes("_")) found.push(...word.split("_").filter(Boolean));
    }
    return found;
  };

  const documents = [
    ...entries.rows.map(([id, title, kind, statuses, retry, references, messages, codes]) => ({
      entry: id, title, kind, statuses, retry, references, codes,
      provider: id.slice(0, id.indexOf("/")),
      templates: messages.map(read),
      folded: codes.map(fold),
    })),
    ...pages.map((page) => ({ ...page, entry: null, statuses: [], references: 0, codes: [], templates: [], folded: [] })),
  ];
  const index = new MiniSearch({
    idField: "number",
    fields: ["title", "id", "status", "codes", "messages", "text"],
    tokenize: words,
    processTerm: (term) => term.slice(0, 40),
    searchOptions: {
      boost: { title: 2, id: 1.5, status: 2, codes: 3 },
      boostDocument: (number) => 1 + Math.log1p(documents[number].references) / 5,
      prefix: (term, number, terms) => number === terms.length - 1 && term.length > 1,
    },
  });
  index.addAll(
    documents.map((document, number) => ({
      number,
      title: document.title.replaceAll("`", ""),
      id: document.entry ? `${document.entry.replaceAll("-", " ")} ${entries.providers[document.provider] ?? ""}` : "",
      status: document.statuses.join(" "),
      codes: document.codes.join(" "),
      messages: document.templates.map((template) => template.shown).join("\n"),
      text: document.text ?? "",
    })),
  );
  const providers = new Map();
  for (const [id, name] of Object.entries(entries.providers)) {
    for (const word of [id, ...words(name)]) providers.set(word, (providers.get(word) ?? new Set()).add(id));
  }

  /** Whether a part of a text is a value or a clause of its own: "message": "Insufficient Balance". */
  const standsAlone = (text, from, to) => /(?:^|['>]|[:：] )$/.test(text.slice(0, from).slice(-2)) && /^(?:$|[.!]?['<]| \()/.test(text.slice(to, to + 2));

  /** How well a message fits what was typed: the characters that agree, and how many of its own are left over. */
  const fit = (template, text) => {
    const { whole, parts, size } = template;
    if (!parts.length) return null;
    if (text.length >= PART && whole.includes(text)) return { agree: text.length, rest: whole.length - text.length };
    let from = 0;
    let at = 0;
    let agree = 0;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      if (found < 0) break;
      if (part === parts[0]) from = found;
      agree += part.length;
      at = found + part.length;
    }
    const rest = size - agree;
    const fits = rest ? agree >= ENOUGH && agree * 2 >= text.length : agree >= ENOUGH || agree * 2 >= text.length || standsAlone(text, from, at);
    return fits ? { agree, rest } : null;
  };

  /** The statuses and providers that a query names, if it names nothing else: "429", "openai 429", "http 429 error". */
  const askedStatus = (terms) => {
    const statuses = terms.filter((term) => /^[1-5]\d\d$/.test(term)).map(Number);
    const named = terms.filter((term) => providers.has(term));
    const other = terms.filter((term) => !/^[1-5]\d\d$/.test(term) && !["http", "status", "code", "error"].includes(term));
    if (!statuses.length || other.some((term) => !providers.has(term))) return null;
    const wanted = named.filter((term) => term !== "http").map((term) => providers.get(term));
    return { statuses, fits: (provider) => wanted.every((some) => some.has(provider)), any: !wanted.length };
  };

  /** Whether a text has a code in it as a word. */
  const names = (text, code) => {
    const at = text.indexOf(code);
    return at >= 0 && !/[\w-]/.test(text[at - 1] ?? "") && !/[\w-]/.test(text[at + code.length] ?? "");
  };

  const rank = (document, hit, text, asked) => {
    const none = { tier: hit ? 1 : 0, agree: 0, rest: 0 };
    if (!document.entry) return fold(document.title) === text ? { tier: 4, agree: text.length, rest: 0 } : none;
    if (asked && asked.statuses.every((status) => document.statuses.includes(status)) && asked.fits(document.provider)) {
      const first = document.kind === "default" && (!asked.any || document.provider === "http");
      return { tier: first ? 6 : 5, agree: 0, rest: 0 };
    }
    if (document.folded.includes(text) || document.entry === text) return { tier: 4, agree: text.length, rest: 0 };
    let best = none;
    for (const template of document.templates) {
      const found = fit(template, text);
      if (!found) continue;
      if (best.tier < 3 || found.agree > best.agree || (found.agree === best.agree && found.rest < best.rest)) {
        best = { tier: 3, ...found, template };
      }
    }
    if (best.tier < 2 && text.length > 3) {
      if (document.folded.some((code) => code.includes(text))) return { ...none, tier: 2 };
      const agree = Math.max(0, ...document.folded.filter((code) => code.length >= CODE && names(text, code)).map((code) => code.length));
      if (agree) return { tier: 2, agree, rest: 0 };
    }
    return best;
  };

  /**
   * Return all that a query finds, best first: {document, all, template}; `all` if it has more than some of the words.
   * The theme says how many there are, and shows them as somebody scrolls.
   */
  const find = (query) => {
    const text = fold(query.slice(0, TOO_LONG));
    const terms = words(text);
    if (!terms.length) return [];
    // Of a long text, the longest words tell most; looking up each "the" takes most of the time.
    const longest = [...new Set(terms)].sort((one, other) => other.length - one.length).slice(0, WORDS);
    const wanted = terms.filter((term, number) => longest.includes(term) && terms.indexOf(term) === number);
    const hits = new Map(index.search(wanted.join(" ")).map((hit) => [hit.id, hit]));
    const count = new Set(words(wanted.join(" "))).size;
    const asked = askedStatus(terms);
    const found = [];
    documents.forEach((document, number) => {
      const hit = hits.get(number);
      const ranked = rank(document, hit, text, asked);
      if (!ranked.tier) return;
      const all = ranked.tier > 1 || new Set(hit.queryTerms).size === count;
      found.push({ document, ...ranked, all, score: hit?.score ?? 0 });
    });
    found.sort(
      (one, other) =>
        other.tier - one.tier ||
        other.all - one.all ||
        other.agree - one.agree ||
        (one.rest > 0) - (other.rest > 0) ||
        (one.document.kind === "family") - (other.document.kind === "family") ||
        (one.tier > 1 && other.document.references - one.document.references) ||
        one.rest - other.rest ||
        other.score - one.score,
    );
    const whole = found.filter((one) => one.all);
    return whole.length >= FEW ? whole : found;
  };
  return { find };
};
