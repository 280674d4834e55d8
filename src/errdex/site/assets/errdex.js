// The paste box. A pasted text stays here: it is classified in a Worker, shown as text
// (never as markup), and part of no URL but the fragment of a link that the reader asks for.
(() => {
  "use strict";
  const ASSETS = new URL(".", document.currentScript.src);
  const SITE = new URL("../../", ASSETS);
  const CAP = 65536; // characters that are classified
  const PATIENCE = 1000; // milliseconds that one text may take; a phone needs ten times as long as a desktop
  const LINK_CAP = 4000; // characters that a link may contain
  const OURS = true; // false on a site with its own catalog, whose unknown errors do not belong in our tracker
  const DOCS = "https://errdex.github.io/errdex/errors/";
  const ISSUES = "https://github.com/errdex/errdex/issues/new";
  const EXAMPLES = [
    "trial token rate limit exceeded, limit is 100000 tokens per minute",
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check " +
      "your plan and billing details.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}",
    "status_code: 404, body: {'message': \"model 'command-xl' not found, make sure the correct model ID was used and " +
      'that you have access to the model."}',
  ];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "class") made.className = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  };

  /** A text without keys, tokens and passwords, since it is shown on screen and copied into links. */
  const masked = globalThis.errdexMasker();

  /** A text whose parts in backticks become code. */
  const prose = (text) =>
    masked(text)
      .split("`")
      .map((part, number) => (number % 2 ? element("code", {}, part) : part));

  // Pages link to files on a site without directory URLs, or opened from the file system.
  const ending = () => {
    const links = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
    return links.some((href) => !/^[a-z]+:/i.test(href) && /\.html(?:#|$)/.test(href)) ? ".html" : "/";
  };

  const loadScript = (name) =>
    new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(name, ASSETS).href, onload: resolve });
      script.addEventListener("error", () => reject(new Error(`cannot load ${name}`)));
      document.head.append(script);
    });

  /** The code that runs in the Worker. */
  const work = (make, unpack) => {
    let catalog = null;
    const told = new Set(); // providers whose texts are here
    const specific = (answer) => !["none", "status", "wording"].includes(answer.basis);
    const judge = (text) => {
      const answers = [];
      const known = new Map();
      const add = (answer, line) => {
        const key = JSON.stringify([answer.entry ?? [answer.category, answer.retryable], answer.params]);
        const same = known.get(key);
        if (same) {
          if (line) same.lines.push(line);
          return;
        }
        const kept = { ...answer, lines: line ? [line] : [] };
        known.set(key, kept);
        answers.push(kept);
      };
      const whole = catalog.classify(text);
      if (whole.basis !== "none") add(whole, 0);
      const lines = text.split("\n");
      if (lines.length > 1) {
        lines.forEach((line, number) => {
          const answer = line.trim() ? catalog.detect(line) : null; // nobody says that each line is an error
          if (answer && (specific(answer) || (!answers.length && answer.basis !== "none"))) add(answer, number + 1);
        });
      }
      const listed = answers.some((answer) => answer.entry);
      const found = { answers: answers.slice(0, 20), closest: listed ? [] : catalog.closest(text, 3) };
      const providers = [...found.answers.map((answer) => answer.entry), ...found.closest].filter(Boolean).map((entry) => entry.split("/")[0]);
      return { ...found, missing: [...new Set(providers)].filter((provider) => !told.has(provider)) };
    };
    globalThis.onmessage = ({ data }) => {
      if (data.rules) {
        catalog = make(unpack(data.rules, data.texts), data.weights);
        globalThis.postMessage({ ready: true });
      } else if (data.texts) {
        for (const entry of catalog.nearest.rules.entries) [entry.title, entry.fix] = data.texts[entry.id] ?? [entry.title, entry.fix];
        data.providers.forEach((provider) => told.add(provider));
      } else {
        globalThis.postMessage({ id: data.id, ...judge(data.text) });
      }
    };
  };

  class Judge {
    constructor() {
      this.worker = null;
      this.last = 0;
      this.scripts = null;
      this.giveUp = () => {};
    }

    async start() {
      this.scripts ??= Promise.all(["rules.js", "weights.js", "matcher.js"].map(loadScript));
      await this.scripts;
      const code = `(${work})(${globalThis.errdexMatcher}, ${globalThis.errdexUnpack});`;
      const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      const worker = new Worker(address);
      await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
        worker.postMessage({ rules: globalThis.errdexRules, weights: globalThis.errdexWeights, texts: {} });
      });
      URL.revokeObjectURL(address);
      return worker;
    }

    ready() {
      this.worker ??= this.start().catch((error) => {
        this.worker = null; // the next text tries again
        this.scripts = null;
        throw error;
      });
      return this.worker;
    }

    /** Give the Worker the titles and fixes of some providers; they are loaded when an answer needs them. */
    async tell(worker, providers) {
      await Promise.all(providers.map((provider) => loadScript(`texts/${provider}.js`)));
      worker.postMessage({ providers, texts: globalThis.errdexTexts });
    }

    /** Resolve to {answers, closest}; {tooLong} or {failed} if it did not work; null if a later text replaced this one. */
    async ask(text) {
      const id = ++this.last;
      this.giveUp(); // nobody is waiting for the previous text
      const worker = await this.ready();
      if (id !== this.last) return null;
      return new Promise((resolve) => {
        const stop = (found) => {
          worker.terminate();
          this.worker = null;
          resolve(found);
        };
        const timer = setTimeout(stop, PATIENCE, { tooLong: true });
        this.giveUp = () => {
          clearTimeout(timer);
          resolve(null);
        };
        worker.onmessage = async ({ data }) => {
          if (data.id !== id) return;
          clearTimeout(timer);
          if (!data.missing.length) {
            resolve(data);
            return;
          }
          try {
            await this.tell(worker, data.missing);
          } catch {
            resolve({ failed: true });
            return;
          }
          worker.postMessage({ id, text });
        };
        worker.onerror = () => {
          clearTimeout(timer);
          stop({ failed: true });
        };
        worker.postMessage({ id, text });
      });
    }
  }

  const linkOf = (entry, docs) => {
    const { here, folder } = globalThis.errdexRules;
    if (here && !here.includes(entry)) return docs;
    const name = ending();
    return new URL(`${folder}/${entry}${name}`, SITE).href;
  };

  const chip = (text, kind) => element("span", { class: `errdex-chip errdex-${kind}` }, text);

  const verdictOf = (answer) => {
    if (!answer.retryable) return chip(answer.action === "wait" ? "do not retry yet" : "do not retry", "no");
    return chip(answer.retry_after === null ? "retry" : `retry after ${answer.retry_after} s`, "yes");
  };

  /** A duration with its two largest units, as in Python's model/duration.py. */
  const duration = (seconds) => {
    let rest = Math.max(1, Math.round(seconds));
    const parts = [];
    for (const [unit, size] of [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]]) {
      const count = Math.floor(rest / size);
      rest %= size;
      if (count || parts.length) parts.push(count ? `${count} ${unit}` : "");
      if (parts.length === 2) break;
    }
    return parts.filter(Boolean).join(" ");
  };

  const FAILS = {
    request: "only this request",
    model: "every request to this model",
    key: "every request with this key",
    account: "every request of this account",
    provider: "every request to this provider",
    network: "every request over this network",
  };

  /** What else fails the same way, what to do next, and when the limit opens. */
  const courseOf = ({ scope, action, resets_in: resetsIn, retry_after: retryAfter }) => {
    const said = [`Fails: ${FAILS[scope] ?? scope}`];
    if (action !== "none") said.push(`next: ${action.replaceAll("_", " ")}`);
    if (resetsIn && retryAfter === null) said.push(`the limit opens in ${duration(resetsIn)}`);
    return element("p", { class: "errdex-course" }, said.join(" · "));
  };

  const card = (answer) => {
    const title = answer.entry
      ? element("a", { href: linkOf(answer.entry, answer.docs_url) }, answer.title)
      : element("span", {}, answer.title);
    const params = Object.entries(answer.params).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, masked([value].flat().join(", ")))),
    );
    const lines = answer.lines.length ? `line ${answer.lines.slice(0, 8).join(", ")}${answer.lines.length > 8 ? ", …" : ""}` : "";
    return element(
      "article",
      { class: "errdex-card", "data-entry": answer.entry ?? "" },
      element("h3", {}, title),
      element(
        "p",
        { class: "errdex-chips" },
        verdictOf(answer),
        chip(answer.category, "category"),
        answer.status === null ? null : chip(`HTTP ${answer.status}`, "status"),
        answer.entry ? element("code", {}, answer.entry) : null,
        answer.basis === "wording" ? element("small", {}, `by its wording, ${Math.round(answer.confidence * 100)} % sure`) : null,
        lines ? element("small", {}, lines) : null,
      ),
      courseOf(answer),
      element("p", { class: "errdex-fix" }, ...prose(answer.fix)),
      params.length ? element("dl", { class: "errdex-params" }, ...params) : null,
    );
  };

  /** What is said of a text that no entry lists; `judged` if it is an error all the same. */
  const unlisted = (text, closest, judged) => {
    const report = new URL(ISSUES);
    report.searchParams.set("title", "Unknown error");
    report.searchParams.set("body", `The text, without secrets:\n\n\`\`\`text\n${masked(text).slice(0, 1500)}\n\`\`\`\n`);
    return element(
      "article",
      { class: `errdex-card errdex-unlisted${judged ? "" : " errdex-unknown"}`, "data-entry": "" },
      element("h3", {}, "No entry for this"),
      judged
        ? element("p", {}, "The answer above is a judgement by the words and the status of the text alone.")
        : element("p", {}, "The text contains no message, code or status that the catalog knows. It may not be an API error."),
      closest.length ? element("p", {}, "Entries that share most of its words:") : null,
      closest.length
        ? element("ul", {}, ...closest.map((entry) => element("li", {}, element("a", { href: linkOf(entry, `${DOCS}${entry}/`) }, globalThis.errdexTexts?.[entry]?.[0] ?? entry))))
        : null,
      !OURS ? null : element("p", {}, "Is it an error from an LLM API? ", element("a", { href: report.href, rel: "noopener" }, "Tell us"), "; nothing is sent until you do."),
    );
  };

  const note = (text) => element("p", { class: "errdex-note" }, text);

  const mountBox = (place) => {
    const judge = new Judge();
    const answers = element("div", { class: "errdex-answers", "aria-live": "polite" });
    const area = element("textarea", {
      id: "errdex-text",
      rows: "3",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": "errdex-hint",
      placeholder: "A message, a log line, a JSON body, a traceback …",
    });
    let timer = 0;
    let asked = "";
    let cut = false;

    const show = async () => {
      const text = area.value;
      asked = text;
      if (!text.trim()) {
        answers.replaceChildren();
        return;
      }
      let found;
      try {
        found = await judge.ask(text);
      } catch (error) {
        answers.replaceChildren(note(`The matcher could not be loaded (${error.message}). Reload the page to try again.`));
        return;
      }
      if (!found || asked !== text) return;
      const cards = found.tooLong
        ? [note("This text takes too long to classify. Paste only the part that reports the error.")]
        : found.failed
          ? [note("The matcher failed on this text. Paste only the part that reports the error.")]
          : found.answers.length
            ? found.answers.map(card)
            : [];
      if (found.answers && !found.answers.some((answer) => answer.entry)) {
        cards.push(unlisted(text, found.closest, found.answers.length > 0));
      }
      if (cut) cards.unshift(note("The text is longer than 64 KB; only its first and last 32 KB are read."));
      answers.replaceChildren(...cards);
      place.dispatchEvent(new CustomEvent("errdex:answer", { bubbles: true, detail: found }));
    };

    const set = (text) => {
      cut = text.length > CAP;
      area.value = cut ? `${text.slice(0, CAP / 2)}\n${text.slice(1 - CAP / 2)}` : text;
      clearTimeout(timer);
      timer = setTimeout(show, 0);
    };

    const fromAddress = () => {
      const found = new URLSearchParams(location.hash.slice(1)).get("text");
      if (found !== null) set(found);
    };

    area.addEventListener("input", () => {
      if (area.value.length > CAP) {
        set(area.value);
        return;
      }
      cut = false;
      clearTimeout(timer);
      timer = setTimeout(show, 20);
    });
    // A text box freezes for seconds when it has to lay out megabytes.
    area.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length > CAP) {
        event.preventDefault();
        set(text);
      }
    });
    // The classifier is as large as the rest of the page, so it is loaded only when somebody is about to use the box.
    const prepare = () => judge.ready().catch(() => {});
    area.addEventListener("focus", prepare, { once: true });
    place.addEventListener("pointerenter", prepare, { once: true });

    const copyLink = async (event) => {
      const button = event.currentTarget;
      const text = masked(area.value);
      if (!text.trim() || text.length > LINK_CAP) {
        button.textContent = text.trim() ? "Too long for a link" : "Paste something first";
      } else {
        const link = new URL(location.href);
        link.hash = `text=${encodeURIComponent(text)}`;
        history.replaceState(null, "", link.hash);
        try {
          await navigator.clipboard.writeText(link.href);
          button.textContent = "Link copied";
        } catch {
          button.textContent = "Link is in the address bar";
        }
      }
      setTimeout(() => (button.textContent = "Copy link"), 2000);
    };

    const examples = (OURS ? EXAMPLES : []).map((text) => element("button", { type: "button", class: "errdex-example", onclick: () => set(text) }, text));
    place.replaceChildren(
      element("label", { for: "errdex-text" }, "Paste an error"),
      area,
      element(
        "div",
        { class: "errdex-bar" },
        element("button", { type: "button", onclick: () => set("") }, "Clear"),
        element("button", { type: "button", onclick: copyLink }, "Copy link"),
        element("span", { id: "errdex-hint" }, "Classified in your browser; nothing is sent anywhere."),
      ),
      examples.length ? element("div", { class: "errdex-examples", role: "group", "aria-label": "Examples" }, ...examples) : "",
      answers,
    );
    globalThis.addEventListener("hashchange", fromAddress);
    fromAddress();
  };

  /** Call a function when the page is there, and again when Material replaces it without a load (instant navigation). */
  const onPage = (mount) => {
    if (globalThis.document$) globalThis.document$.subscribe(mount);
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
    else mount();
  };
  globalThis.errdexPage = { element, loadScript, onPage }; // for the site's other scripts
  onPage(() => {
    for (const place of document.querySelectorAll(".errdex-box:empty")) mountBox(place);
  });
})();
