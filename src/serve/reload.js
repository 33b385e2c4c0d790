// Brings changes of the book into the open page. The page is fetched anew and laid over what is shown, node by node, so
// that scroll position, focus and what was typed stay; where that cannot be, the page is loaded again.
(function () {
  "use strict";
  var generation = Number(new URL(document.currentScript.src).searchParams.get("generation"));
  if (!generation) { return; }
  // The first script of the page: no other has changed it yet.
  var sent = document.body.cloneNode(true);
  var source = null;
  var busy = false;
  var again = false;

  function connect() {
    if (source) { source.close(); }
    source = new EventSource("/__ismsbook/events?since=" + generation);
    source.onmessage = function (event) {
      var news = JSON.parse(event.data);
      // Another run of the preview, or another style: nothing of the old page is to be kept.
      if (news.theme > generation || news.generation < generation) { location.reload(); return; }
      refresh();
    };
  }

  function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    fetch(location.href, { cache: "no-store" })
      .then(function (response) { return response.text(); })
      .then(show)
      .catch(function () { location.reload(); })
      .then(function () {
        busy = false;
        if (again) { again = false; refresh(); }
      });
  }

  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var script = page.querySelector("script[src*='/__ismsbook/reload.js']");
    if (!script || !page.querySelector("main") || !document.querySelector("main")) { location.reload(); return; }
    generation = Number(new URL(script.src, location.href).searchParams.get("generation"));
    document.title = page.title;
    lay(document.body, sent, page.body);
    sent = page.body;
    document.dispatchEvent(new CustomEvent("ismsbook:refreshed"));
  }

  function alike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
  }

  // Lays `fresh` over `old`. `base` is what the server sent before: where it sent the same again, what the page's own
  // scripts have made of it since stays.
  function lay(old, base, fresh) {
    if (old.nodeName === "SCRIPT" || (base ? base.isEqualNode(fresh) : old.isEqualNode(fresh))) { return; }
    if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = fresh.nodeValue; return; }
    attributes(old, base || old, fresh);
    var kids = Array.from(old.childNodes);
    var before = base ? Array.from(base.childNodes) : [];
    var paired = kids.length === before.length && kids.every(function (kid, at) { return alike(kid, before[at]); });
    var at = 0;
    Array.from(fresh.childNodes).forEach(function (child) {
      var match = at;
      while (match < kids.length && match < at + 20 && !alike(kids[match], child)) { match += 1; }
      if (match < kids.length && alike(kids[match], child)) {
        while (at < match) { kids[at].remove(); at += 1; }
        lay(kids[match], paired ? before[match] : null, child);
        at += 1;
      } else {
        old.insertBefore(document.importNode(child, true), kids[at] || null);
      }
    });
    while (at < kids.length) { kids[at].remove(); at += 1; }
  }

  function attributes(old, base, fresh) {
    Array.from(base.attributes).forEach(function (attribute) {
      if (!fresh.hasAttribute(attribute.name)) { old.removeAttribute(attribute.name); }
    });
    Array.from(fresh.attributes).forEach(function (attribute) {
      if (base.getAttribute(attribute.name) !== attribute.value) { old.setAttribute(attribute.name, attribute.value); }
    });
  }

  // A hidden page lets its stream go: browsers allow a few to one host only.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) { if (source) { source.close(); source = null; } } else if (!source) { connect(); }
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { connect(); } });
  if (!document.hidden) { connect(); }
})();
