// The Worker behind the theme's search, in place of the theme's own: it loads nothing until somebody types.
// The messages are those of Material for MkDocs: 0 set up, 1 ready, 2 query, 3 result.
(() => {
  "use strict";
  const [READY, QUERY, RESULT] = [1, 2, 3];
  const FILES = ["minisearch.js", "search.js", "search-entries.js", "search-pages.js"];
  const RETRY = { yes: "retry", no: "do not retry" };

  const escaped = (text) => text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);
  const titled = (title) => escaped(title).replace(/`([^`]*)`/g, "<code>$1</code>");

  /** A message with its holes as words. */
  const worded = (shown) => escaped(shown).replace(/\{([a-z_]+|…)\}/g, (_, name) => `<i>${name.replaceAll("_", " ")}</i>`);

  /** One result as the theme shows it. */
  const item = ({ document, template }, number) => {
    const shared = { score: 1000 - number, terms: {} };
    if (!document.entry) return { ...shared, location: document.location, title: escaped(document.title), text: escaped(document.text) };
    const { folder, ending } = globalThis.errdexPages;
    const facts = [document.entry, document.statuses.join("/"), RETRY[document.retry] ?? "guide"].filter(Boolean);
    const message = template ?? document.templates[0];
    return {
      ...shared,
      location: `${folder}/${document.entry}${ending}`,
      title: titled(document.title),
      text: `<b>${escaped(facts.join(" · "))}</b>${message ? `<br>${worded(message.shown)}` : ""}`,
    };
  };

  /** Answer the theme's messages: `load` gets the files, `reply` sends a message back. */
  const answering = (load, reply) => {
    let search = null;
    const ready = () => {
      search ??= load(FILES).then(() => {
        const { MiniSearch, errdexSearch, errdexEntries, errdexPages } = globalThis;
        return errdexSearch(MiniSearch, errdexEntries, errdexPages.pages);
      });
      return search;
    };
    return async ({ type, data }) => {
      if (type !== QUERY) {
        reply({ type: READY });
        return;
      }
      const found = data.trim() ? (await ready()).find(data) : [];
      reply({ type: RESULT, data: { items: found.map((result, number) => [item(result, number)]) } });
    };
  };

  if (typeof importScripts === "function") {
    const answer = answering(
      async (names) => importScripts(...names),
      (message) => globalThis.postMessage(message),
    );
    globalThis.addEventListener("message", ({ data }) => answer(data));
    return;
  }

  // A page opened from the file system cannot start a Worker from a file. So this script is in the page too, before the
  // theme's, and takes the Worker's place there: it loads the same files as script elements.
  const assets = new URL(".", document.currentScript.src);
  const load = async (names) => {
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: new URL(name, assets).href, onload: resolve, onerror: reject });
        document.head.append(script);
      });
    }
  };
  const Native = globalThis.Worker;
  const InPage = class extends EventTarget {
    constructor() {
      super();
      this.answer = answering(load, (data) => this.dispatchEvent(new MessageEvent("message", { data })));
    }

    postMessage(message) {
      this.answer(message);
    }
  };
  globalThis.Worker = function (address, ...rest) {
    return String(address).endsWith("/search_worker.js") ? new InPage() : new Native(address, ...rest);
  };
})();
