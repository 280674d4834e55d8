// The tables of entries: each sorts by its columns, and that of all entries filters, with the search's own finding.
(() => {
  "use strict";
  const { element, loadScript, onPage } = globalThis.errdexPage;
  const COLUMNS = { retry: 1, provider: 2, status: 3, category: 4 };
  const SEARCH = ["minisearch.js", "search.js", "search-entries.js"];

  const text = (row, column) => row.cells[column].textContent.trim();

  /** Make the heads of a table buttons that sort it. */
  const mountSort = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      const sort = () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        const compare = (one, other) => text(one, column).localeCompare(text(other, column), undefined, { numeric: true });
        body.append(...[...body.rows].sort((one, other) => (down ? compare(other, one) : compare(one, other))));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
      };
      head.replaceChildren(element("button", { type: "button", class: "errdex-sort", onclick: sort }, head.textContent));
    });
  };

  let search = null;
  const loadSearch = () => {
    search ??= (async () => {
      for (const name of SEARCH) await loadScript(name);
      return globalThis.errdexSearch(globalThis.MiniSearch, globalThis.errdexEntries, []);
    })().catch(() => (search = null));
    return search;
  };

  const mountFilters = (place) => {
    const table = place.querySelector("table");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => {
      const values = Object.fromEntries(Object.entries(COLUMNS).map(([key, column]) => [key, text(row, column)]));
      const entry = (row.querySelector("a")?.getAttribute("href") ?? "").replace(/(?:\.html|\/)$/, "");
      return { row, entry, ...values, status: values.status.split(" ") };
    });
    const controls = new Map();
    const control = (key, label, made) => {
      controls.set(key, made);
      return element("label", {}, `${label} `, made);
    };
    const select = (key) => {
      const values = [...new Set(rows.flatMap((row) => row[key]))].filter((value) => value !== "–").sort();
      return element("select", {}, element("option", { value: "" }, "any"), ...values.map((value) => element("option", { value }, value)));
    };
    const count = element("p", { class: "errdex-count", "aria-live": "polite" });
    const input = element("input", { type: "search", placeholder: "a message, code or status", onfocus: loadSearch });
    const bar = element(
      "form",
      { class: "errdex-filters", "aria-label": "Filter the table", onsubmit: (event) => event.preventDefault() },
      control("q", "Find", input),
      ...["provider", "status", "category", "retry"].map((key) => control(key, key[0].toUpperCase() + key.slice(1), select(key))),
      element("button", { type: "reset" }, "All"),
    );

    /** The places of the entries that a query finds, best first; null if there is no query. */
    const placesOf = async (query) => {
      if (!query) return null;
      const found = (await loadSearch())?.find(query) ?? [];
      const good = found.some((result) => result.all) ? found.filter((result) => result.all) : found;
      return new Map(good.map((result, number) => [result.document.entry, number]));
    };

    let asked = 0;
    const apply = async (keep) => {
      asked += 1;
      const mine = asked;
      const wanted = Object.fromEntries([...controls].map(([key, made]) => [key, made.value.trim()]));
      if (keep) {
        const chosen = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
        history.replaceState(null, "", `#${chosen}`);
      }
      const places = await placesOf(wanted.q);
      if (mine !== asked) return; // somebody typed on
      let shown = 0;
      for (const row of rows) {
        row.row.hidden =
          (places && !places.has(row.entry)) ||
          (wanted.provider && row.provider !== wanted.provider) ||
          (wanted.status && !row.status.includes(wanted.status)) ||
          (wanted.category && row.category !== wanted.category) ||
          (wanted.retry && row.retry !== wanted.retry) ||
          false;
        shown += !row.row.hidden;
      }
      const order = places ? [...rows].sort((one, other) => (places.get(one.entry) ?? 1e6) - (places.get(other.entry) ?? 1e6)) : rows;
      body.append(...order.map((row) => row.row));
      for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
      count.textContent = `${shown} of ${rows.length} entries`;
    };
    const fromAddress = () => {
      const chosen = new URLSearchParams(location.hash.slice(1));
      for (const [key, made] of controls) made.value = chosen.get(key) ?? "";
      apply(false);
    };
    bar.addEventListener("input", () => apply(true));
    bar.addEventListener("reset", () => setTimeout(() => apply(true), 0));
    globalThis.addEventListener("hashchange", fromAddress);
    place.prepend(bar, count);
    fromAddress();
  };

  onPage(() => {
    for (const place of document.querySelectorAll(".errdex-table:not(:has(.errdex-filters))")) mountFilters(place);
    for (const table of document.querySelectorAll(".errdex-list table:not(:has(.errdex-sort))")) mountSort(table);
  });
})();
