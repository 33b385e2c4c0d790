// What a page does beyond showing itself: colours, menu, table of contents, filters, search. All content works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* A browser may forbid it; the choice lasts a page then. */ } },
  };
  // Before the page is drawn, so that it does not change colours under the reader's eyes.
  const remembered = store.get("ismsbook-scheme");
  if (remembered === "light" || remembered === "dark") root.dataset.scheme = remembered;

  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);
  const normal = (text) => text.normalize("NFKC").toLowerCase();

  function schemes() {
    const button = $("[data-scheme-switch]");
    if (!button) return;
    const isDark = () => root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const label = () => { $("[data-scheme-label]").textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      store.set("ismsbook-scheme", root.dataset.scheme);
      label();
    });
  }

  // The menu is a link to the navigation; here it also keeps the page's place and closes with Escape.
  function menu() {
    const navigation = $("#navigation");
    const open = $(".menu-open");
    if (!navigation || !open) return;
    open.setAttribute("role", "button");
    open.setAttribute("aria-expanded", "false");
    const show = (shown) => {
      navigation.classList.toggle("shown", shown);
      open.setAttribute("aria-expanded", String(shown));
      document.body.style.overflow = shown ? "hidden" : "";
      (shown ? $(".menu-close") : open).focus();
    };
    open.addEventListener("click", (event) => { event.preventDefault(); show(true); });
    open.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); show(true); } });
    $(".menu-close").addEventListener("click", (event) => { event.preventDefault(); show(false); });
    navigation.addEventListener("keydown", (event) => { if (event.key === "Escape" && navigation.classList.contains("shown")) show(false); });
    const current = $("[aria-current]", navigation);
    if (current && navigation.scrollHeight > navigation.clientHeight) {
      navigation.scrollTop = current.offsetTop - navigation.clientHeight / 3;
    }
  }

  function contents() {
    const links = new Map($$(".toc a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!parts.length || !("IntersectionObserver" in window)) return;
    let frame = 0;
    const mark = () => {
      frame = 0;
      const limit = innerHeight * 0.3;
      const here = parts.filter((part) => part.getBoundingClientRect().top < limit).pop() || parts[0];
      for (const [id, link] of links) link.classList.toggle("here", id === here.id);
    };
    addEventListener("scroll", () => { frame = frame || requestAnimationFrame(mark); }, { passive: true });
    mark();
  }

  // A link may lead into a folded list.
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details");
    if (folded && !folded.open) { folded.open = true; target.scrollIntoView(); }
  }

  // The state of a filter stands in the address behind #, which also a file share keeps.
  function filters() {
    for (const form of $$("[data-filter]")) {
      const tables = $$(`table${form.dataset.filter}`);
      const rows = tables.flatMap((table) => $$("tr.line", table));
      const status = $(".filter-status", form);
      if (!rows.length) continue;
      for (const row of rows) row.words = normal(row.dataset.text || row.textContent);
      form.hidden = false;
      const read = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
      const fits = (row, state) => Object.entries(state).every(([name, value]) => name === "text"
        ? normal(value).split(/\s+/).every((word) => row.words.includes(word))
        : (row.dataset[name] || "").split(" ").includes(value));
      const show = () => {
        const state = read();
        let shown = 0;
        for (const row of rows) {
          row.hidden = !fits(row, state);
          if (!row.hidden) shown += 1;
        }
        for (const table of tables) {
          for (const body of table.tBodies) body.hidden = $$("tr.line", body).every((row) => row.hidden);
          const part = table.closest(".soa-catalog");
          if (part) part.hidden = [...table.tBodies].every((body) => body.hidden);
        }
        status.textContent = fill(status.dataset.text, { n: shown, all: rows.length });
      };
      const keep = () => {
        const state = new URLSearchParams(read()).toString();
        history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
      };
      const restore = () => {
        const state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
        for (const field of form.elements) if (field.name) field.value = state.get(field.name) || "";
        show();
      };
      form.addEventListener("input", () => { show(); keep(); });
      form.addEventListener("reset", () => setTimeout(() => { show(); keep(); }));
      form.addEventListener("submit", (event) => event.preventDefault());
      addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) restore(); });
      restore();
    }
  }

  function search() {
    const dialog = $("#search");
    const opener = $("[data-search-open]");
    if (!dialog || !opener || !dialog.showModal) return;
    const input = $("#search-text");
    const kind = $("#search-kind");
    const list = $("#search-results");
    const status = $("#search-status");
    const most = 50;
    let entries = null;
    let asked = false;
    let at = -1;

    // The data is a script, since a page from a file share may load nothing else.
    window.ismsbookSearch = (data) => {
      entries = data.map((entry) => ({
        ...entry,
        nId: normal(entry.id),
        nTitle: normal(entry.title),
        nText: normal(entry.text),
        sections: (entry.sections || []).map((section) => ({ ...section, nTitle: normal(section.title), nText: normal(section.text) })),
      }));
      find();
    };
    const load = () => {
      if (asked) return;
      asked = true;
      status.textContent = dialog.dataset.loading;
      const script = document.createElement("script");
      script.src = root.dataset.search;
      script.onerror = () => { asked = false; status.textContent = dialog.dataset.failed; };
      document.head.append(script);
    };

    // A.5.1 is not A.5.15: a word that ends in a digit ends where the number does.
    const finder = (word) => {
      if (!/\d$/.test(word)) return (text) => text.includes(word);
      const whole = new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "(?!\\d|\\.\\d)");
      return (text) => whole.test(text);
    };

    // Every word must stand somewhere in the entry. An exact id is worth more than a title, a title more than a heading.
    const weigh = (entry, words, whole, finders) => {
      let score = entry.nId && (entry.nId === whole || entry.nId.endsWith(`:${whole}`)) ? 1000 : 0;
      let section = null;
      let best = 0;
      for (const [number, word] of words.entries()) {
        const inside = finders[number];
        let here = 0;
        if (entry.nId.startsWith(word)) here = 60;
        else if (entry.nId.includes(word)) here = 40;
        if (entry.nTitle.includes(word)) here = Math.max(here, entry.nTitle.startsWith(word) ? 50 : 40);
        if (here < 5 && inside(entry.nText)) here = 5;
        for (const part of entry.sections) {
          const value = inside(part.nTitle) ? 20 : inside(part.nText) ? 4 : 0;
          here = Math.max(here, value);
        }
        if (!here) return null;
        score += here;
      }
      for (const part of entry.sections) {
        const value = finders.reduce((sum, inside) => sum + (inside(part.nTitle) ? 20 : inside(part.nText) ? 4 : 0), 0);
        if (value > best) { best = value; section = part; }
      }
      const inHead = words.every((word) => entry.nTitle.includes(word) || entry.nId.includes(word));
      return { entry, score, section: inHead ? null : section };
    };

    const marked = (text, words, target) => {
      const lower = text.toLowerCase();
      let from = 0;
      while (from < text.length) {
        let next = -1;
        let length = 0;
        for (const word of words) {
          const found = lower.indexOf(word, from);
          if (found >= 0 && (next < 0 || found < next)) { next = found; length = word.length; }
        }
        if (next < 0) break;
        target.append(text.slice(from, next));
        const mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        target.append(mark);
        from = next + length;
      }
      target.append(text.slice(from));
      return target;
    };
    const excerpt = (text, words) => {
      const lower = text.toLowerCase();
      const found = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
      const start = Math.max(0, (found.length ? Math.min(...found) : 0) - 40);
      return (start > 0 ? "…" : "") + text.slice(start, start + 140) + (text.length > start + 140 ? "…" : "");
    };
    const span = (name, text, words) => {
      const made = document.createElement("span");
      made.className = name;
      return words ? marked(text, words, made) : (made.textContent = text, made);
    };
    const hit = ({ entry, section }, words, number) => {
      const link = document.createElement("a");
      link.href = root.dataset.root + entry.url + (section ? `#${section.anchor}` : "");
      link.id = `hit-${number}`;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      link.append(span("hit-kind", entry.label));
      link.append(span("hit-title", (entry.id ? `${entry.id} ` : "") + entry.title, words));
      if (section) link.append(span("hit-section", section.title, words));
      const text = section ? section.text : entry.text;
      if (text) link.append(span("hit-text", excerpt(text, words), words));
      return link;
    };
    const select = (place) => {
      const hits = [...list.children];
      if (!hits.length) return;
      at = (place + hits.length) % hits.length;
      hits.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
      hits[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", hits[at].id);
    };
    const find = () => {
      if (!entries) return;
      const whole = normal(input.value).trim();
      const words = whole.split(/\s+/).filter(Boolean);
      const finders = words.map(finder);
      list.replaceChildren();
      at = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", "false");
      if (!words.length) { status.textContent = ""; return; }
      const found = entries.filter((entry) => !kind.value || entry.kind === kind.value)
        .map((entry) => weigh(entry, words, whole, finders)).filter(Boolean)
        .sort((a, b) => b.score - a.score);
      list.append(...found.slice(0, most).map((one, number) => hit(one, words, number)));
      input.setAttribute("aria-expanded", String(found.length > 0));
      const text = { 0: dialog.dataset.none, 1: dialog.dataset.one }[found.length] || (found.length > most ? dialog.dataset.most : dialog.dataset.count);
      status.textContent = fill(text, { n: found.length, shown: most, text: input.value });
      if (found.length) select(0);
    };
    const open = () => {
      load();
      if (!dialog.open) dialog.showModal();
      input.focus();
      input.select();
    };

    opener.hidden = false;
    opener.addEventListener("click", open);
    $("[data-search-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    input.addEventListener("input", find);
    kind.addEventListener("change", find);
    input.addEventListener("keydown", (event) => {
      // A word that is being composed is the input method's, not ours.
      if (event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); select(at - 1); }
      else if (event.key === "Enter" && list.children[at]) { event.preventDefault(); list.children[at].click(); }
    });
    list.addEventListener("click", () => dialog.close());
    addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
      const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (slash || k) { event.preventDefault(); open(); }
    });
  }

  document.addEventListener("DOMContentLoaded", () => { schemes(); menu(); contents(); filters(); search(); unfold(); addEventListener("hashchange", unfold); });
})();
