/* The browser's share of every page.

   The address is the one state. Everything a reader does ends in `go`, which writes the address;
   `parts` cuts it up, so that only what has changed is asked of the server. */
(function () {
  "use strict";

  const MOST_REGIONS = 10;
  const LEGEND = 236; // its width, as in app.css
  const ROOM = 0.9; // share of the map's box that a fitted area may fill
  const PANEL_PADDING = 37; // as in app.css, with the scroll bar's line
  let known = { defaults: {}, parts: {}, titles: {} }; // of the address, as view.py has it
  let shift = false;
  let drawn = ""; // the focus the map was last fitted to
  let camera = null; // where the map stands since, moved by the reader or not
  let lens = {}; // the same of a map drawn as vectors: attributes as Plotly names them

  const root = document.documentElement;
  addEventListener("pointerdown", (event) => { shift = event.shiftKey; }, true);

  function kept() {
    try {
      return JSON.parse(localStorage.getItem("theme"));
    } catch (refused) {
      return null;
    }
  }
  function dress(theme) {
    const worn = theme === "dark" ? "dark" : "light";
    root.setAttribute("data-mantine-color-scheme", worn);
    root.style.colorScheme = worn;
    return worn;
  }
  dress(kept());

  const query = () => new URLSearchParams(location.search);
  const list = (text) => (text ? text.split(",").filter(Boolean) : []);
  const graph = () => document.querySelector("#map .js-plotly-plot");

  function go(changes) {
    const now = query();
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "" || value === known.defaults[name]) now.delete(name);
      else now.set(name, value);
    }
    const text = now.toString().replaceAll("%2C", ",");
    const search = text ? "?" + text : "";
    if (search !== location.search) dash_clientside.set_props("url", { search });
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
    const narrow = innerWidth <= 1100;
    const column = innerWidth > 1500 ? 560 : narrow ? innerWidth : 470;
    return { renderer: isWebGL2() ? "map" : "geo", panel: column - PANEL_PADDING, narrow };
  }

  /* Cut the address up; `before` are its parts as they were, the path first. */
  function parts(path, search, address, ...before) {
    known = address;
    const now = new URLSearchParams(search || "");
    const same = dash_clientside.no_update;
    const english = now.get("lang") === "en";
    root.lang = english ? "en" : "zh-Hans";
    document.title = known.titles[english ? "en" : "zh"][path] || document.title;
    const value = (field) => now.get(field) || known.defaults[field] || "";
    const cut = Object.values(known.parts).map((fields) => fields.map(value).join("|") + "|");
    const first = before[0] === undefined || before[0] === null;
    const told = [path, ...cut].map((part, place) => (part === before[place] ? same : part));
    lead(search || "");
    return [...told, first ? screenNow() : same];
  }

  /* The links to the other pages take along what the reader looks at by now. */
  function lead(search) {
    for (const path of Object.keys(known.titles.zh)) {
      const id = "page-" + (path.slice(1) || "explore");
      if (document.getElementById(id)) dash_clientside.set_props(id, { href: path + search });
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
    go({ regions: next.slice(-MOST_REGIONS).join(",") });
  }

  function targetOf(point) {
    if (!point) return "";
    if (point.location) return String(point.location);
    const data = point.customdata;
    return data ? String(Array.isArray(data) ? data[0] : data) : "";
  }

  const ownLimits = (text) => {
    const numbers = String(text || "").split(/[,，\s]+/).filter(Boolean);
    const ascending = numbers.every((n, i) => isFinite(n) && (!i || +n > +numbers[i - 1]));
    return ascending && numbers.length >= 2 && numbers.length <= 6 ? numbers.map(Number) : null;
  };

  /* What a control writes that does not write its value to the parameter of its own name;
     `null` takes a parameter out of the address. */
  const WRITES = {
    scheme: (v) => ({ scheme: v, circle: null }),
    circles: (v) => ({ circle: (v || []).join(",") }),
    level: (v) => ({ level: v, year: null }),
    indicator: (v) => (v ? { indicator: v, year: null } : {}),
    classes: (v) => (v === "own" ? {} : { classes: v }),
    k: (v) => ({ k: v, ...(query().get("classes") || "").includes(",") ? { classes: null } : {} }),
    limits: (v) => {
      const limits = ownLimits(v);
      return limits ? { classes: limits.join(","), k: null } : {};
    },
    regions: (v) => ({ regions: (v || []).slice(-MOST_REGIONS).join(",") }),
    language: (v) => ({ lang: v }),
  };

  /* A layer that is narrowed is named with each of its filters, else by itself. */
  function layersOf(names, filters) {
    const tokens = (names || []).flatMap((name) => {
      const narrowed = filters[name] || [];
      return narrowed.length ? narrowed.map((id) => name + "." + id) : [name];
    });
    return tokens.join(",") || "none";
  }

  /* Controls are also set by the server to follow the address: what already stands there is not
     written again, so following never becomes acting. */
  const follows = (id, value, view) =>
    JSON.stringify((view.settings[id] || {}).value) === JSON.stringify(value);

  let followed = {}; // settings as they were last set
  function follow(view) {
    const here = document.querySelector(".page")?.dataset.path;
    if (!view || view.path !== here) return;
    for (const [id, settings] of Object.entries(view.settings)) {
      const text = JSON.stringify(settings);
      if (followed[id] !== text) dash_clientside.set_props(id, settings);
      followed[id] = text;
    }
  }

  function choose(value, id, view) {
    if (!view || follows(id, value, view)) return;
    go(WRITES[id] ? WRITES[id](value) : { [id]: value === null ? null : String(value) });
  }

  function layer(layers, clusters, parks, view) {
    const id = dash_clientside.callback_context.triggered[0].prop_id.split(".")[0];
    const chosen = { layers, "filter-clusters": clusters, "filter-parks": parks }[id];
    if (!view || follows(id, chosen, view)) return;
    go({ layers: layersOf(withFilters(layers, id, chosen), { clusters, parks }) });
  }

  /* A cell of a matrix stands for the place of its row. */
  function rowOf(point, chart) {
    const plot = document.querySelector(`#${chart} .js-plotly-plot`);
    const codes = plot && plot.layout.meta && plot.layout.meta.codes;
    return (codes && point && codes[point.y]) || "";
  }

  function pick(click, adding) {
    const point = click && click.points && click.points[0];
    const chart = dash_clientside.callback_context.triggered[0].prop_id.split(".")[0];
    const target = targetOf(point) || rowOf(point, chart);
    if (/^(\d{6}$|circle:)/.test(target)) toggle(target, shift || adding);
  }

  const withFilters = (layers, id, chosen) => {
    const layer = id.replace("filter-", "");
    const on = layers || [];
    return id !== "layers" && chosen && chosen.length && !on.includes(layer) ? [...on, layer] : on;
  };

  const lasso = (selected) => {
    if (selected && selected.points) lassoed(selected.points);
  };

  function lassoed(points) {
    const areas = points.filter((p) => p.curveNumber === 0 && p.location);
    const codes = [...new Set(areas.map((p) => String(p.location)))];
    if (!codes.length) return;
    const chosen = list(query().get("regions"));
    const regions = [...new Set([...chosen, ...codes])].slice(0, MOST_REGIONS).join(",");
    const plot = graph();
    // Dash takes a changed drag mode into its figure from a relayout alone, and must have it
    // before the address asks for the next figure.
    setTimeout(async () => {
      await Plotly.restyle(plot, { selectedpoints: [null] });
      await Plotly.relayout(plot, { selections: [], dragmode: "pan" });
      go({ regions });
    }, 0);
    document.getElementById("lasso")?.removeAttribute("aria-pressed");
  }

  const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

  /* Bring an area into view, whatever the size of the map. */
  function fitTo(plot, bounds) {
    const [west, south, east, north] = bounds;
    const { width, height } = plot.getBoundingClientRect();
    const wide = ((east - west) / 360) * 512;
    const high = ((mercator(north) - mercator(south)) / (2 * Math.PI)) * 512;
    const zoom = Math.log2(Math.min((width * ROOM) / wide, (height * ROOM) / high));
    const middle = (mercator(north) + mercator(south)) / 2;
    const lat = (Math.atan(Math.exp(middle)) * 360) / Math.PI - 90;
    // The legend stands at the right: what room there is beside the area goes there.
    const spare = (width - wide * 2 ** zoom) / 2;
    const aside = ((Math.min(spare * 0.75, LEGEND / 2) / (512 * 2 ** zoom)) * 360) * (width > 600);
    look(plot, { center: { lng: (west + east) / 2 + aside, lat }, zoom });
  }

  /* Move the map as the reader's hand does: Plotly and Dash hear of it at once and keep it. A
     relayout reports only when it has drawn, and by then they may hold another figure. */
  function look(plot, view) {
    plot._fullLayout.map._subplot.map.jumpTo(view, { originalEvent: {} });
  }

  /* Once a new map has loaded, keep its view: until then it takes that from the figure, whatever
     it is told. */
  function fit(figure) {
    const plot = graph();
    const { map, geo } = (plot && plot._fullLayout) || {};
    const inner = map && map._subplot && map._subplot.map;
    if (!geo && !(inner && inner.loaded())) {
      if (figure && document.getElementById("map")) setTimeout(() => fit(figure), 60);
      return drawn;
    }
    if (plot.dataset.held) return drawn;
    plot.dataset.held = "yes";
    if (inner && matchMedia("(pointer: coarse)").matches) leaveScrolling(inner);
    plot.on("plotly_relayout", remember);
    plot.on("plotly_react", () => hold(plot));
    plot.on("plotly_afterplot", () => giveWay(plot));
    hold(plot);
    giveWay(plot);
    return drawn;
  }

  function remember(change) {
    const center = change["map.center"];
    if (center) camera = { center: { lng: center.lon, lat: center.lat }, zoom: change["map.zoom"] };
    for (const [name, value] of Object.entries(change)) {
      if (!name.startsWith("geo.")) continue;
      if (value !== null) lens[name] = value;
      else lens = Object.fromEntries(Object.entries(lens).filter(([key]) => !key.startsWith(name)));
    }
  }

  /* A figure drawn anew brings its own view along: fit a new focus, else put the reader's back. */
  function hold(plot) {
    const { meta, map } = plot._fullLayout;
    const moved = meta.focus !== drawn;
    drawn = meta.focus;
    if (!map) {
      if (moved) lens = {};
      const off = Object.entries(lens).some(([name, value]) => at(plot, name) !== value);
      if (off) Plotly.relayout(plot, { ...lens });
    } else if (moved) fitTo(plot, meta.bounds);
    else if (camera) {
      const off = [map.zoom - camera.zoom, map.center.lon - camera.center.lng];
      if (off.some((x) => Math.abs(x) > 1e-9)) look(plot, camera);
    }
  }

  const at = (plot, name) => name.split(".").reduce((part, key) => part && part[key], plot._fullLayout);

  /* Names of cities and circles come before those of counties: of two that collide, MapLibre sets
     the upper layer's, and Plotly puts a layer of its own on top. */
  function giveWay(plot) {
    const { map } = plot._fullLayout;
    if (!map) return;
    const inner = map._subplot.map;
    const order = inner.getLayersOrder();
    const points = order.findIndex((id) => id.endsWith("-circle"));
    const names = order.findIndex((id) => id.startsWith("plotly-layout-layer"));
    if (points >= 0 && names > points) inner.moveLayer(order[names], order[points]);
  }

  /* One finger scrolls the page, two move the map: a map must not hold a phone's reader fast. */
  function leaveScrolling(map) {
    if (!map.cooperativeGestures || map.cooperativeGestures.isEnabled()) return;
    const hint = document.querySelector(".map-frame").dataset.touch;
    map._locale["CooperativeGesturesHandler.MobileHelpText"] = hint;
    map.cooperativeGestures.enable();
  }

  function button(clicks, id) {
    const plot = graph();
    if (!clicks || !plot) return;
    const { map, geo } = plot._fullLayout;
    const step = { "zoom-in": 1, "zoom-out": -1 }[id];
    if (id === "clear") go({ regions: null, circle: null });
    else if (id === "lasso") {
      const on = plot._fullLayout.dragmode !== "lasso";
      document.getElementById("lasso").setAttribute("aria-pressed", String(on));
      Plotly.relayout(plot, { dragmode: on ? "lasso" : "pan" });
    } else if (map) {
      if (step) look(plot, { zoom: map.zoom + step * 0.7 });
      else fitTo(plot, plot.layout.meta.bounds);
    } else if (geo) {
      const scale = geo.projection.scale;
      const whole = { "geo.projection.scale": 1, "geo.center": null, "geo.projection.rotation": null };
      Plotly.relayout(plot, step ? { "geo.projection.scale": scale * 1.5 ** step } : whole);
    }
  }

  function theme(clicks, now) {
    if (!clicks) return dash_clientside.no_update;
    return now === "dark" ? "light" : "dark";
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    atlas: { parts, follow, choose, layer, pick, lasso, fit, button, theme, dress },
  });
})();
