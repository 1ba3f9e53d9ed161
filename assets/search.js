/* The search box: finds places, indicators, circles, clusters, parks and pages by their names in
   Chinese, pinyin (also initials) or English, in a file of names that is asked for at the first
   look. What is typed replaces what was there; a choice closes the list. */
(function () {
  "use strict";

  const MOST = 9; // entries listed
  let names = null; // what is asked for once
  let found = [];
  let at = 0;

  const place = () => document.getElementById("search");
  const field = () => place()?.querySelector("input");
  const list = () => place()?.querySelector("[role=listbox]");
  const isEnglish = () => document.documentElement.lang === "en";
  const bare = (words) => words.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  function element(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }

  /* The box is made where the page has a place for it, once for each header. */
  function settle() {
    if (!place() || field()) return;
    const { label, hint } = place().dataset;
    const box = element("input", {
      type: "search", role: "combobox", "aria-label": label, placeholder: hint, autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-controls": "search-list", "aria-expanded": "false",
    });
    box.addEventListener("focus", () => { box.select(); ask(); });
    box.addEventListener("input", look);
    box.addEventListener("keydown", press);
    box.addEventListener("blur", close); // a press on an entry leaves the focus where it is
    place().append(box, element("ul", { role: "listbox", id: "search-list", "aria-label": label, hidden: "" }), element("p", { role: "status" }));
  }

  async function ask() {
    if (names) return;
    names = [];
    const answer = await asking.read(place().dataset.names, line(), "search");
    names = answer?.ok ? (await answer.json()).map((one) => ({ one, keys: [one[1], one[2], one[3], one[4]].map(bare) })) : null;
    look();
  }

  /* How well a name fits what is asked: the whole of it, its beginning, a word of it, a part. */
  function fit({ one, keys }, asked) {
    const [zh, en, pinyin, initials] = keys;
    if (keys.includes(asked)) return 0;
    if ([zh, en, pinyin].some((key) => key.startsWith(asked))) return 1;
    if (initials.startsWith(asked)) return 2;
    if (one[2].toLowerCase().split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(asked))) return 3;
    if (zh.includes(asked)) return 4;
    return asked.length > 2 && [en, pinyin].some((key) => key.includes(asked)) ? 5 : Infinity;
  }

  /* Each entry with how well it fits: as a whole or, where none does so, by the most of the words of
     what is asked, as "人均GDP" and "Baoding city" have two. */
  function rank(asked) {
    const whole = bare(asked);
    const fits = names.map((name) => [whole ? fit(name, whole) : Infinity, name.one]);
    if (fits.some(([how]) => how < Infinity)) return fits;
    const words = (asked.match(/\p{Script=Han}+|[^\p{Script=Han}\s]+/gu) || [])
      .map(bare).filter((word) => word.length > 1).slice(0, MOST);
    const held = names.map((name) => words.map((word) => fit(name, word)).filter((how) => how < Infinity));
    const most = Math.max(1, ...held.map((one) => one.length));
    return names.map(({ one }, at) => [held[at].length === most ? Math.min(...held[at]) : Infinity, one]);
  }

  function look() {
    const asked = (field()?.value || "").trim();
    found = (asked && names ? rank(asked) : []).filter(([how]) => how < Infinity)
      .sort((a, b) => a[0] - b[0] || a[1][0] - b[1][0] || a[1][1].length - b[1][1].length)
      .slice(0, MOST).map(([, one]) => one);
    at = 0;
    show(asked);
  }

  function show(asked) {
    const kinds = place().dataset.kinds.split("|");
    list().replaceChildren(...found.map((one, number) => {
      const shown = element("li", { role: "option", id: `search-${number}`, "aria-selected": String(number === at) },
        element("b", {}, one[isEnglish() ? 2 : 1]), element("span", {}, kinds[one[0]]));
      shown.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(one); });
      return shown;
    }));
    list().hidden = !found.length;
    field().setAttribute("aria-expanded", String(Boolean(found.length)));
    if (found.length) field().setAttribute("aria-activedescendant", `search-${at}`);
    else field().removeAttribute("aria-activedescendant");
    say(!asked || found.length ? "" : names?.length ? place().dataset.none : element("span", { class: "awaited" }, place().dataset.waits));
  }

  /* One line below the box, unless asking.js says there that the names did not come. */
  const line = () => place().querySelector("p");
  function say(what) {
    if (line().dataset.asking !== "failed") line().replaceChildren(what);
  }

  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      at = (at + step + found.length) % found.length;
      show(field().value);
    } else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape") close();
  }

  function close() {
    if (!field()) return;
    found = [];
    show("");
  }

  /* Go where an entry leads: on this page, where it shows what is chosen, else on the first. */
  function choose([kind, , , , , { "": path, ...leads }, more]) {
    field().value = "";
    close();
    field().blur();
    const now = new URLSearchParams(location.search);
    const set = (name, value) => (value === null ? now.delete(name) : now.set(name, value));
    for (const [name, value] of Object.entries(leads)) set(name, value);
    if (leads.indicator) {
      for (const name of ["year", "then"]) set(name, null);
      if (!more.includes(now.get("level") || "county")) set("level", more[0]);
    } else if (more) {
      const layers = now.get("layers") || "fill,circles,cities,lines,labels";
      if (!layers.split(",").includes(more[0])) set("layers", [layers, more[0]].join());
    } else if (leads.circle) set("regions", null);
    const shows = leads.indicator ? "#indicator" : "#map, .page-compare, .page-place";
    const { home } = dash_clientside.atlas;
    const stays = !path && !more?.length ? document.querySelector(shows) : !path && leads.indicator && document.querySelector(shows);
    const search = "?" + now.toString().replaceAll("%2C", ",");
    const pathname = path ? home + path : stays ? location.pathname : home + "/";
    dash_clientside.set_props("url", { pathname, search: search === "?" ? "" : search });
  }

  new MutationObserver(settle).observe(document.documentElement, { childList: true, subtree: true });
})();
