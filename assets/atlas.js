/* The browser's share of every page; that of the map is in map.js.

   The address is the one state. Everything a reader does ends in `go`, which writes the address;
   `parts` cuts it up, so that only what has changed is asked of the server. */
(function () {
  "use strict";

  let known = { defaults: {}, parts: {}, lone: {}, titles: {}, screens: {} }; // what callbacks.py tells
  let shift = false;

  const root = document.documentElement;
  const home = new URL("..", document.currentScript.src).pathname.slice(0, -1); // "/atlas", or ""
  addEventListener("pointerdown", (event) => { shift = event.shiftKey; }, true);

  /* What is typed into a list that can be searched replaces what is chosen. */
  document.addEventListener("focusin", ({ target }) => {
    const searched = target.matches?.(".mantine-Select-input:not([readonly])");
    if (searched) requestAnimationFrame(() => target.select());
  });

  /* The address as it was last written, or is to be in a moment: two acts may come before the browser
     has taken the first. */
  let written = null;
  let due = null;
  const searchNow = () =>
    due?.search ?? (written?.over === location.search ? written.search : location.search);
  addEventListener("popstate", () => {
    due = null;
    dash_clientside.map.recall();
  });
  const query = () => new URLSearchParams(searchNow());
  const list = (text) => (text ? text.split(",").filter(Boolean) : []);

  /* Write changes into the address; tell whether there were any. */
  function go(changes) {
    const now = query();
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "" || value === known.defaults[name]) now.delete(name);
      else now.set(name, value);
    }
    const text = now.toString().replaceAll("%2C", ",");
    const search = text ? "?" + text : "";
    if (search === searchNow()) return false;
    say("");
    const before = searchNow();
    const one = due = { search };
    const asked = foresee(before, search);
    const shown = dash_clientside.map.foresee(asked, search, () => searchNow() === search);
    if (shown) Promise.race([shown, asking.rest(asking.pace.soon)]).then(() => write(one, asked));
    else write(one, asked);
    return true;
  }
  function write(one, asked) {
    if (due !== one) return;
    asked.rest();
    due = null;
    written = { over: location.search, search: one.search };
    dash_clientside.set_props("url", { search: one.search });
  }

  /* What an address asks for is asked for ahead of Dash, the map's share at once. What Dash does about
     it takes all of the processor for longer than that takes to come, and so it is given a moment
     where the map can show its share. */
  function foresee(before, search) {
    const [was, is] = [before, search].map(cutUp);
    const changed = Object.keys(known.parts).filter((_, at) => was[at] !== is[at]).map((name) => `part-${name}`);
    return asking.foresee(changed, { pathname: location.pathname, search });
  }

  /* Tell the reader what came of what he did, until the next thing he does. */
  const say = (words) => dash_clientside.set_props("said", { children: words });

  /* So many places stand side by side at most: of more, the first are kept and the reader is told. */
  function select(places) {
    const isNew = go({ regions: places.slice(0, known.most_regions).join(",") });
    if (places.length > known.most_regions) say(known.most[root.lang === "en" ? "en" : "zh"]);
    return isNew;
  }

  const isWebGL2 = () => {
    try {
      return Boolean(document.createElement("canvas").getContext("webgl2"));
    } catch (refused) {
      return false;
    }
  };

  /* What the server needs to know of this screen: how to draw the map, how wide a panel is. */
  function screenNow() {
    const { narrow: slim, large, column, large_column: wide, padding } = known.screens;
    const narrow = innerWidth <= slim;
    const panels = innerWidth > large ? wide : narrow ? innerWidth : column;
    return { renderer: isWebGL2() ? "map" : "geo", panel: panels - padding, narrow };
  }

  let screen = null; // as it was last told to the server
  const tell = (changes) => dash_clientside.set_props("screen", { data: screen = { ...screenNow(), ...changes } });
  const drawVectors = () => tell({ renderer: "geo" });

  /* A window made narrow, or wide again, has its page made anew: the server folds parts, and writes
     the line of result. What is being printed stays as it is. */
  addEventListener("resize", () => {
    if (!screen || matchMedia("print").matches || screenNow().narrow === screen.narrow) return;
    tell({ renderer: screen.renderer });
    dash_clientside.set_props("part-path", { data: location.pathname });
  });

  /* An indicator that has figures at one level only is shown at that one, whatever the address says. */
  function cutUp(search) {
    const now = new URLSearchParams(search);
    const level = Object.keys(known.lone).find((one) => known.lone[one].includes(now.get("indicator")));
    const value = (field) => (field === "level" && level) || now.get(field) || known.defaults[field] || "";
    return Object.values(known.parts).map((fields) => fields.map(value).join("|") + "|");
  }

  let taken = { search: "", whole: true }; // what the server took of the address, and whether all of it

  /* Cut the address up and tell the parts that are others than before. A first page comes with all of
     them: of that the path alone is told, as Dash would work through all that waits for the rest. */
  let cut = null; // as it was told last
  function parts(path, search, address) {
    known = address;
    if (location.search === (search || "")) written = null;
    const same = dash_clientside.no_update;
    root.lang = new URLSearchParams(search || "").get("lang") === "en" ? "en" : "zh-Hans";
    name(path);
    const [first, before] = [cut === null, cut];
    cut = [path, ...cutUp(search || "")];
    const told = cut.map((part, at) => ((first ? at === 0 : part !== before[at]) ? part : same));
    if (taken.whole) lead(search || "");
    asking.moved(path, search || "");
    if (first) new MutationObserver(arrived).observe(document.getElementById("page"), { childList: true });
    return [...told, ...(first ? [screen = screenNow(), look.worn()] : [same, same])];
  }

  /* The address without what the server did not take of it, which the reader is told. */
  const accepted = () => (taken.whole || taken.of !== location.search ? location.search : taken.search);

  /* The tab names the page, and the place where the page is about one. */
  function name(path) {
    const title = known.titles[root.lang === "en" ? "en" : "zh"][path.slice(home.length)];
    const place = document.querySelector(`[data-path="${path}"] [data-subject]`)?.textContent;
    const scheme = document.getElementById("scheme-said");
    const said = scheme?.textContent === scheme?.dataset.usual ? "" : scheme.textContent;
    if (title) document.title = [place, said, title].filter(Boolean).join(" · ");
  }
  const named = () => { requestAnimationFrame(() => name(location.pathname)); };
  function arrived() {
    held = insides.valuesNow();
    settings.tell();
    lead(taken.search);
    requestAnimationFrame(() => {
      name(location.pathname);
      /* On a phone the names of the pages run beyond the edge. */
      document.querySelector("#pages [aria-current]")?.scrollIntoView({ behavior: "instant", block: "nearest", inline: "center" });
      folds.lead(location.hash)?.scrollIntoView({ behavior: "instant" });
    });
  }

  /* The links to the other pages take along what the reader looks at by now, in the words of the
     address: links that name what it leaves out would have all of this page asked for anew. What the
     server did not take is not passed on. */
  function lead(search) {
    for (const path of Object.keys(known.titles.zh)) {
      const id = "page-" + (path.slice(1) || "explore");
      const [link, href] = [insides.propsOf(id), home + path + search];
      if (link && link.href !== href) dash_clientside.set_props(id, { href });
    }
  }

  /* A click selects, a second one deselects; with Shift or the switch it adds or takes away. */
  function toggle(target, adding) {
    const now = query();
    if (target.startsWith("circle:")) {
      const circle = target.split("/")[1];
      const chosen = list(now.get("circle"));
      const others = chosen.filter((c) => c !== circle);
      const next = others.length < chosen.length ? others : adding ? [...chosen, circle] : [circle];
      go({ circle: next.join(",") });
      return;
    }
    const chosen = list(now.get("regions"));
    const others = chosen.filter((c) => c !== target);
    let next;
    if (adding) next = others.length < chosen.length ? others : [...chosen, target];
    else next = chosen.length === 1 && chosen[0] === target ? [] : [target];
    select(next);
  }

  /* Add places to those selected. */
  const take = (codes) => select([...new Set([...list(query().get("regions")), ...codes])]);

  function targetOf(point) {
    if (!point) return "";
    if (point.location) return String(point.location);
    const data = point.customdata;
    return data ? String(Array.isArray(data) ? data[0] : data) : "";
  }

  const isPlace = (target) => /^(\d{6}$|circle:)/.test(target);
  const selects = (point) => isPlace(targetOf(point));

  const ownLimits = (text) => {
    const numbers = String(text || "").split(/[,，\s]+/).filter(Boolean);
    const ascending = numbers.every((n, i) => isFinite(n) && (!i || +n > +numbers[i - 1]));
    return ascending && numbers.length >= 2 && numbers.length <= 6 ? numbers.map(Number) : null;
  };

  /* What a control writes that does not write its value to the parameter of its own name;
     `null` takes a parameter out of the address. */
  const WRITES = {
    scheme: (v) => ({ scheme: v, circle: null, over: list(query().get("over")).filter((one) => one !== v).join(",") }),
    over: (v) => ({ over: (v || []).join(",") }),
    circles: (v) => ({ circle: (v || []).join(",") }),
    level: (v) => ({ level: v, year: null, then: null }),
    indicator: (v) => (v ? { indicator: v, year: null, then: null } : {}),
    beside: (v) => ({ across: v }),
    "paired-with": (v) => (v ? { across: v } : {}),
    classes: (v) => (v === "own" ? {} : { classes: v }),
    k: (v) => ({ k: v, ...(query().get("classes") || "").includes(",") ? { classes: null } : {} }),
    limits: (v) => {
      const limits = ownLimits(v);
      return limits ? { classes: limits.join(","), k: null } : {};
    },
    language: (v) => ({ lang: v }),
    place: (v) => {
      const [scheme, circle] = (v || "").split("/");
      return circle ? { scheme, circle, regions: null } : { regions: isPlace(scheme) ? scheme : null, circle: null };
    },
  };

  /* A layer that is narrowed is named with each of its filters, else by itself. */
  function layersOf(names, filters) {
    const tokens = (names || []).flatMap((name) => {
      const narrowed = filters[name] || [];
      return narrowed.length ? narrowed.map((id) => name + "." + id) : [name];
    });
    return tokens.join(",") || "none";
  }

  /* Controls are also set by the server to follow the address, so that following never becomes
     acting. What a reader did last counts, though no answer may know of it yet: of each control is
     held what it came with, was set to or has written, whichever came later. */
  let followed = {}; // settings as they were last set
  let held = {}; // control → its value in the address, as JSON

  const follows = (id, value, view) => {
    const last = id in held ? held[id] : JSON.stringify(view?.settings[id]?.value);
    return last === JSON.stringify(value);
  };

  /* A control has written its value to the address, or holds one that is none yet. */
  function holds(id, value, isWritten) {
    if (isWritten) held[id] = JSON.stringify(value);
    else delete held[id];
  }

  function follow(view) {
    const here = document.querySelector(".page")?.dataset.path;
    if (!view) return;
    taken = { ...view.taken, of: location.search };
    if (view.path !== here) return;
    lead(taken.search);
    for (const [id, settings] of Object.entries(view.settings)) set(id, settings);
    named();
  }

  /* The same settings as a control has them that has not been set yet. */
  const cameWith = (id, settings) =>
    JSON.stringify(Object.fromEntries(Object.keys(settings).map((name) => [name, insides.propsOf(id)?.[name]])));

  /* Set a control. One that shows neither what is held nor what it is to show has been moved by the
     reader just now: that is heard next, and answered. */
  function set(id, settings) {
    const [text, value] = [settings, settings.value].map((one) => JSON.stringify(one));
    const shown = JSON.stringify(insides.propsOf(id)?.value);
    const [isHeld, before] = [id in held, held[id]];
    delete held[id];
    if (isHeld && shown !== before && shown !== value) return;
    const isOther = (followed[id] ?? cameWith(id, settings)) !== text || (isHeld && before !== value);
    if (isOther) dash_clientside.set_props(id, settings);
    followed[id] = text;
    if (isOther || shown === value) held[id] = value;
  }

  function choose(value, id, view) {
    if (id === "year" && years.at(value, view)) {
      delete held[id];
      return;
    }
    if (follows(id, value, view)) return;
    if (id === "regions") {
      holds(id, value, select(value || []));
      const kept = list(query().get(id));
      if (value?.length > known.most_regions) dash_clientside.set_props(id, { value: kept });
    } else holds(id, value, go(WRITES[id] ? WRITES[id](value) : { [id]: value === null ? null : String(value) }));
  }

  function layer(layers, clusters, parks, view) {
    const id = insides.askedBy();
    const chosen = { layers, "filter-clusters": clusters, "filter-parks": parks }[id];
    if (follows(id, chosen, view)) return;
    holds(id, chosen, go({ layers: layersOf(withFilters(layers, id, chosen), { clusters, parks }) }));
  }

  /* A cell of a matrix stands for the place of its row. */
  const rowOf = (plot, point) => plot.layout.meta?.codes?.[point.y] || "";

  /* A click on a mark selects its place. Plotly says so before Dash hears of it. */
  function pick(plot, point) {
    const target = targetOf(point) || rowOf(plot, point);
    if (!isPlace(target)) return;
    if (plot === insides.plotOf("map") && !target.startsWith("circle:")) dash_clientside.map.point();
    toggle(target, shift || insides.propsOf("add-mode")?.checked);
  }
  document.addEventListener("drawn", ({ target: plot }) => {
    if (plot.dataset.picked) return;
    plot.dataset.picked = "yes";
    plot.on("plotly_click", ({ points: [point] }) => pick(plot, point));
  });

  const withFilters = (layers, id, chosen) => {
    const layer = id.replace("filter-", "");
    const on = layers || [];
    return id !== "layers" && chosen && chosen.length && !on.includes(layer) ? [...on, layer] : on;
  };

  function theme(clicks, now) {
    if (clicks) dash_clientside.set_props("theme", { data: look.choose(now === "dark" ? "light" : "dark") });
  }
  const dress = (theme) => look.dress(theme || look.worn());

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    atlas: {
      parts, named, follow, choose, layer, selects, theme, dress, go, take, targetOf, drawVectors, home,
      accepted,
    },
  });
})();
