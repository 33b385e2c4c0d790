// What a page does beyond showing itself: colours, menu, table of contents, filters, search. All content works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* A browser may forbid it; the choice lasts a page then. */ } },
  };
  // Before the page is drawn: nothing moves or changes its colour under the reader's eyes.
  root.classList.add("scripted");
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
    const navigation = $("#page-navigation");
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

  // The tables of the SoA name documents by id alone; the list below them has the titles.
  function named() {
    const titles = new Map($$(".soa-named a").map((link) => [link.getAttribute("href"), link.textContent]));
    for (const link of titles.size ? $$(".soa td a") : []) {
      const title = titles.get(link.getAttribute("href").split("#")[0]);
      if (title) link.title = title;
    }
  }

  // The heads of some columns sort their table; a second press turns the order round. What is empty stays last.
  function sorting() {
    const collator = new Intl.Collator(root.lang, { numeric: true });
    for (const table of $$("table[data-sortable]")) {
      const heads = $$("th[data-sort]", table.tHead);
      const body = table.tBodies[0];
      for (const head of heads) {
        const value = (row) => row.cells[head.cellIndex].dataset.value ?? row.cells[head.cellIndex].textContent.trim();
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const now = head.getAttribute("aria-sort");
          const up = now ? now === "descending" : head.dataset.sort === "up";
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", up ? "ascending" : "descending");
          const keyed = [...body.rows].map((row) => [value(row), row]);
          keyed.sort(([a], [b]) => (a === "") - (b === "") || (up ? 1 : -1) * collator.compare(a, b));
          body.append(...keyed.map(([, row]) => row));
        });
      }
    }
  }

  // The state of a filter stands in the address behind #, which also a file share keeps.
  function filters() {
    for (const form of $$("[data-filter]")) {
      const tables = $$(`table${form.dataset.filter}`);
      const rows = tables.flatMap((table) => $$("tr.line", table));
      const status = $(".filter-status", form);
      if (!rows.length) continue;
      for (const row of rows) row.words = normal(`${row.textContent} ${row.dataset.text || ""}`);
      form.hidden = false;
      const read = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
      const fits = (row, state) => Object.entries(state).every(([name, value]) => name === "text"
        ? normal(value).split(/\s+/).every((word) => row.words.includes(word))
        : (row.dataset[name] || row.parentElement.dataset[name] || "").split(" ").includes(value));
      const show = () => {
        const state = read();
        let shown = 0;
        for (const row of rows) {
          row.hidden = !fits(row, state);
          if (!row.hidden) shown += 1;
        }
        for (const table of tables) {
          for (const body of table.tBodies) body.hidden = $$("tr.line", body).every((row) => row.hidden);
          const part = table.closest(".soa-catalog, .filtered-part");
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

  // The other language shows the same place, and a list there the same lines.
  function languages() {
    for (const link of $$(".languages a")) link.addEventListener("click", () => { link.hash = location.hash; });
  }

  function search() {
    const dialog = $("#page-search");
    const opener = $("[data-search-open]");
    if (!dialog || !opener || !dialog.showModal) return;
    const input = $("#page-search-text");
    const kind = $("#page-search-kind");
    const list = $("#page-search-results");
    const status = $("#page-search-status");
    const most = 30;
    const sectionsMost = 3;
    const exact = 10000;
    let entries = [];
    let wanted = 0;
    let asked = false;
    let at = -1;

    // The data comes as scripts, since a page from a file share may load nothing else; the first says how many there are.
    window.ismsbookSearch = (data, count) => {
      for (const entry of data) {
        entry.nId = normal(entry.id);
        entry.nTitle = normal(entry.title);
        entry.sections = entry.sections || [];
        entry.heads = normal(entry.sections.map((part) => part.title).join("\n"));
        entry.all = normal([entry.id, entry.title, entry.text, ...entry.sections.flatMap((part) => [part.title, part.text])].join("\n"));
      }
      entries = entries.concat(data);
      wanted -= 1;
      for (let part = 2; part <= (count || 1); part += 1) fetchPart(part);
      find();
    };
    const fetchPart = (part) => {
      wanted += 1;
      const script = document.createElement("script");
      script.src = part > 1 ? root.dataset.search.replace(/\.js$/, `-${part}.js`) : root.dataset.search;
      script.onerror = () => { asked = false; wanted = 0; entries = []; status.textContent = dialog.dataset.failed; };
      document.head.append(script);
    };
    const load = () => {
      if (asked) return;
      asked = true;
      status.textContent = dialog.dataset.loading;
      fetchPart(1);
    };

    // A.5.1 is not A.5.15: a word that ends in a digit ends where the number does, and one that begins with one begins there.
    const finder = (word) => {
      if (!/^\d|\d$/.test(word)) return (text) => text.includes(word);
      const whole = new RegExp((/^\d/.test(word) ? "(?:^|[^\\d])" : "") + word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + (/\d$/.test(word) ? "(?!\\d|\\.\\d)" : ""));
      return (text) => text.includes(word) && whole.test(text);
    };

    const times = (text, word) => {
      let count = 0;
      for (let place = text.indexOf(word); place >= 0 && count < 9; place = text.indexOf(word, place + word.length)) count += 1;
      return count;
    };
    // Every word must stand somewhere in the entry. An exact id is worth more than a title, a title more than a heading,
    // a heading more than the text.
    const weigh = (entry, words, whole, finders) => {
      // The beginning of a number finds ids and titles only: A.5.1 is on the way to A.5.15.
      if (!words.every((word, number) => entry.nId.includes(word) || entry.nTitle.includes(word) || finders[number](entry.all))) return null;
      let score = entry.nId && (entry.nId === whole || entry.nId.endsWith(`:${whole}`)) ? exact : 0;
      for (const [number, word] of words.entries()) {
        let here = 0;
        if (entry.nId.startsWith(word)) here = 600;
        else if (entry.nId.includes(word)) here = 400;
        if (entry.nTitle.includes(word)) here = Math.max(here, entry.nTitle === word ? 700 : entry.nTitle.startsWith(word) ? 500 : 400);
        if (here < 100 && finders[number](entry.heads)) here = 100;
        score += here + times(entry.all, word);
      }
      return { entry, score };
    };
    // The sections of an entry that say most of the words, in the order of the text.
    const sections = (entry, finders) => {
      const worth = (part) => finders.reduce((sum, inside) => sum + (inside(normal(part.title)) ? 10 : inside(normal(part.text)) ? 1 : 0), 0);
      return entry.sections.map((part, place) => ({ part, place, value: worth(part) })).filter((one) => one.value)
        .sort((a, b) => b.value - a.value || a.place - b.place).slice(0, sectionsMost).sort((a, b) => a.place - b.place)
        .map((one) => one.part);
    };

    // Signs are folded one by one, each with the marks that belong to it, so that the place in the text as written is known.
    const folded = (text) => {
      const whole = normal(text);
      if (whole.length === text.length) return { all: whole, at: (place) => place };
      const starts = [];
      let all = "";
      let place = 0;
      for (const [sign] of text.matchAll(/.[\u3099\u309a\uff9e\uff9f\p{M}]*/gsu)) {
        const plain = normal(sign);
        for (let count = 0; count < plain.length; count += 1) starts.push(place);
        all += plain;
        place += sign.length;
      }
      starts.push(place);
      return { all, at: (place) => starts[place] };
    };
    const marked = (text, words, target) => {
      const { all, at } = folded(text);
      let from = 0;
      let written = 0;
      for (;;) {
        let next = -1;
        let length = 0;
        for (const word of words) {
          const found = all.indexOf(word, from);
          if (found >= 0 && (next < 0 || found < next || found === next && word.length > length)) { next = found; length = word.length; }
        }
        if (next < 0) break;
        from = next + length;
        target.append(text.slice(written, at(next)));
        const mark = document.createElement("mark");
        mark.textContent = text.slice(at(next), at(from));
        target.append(mark);
        written = at(from);
      }
      target.append(text.slice(written));
      return target;
    };
    // What stands around the first of the words, and around another one that is far from it.
    const excerpt = (text, plain, words) => {
      const found = words.map((word) => plain.indexOf(word)).filter((place) => place >= 0);
      const places = found.map(found.length && text.length !== plain.length ? folded(text).at : (place) => place).sort((a, b) => a - b);
      const first = places.length ? places[0] : 0;
      const far = places.find((place) => place > first + 90);
      const cut = (place, length) => {
        const start = Math.max(0, place - 30);
        return (start > 0 ? "…" : "") + text.slice(start, start + length) + (text.length > start + length ? "…" : "");
      };
      return far === undefined ? cut(first, 150) : cut(first, 90) + cut(far, 70);
    };
    const span = (name, text, words) => {
      const made = document.createElement("span");
      made.className = name;
      return words ? marked(text, words, made) : (made.textContent = text, made);
    };
    let number = 0;
    const option = (href, name) => {
      const link = document.createElement("a");
      link.href = href;
      link.id = `page-hit-${number += 1}`;
      link.className = name;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      return link;
    };
    const hit = ({ entry }, words, finders) => {
      const found = sections(entry, finders);
      const url = root.dataset.root + entry.url;
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", `${entry.id} ${entry.title}`.trim());
      const head = option(url, "hit");
      head.append(span("hit-kind", entry.label), span("hit-title", (entry.id ? `${entry.id} ` : "") + entry.title, words));
      const text = normal(entry.text);
      if (text && (!found.length || words.some((word) => text.includes(word)))) {
        head.append(span("hit-text", excerpt(entry.text, text, words), words));
      }
      group.append(head);
      for (const part of found) {
        const link = option(`${url}#${part.anchor}`, "hit hit-part");
        link.append(span("hit-section", part.title, words));
        if (part.text) link.append(span("hit-text", excerpt(part.text, normal(part.text), words), words));
        group.append(link);
      }
      return group;
    };
    const options = () => $$("[role=option]", list);
    const select = (place) => {
      const hits = options();
      if (!hits.length) return;
      at = (place + hits.length) % hits.length;
      hits.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
      hits[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", hits[at].id);
    };
    const fits = (entry) => !kind.value || entry.kind === kind.value || entry.type === kind.value;
    const find = () => {
      if (!entries.length) return;
      const whole = normal(input.value).trim();
      const words = whole.split(/\s+/).filter(Boolean);
      const finders = words.map(finder);
      const before = at > 0 && options()[at].href;
      list.replaceChildren();
      number = 0;
      at = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", "false");
      if (!words.length) { status.textContent = ""; return; }
      const found = entries.filter(fits).map((entry) => weigh(entry, words, whole, finders)).filter(Boolean)
        .sort((a, b) => b.score - a.score);
      list.append(...found.slice(0, most).map((one) => hit(one, words, finders)));
      input.setAttribute("aria-expanded", String(found.length > 0));
      const text = { 0: dialog.dataset.none, 1: dialog.dataset.one }[found.length] || (found.length > most ? dialog.dataset.most : dialog.dataset.count);
      // While scripts are still to come, nothing found is not yet the answer.
      status.textContent = wanted > 0 && !found.length ? dialog.dataset.loading : fill(text, { n: found.length, shown: most, text: input.value });
      // What the reader has chosen stays chosen when more data comes in.
      if (found.length) select(Math.max(0, before ? options().findIndex((one) => one.href === before) : 0));
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
    input.addEventListener("input", () => { at = -1; find(); });
    kind.addEventListener("change", () => { at = -1; find(); });
    input.addEventListener("keydown", (event) => {
      // A word that is being composed is the input method's, not ours.
      if (event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); select(at - 1); }
      else if (event.key === "Enter" && options()[at]) { event.preventDefault(); options()[at].click(); }
      else if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
    });
    list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
    addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
      const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (slash || k) { event.preventDefault(); open(); }
    });
  }

  document.addEventListener("DOMContentLoaded", () => { schemes(); menu(); languages(); contents(); named(); sorting(); filters(); search(); unfold(); addEventListener("hashchange", unfold); });
})();
