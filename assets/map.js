/* The browser's share of the map: what the server says of it, its view, its buttons. */
(function () {
  "use strict";

  const SIZED = 1; // the trace of circles of totals, as in map/figure.py
  const HALO = 1.5; // pixels of light around names
  const RING = 0.8; // the line around them in pixels
  const ROOM = 0.9; // share of the map's box that a fitted area may fill
  const AROUND = 1.2; // steps of zoom that the surroundings of a selection take
  const NEARER = 1.4; // steps of zoom from the whole to a selection at most
  let equipped = null; // the map of MapLibre's that has been made the reader's
  let drawn = ""; // the focus the map was last fitted to
  let camera = null; // where the map stands since, moved by the reader or not
  let pointed = false; // whether the reader has selected by pointing at the map
  let goal = null; // what the map is to move to once it is drawn
  let lens = {}; // the same of a map drawn as vectors: attributes as Plotly names them

  const graph = () => insides.plotOf("map");

  /* News that come when the reader has gone on to another page are not of its map. */
  const isOfThisPage = (news) =>
    Boolean(news) && news.path === document.querySelector(".page")?.dataset.path;

  const told = () =>
    dash_clientside.callback_context.triggered.map(({ value }) => value).filter(isOfThisPage);

  const changed = (trace, change) =>
    change ? { ...trace, ...change, marker: { ...trace.marker, ...change.marker } } : trace;

  /* Of circles of totals only the sizes are told, in the order of the areas: all else is that of
     the areas. The largest come first, so that smaller ones are drawn above them; the same is
     `laid_out` in map/sized.py. Plotly takes off the layers of a trace that has no points, and so one
     without circles keeps a point that is nowhere. */
  function laidOut(circles, areas, points) {
    const { size, color } = circles.marker;
    const order = [...size.keys()].filter((at) => size[at]).sort((a, b) => size[b] - size[a]);
    const pick = (list) => order.map((at) => list[at]);
    const dyed = Array.isArray(color) ? pick(color) : color;
    const [lon, lat] = [0, 1].map((axis) => (order.length ? pick(points).map((one) => one[axis]) : [null]));
    return {
      ...circles,
      lon,
      lat,
      text: pick(areas.text),
      customdata: order.map((at) => [areas.locations[at], ...areas.customdata[at]]),
      marker: { ...circles.marker, size: pick(size), color: dyed },
    };
  }

  /* Bring the figure of the map up to date: drawn anew, or single traces of it changed. */
  function paint(redrawn, recoloured, outlined, figure) {
    const news = told();
    const anew = news.find((one) => one.figure);
    const start = anew ? anew.figure : figure;
    if (!news.length || !start) return dash_clientside.no_update;
    const now = news.filter((one) => one.traces).reduce((now, { traces }) => {
      const data = now.data.map((trace, at) => changed(trace, traces[at]));
      if (traces[SIZED]) data[SIZED] = laidOut(data[SIZED], data[0], now.layout.meta.points);
      return { ...now, data };
    }, start);
    return news.filter((one) => one.chosen).reduce(selected, now);
  }

  /* What only dyes areas of MapLibre's map, or selects some of them, is shown while Dash still works out
     what follows from a new address, if it is of use then: resolves when that is done, null where
     there is nothing of the kind. */
  function foresee(asked, search, isLast) {
    const plot = graph();
    const inner = insides.maplibreOf(plot);
    if (!inner || asked.has("redrawn.data")) return null;
    const theme = look.worn();
    const isStill = () => isLast() && theme === look.worn() && plot === graph() && insides.maplibreOf(plot) === inner;
    const seen = () => new Promise((done) => { inner.once("idle", done); });
    const dyed = asked.has("recoloured.data") && asked.ask("recoloured.data").then((news) => {
      const isOfUse = isStill() && isOfThisPage(news);
      return isOfUse && repaint.colour(plot, news.traces[repaint.FILL]) ? seen() : null;
    });
    const outlined = asked.has("outlined.data") && outline(plot, inner, regionsIn(search)) && seen();
    const shown = [dyed, outlined].filter(Boolean);
    return shown.length ? Promise.all(shown) : null;
  }
  const regionsIn = (search) => (new URLSearchParams(search).get("regions") || "").split(",").filter(Boolean);

  /* Outline places before Plotly does, as it will: true if they are others than it drew last, and it is
     known here which shapes they have. */
  function outline(plot, inner, codes) {
    const lines = traced(plot.layout).map(([one]) => plot.data[one]);
    const levels = lines.slice(0, LEVELS);
    const drawn = levels.flatMap(({ locations }) => locations);
    if (String(drawn.sort()) === String([...codes].sort())) {
      unsketch(plot, inner);
      return false;
    }
    const shapes = codes.map((code) => levels.flatMap(({ geojson }) => insides.areasIn(geojson, [code]))[0]);
    if (!shapes.every(Boolean)) return false;
    brush.foresee(codes);
    showLines(plot, inner, 0);
    sketch.draw(plot, shapes, lines.map(({ marker }) => marker.line));
    return true;
  }
  function showLines(plot, inner, opacity) {
    for (const [one] of traced(plot.layout)) {
      inner.setPaintProperty(insides.linesOf(plot, one), "line-opacity", opacity);
    }
  }

  /* What was chosen is not, after all: the map shows what Plotly drew. */
  function recall() {
    const plot = graph();
    const inner = insides.maplibreOf(plot);
    if (!inner) return;
    repaint.colour(plot, {});
    unsketch(plot, inner);
  }
  function unsketch(plot, inner) {
    if (!sketch.wipe()) return;
    pointed = false;
    showLines(plot, inner, 1);
    brush.recall();
  }

  /* The selection is drawn by traces in a row: one a level in light, the same again in dark. */
  const LEVELS = 3;
  const traced = ({ meta }, chosen = Array(LEVELS)) =>
    [...chosen, ...chosen].map((codes, at) => [meta.chosen + at, codes]);

  /* What the reader has not pointed at on the map itself, the map moves to. */
  function selected(figure, { chosen, lit, at }) {
    goal = pointed ? null : at;
    pointed = false;
    const { meta } = figure.layout;
    const data = [...figure.data];
    for (const [one, locations] of traced(figure.layout, chosen)) {
      data[one] = { ...data[one], locations, z: locations.map(() => 0) };
    }
    return { ...figure, data, layout: { ...figure.layout, meta: { ...meta, lit } } };
  }
  const point = () => { pointed = true; };

  function describe() {
    const [news] = told();
    if (news) requestAnimationFrame(brush.refresh);
    return news ? news.legend : dash_clientside.no_update;
  }

  const lasso = (selected) => {
    if (selected && selected.points) lassoed(selected.points);
  };

  function lassoed(points) {
    const areas = points.filter((p) => p.curveNumber === 0 && p.location);
    const codes = [...new Set(areas.map((p) => String(p.location)))];
    if (!codes.length) return;
    point();
    const plot = graph();
    // Dash takes a changed drag mode into its figure from a relayout alone, and must have it
    // before the address asks for the next figure.
    setTimeout(async () => {
      await Plotly.restyle(plot, { selectedpoints: [null] });
      await Plotly.relayout(plot, { selections: [], dragmode: "pan" });
      dash_clientside.atlas.take(codes);
    }, 0);
    document.getElementById("lasso")?.removeAttribute("aria-pressed");
  }

  const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

  /* The view that shows an area, whatever the size of the map. */
  function viewOf(plot, bounds) {
    const [west, south, east, north] = bounds;
    const { width, height } = plot.getBoundingClientRect();
    const wide = ((east - west) / 360) * 512;
    const high = ((mercator(north) - mercator(south)) / (2 * Math.PI)) * 512;
    const zoom = Math.log2(Math.min((width * ROOM) / wide, (height * ROOM) / high));
    const middle = (mercator(north) + mercator(south)) / 2;
    const lat = (Math.atan(Math.exp(middle)) * 360) / Math.PI - 90;
    return { center: { lng: (west + east) / 2, lat }, zoom };
  }
  const fitTo = (plot, bounds) => insides.moveByHand(plot, viewOf(plot, bounds));

  /* Move the map to what was selected elsewhere: near enough to see it in its surroundings, and no
     further away than the reader stands already, unless it would not fit. */
  function travel(plot) {
    if (!goal) return;
    const { meta, map, geo } = insides.layoutOf(plot);
    const [there, whole] = [viewOf(plot, goal), viewOf(plot, meta.bounds)];
    goal = null;
    const near = Math.max(whole.zoom, Math.min(there.zoom - AROUND, whole.zoom + NEARER));
    if (map) {
      const zoom = Math.max(near, Math.min(map.zoom, there.zoom));
      insides.travelByHand(plot, { center: there.center, zoom });
      return;
    }
    const scale = Math.max(2 ** (near - whole.zoom), Math.min(geo.projection.scale, 2 ** (there.zoom - whole.zoom)));
    const { lng, lat } = there.center;
    Plotly.relayout(plot, {
      "geo.center.lon": lng, "geo.center.lat": lat, "geo.projection.rotation.lon": lng, "geo.projection.scale": scale,
    });
  }

  /* A figure of MapLibre's in the view that `hold` gives it afterwards, so that nothing jumps. */
  function placed(plot, figure) {
    const { map, meta } = figure.layout || {};
    if (!map || !meta?.bounds || !plot.clientWidth) return figure;
    const { center, zoom } = meta.focus === drawn && camera ? camera : viewOf(plot, meta.bounds);
    const there = { ...map, center: { lon: center.lng, lat: center.lat }, zoom };
    return { ...figure, layout: { ...figure.layout, map: there } };
  }

  /* Once a new map has loaded, keep its view: until then it takes that from the figure, whatever
     it is told. */
  function fit(figure) {
    const plot = graph();
    const inner = insides.maplibreOf(plot);
    if (!insides.layoutOf(plot)?.geo && !(inner && inner.loaded())) {
      if (figure && document.getElementById("map")) setTimeout(() => fit(figure), 60);
      return drawn;
    }
    if (!plot.dataset.held) {
      plot.dataset.held = "yes";
      plot.on("plotly_relayout", remember);
      plot.on("plotly_react", () => { hold(plot); travel(plot); });
      plot.on("plotly_afterplot", () => { ring(plot); schemes.dash(plot); });
    } else if (!inner || inner === equipped) return drawn;
    if (inner) equip(plot, inner);
    hold(plot);
    ring(plot);
    schemes.dash(plot);
    return drawn;
  }

  function equip(plot, inner) {
    equipped = inner;
    named(inner);
    if (matchMedia("(pointer: coarse)").matches) leaveScrolling(inner);
    heedLoss(plot, inner.getCanvas());
  }

  /* What a map is drawn with may be taken away: for a moment, after which it is drawn anew (what
     MapLibre brings back itself lacks all that Plotly told it since), or for good, after which it is
     drawn as vectors. Until then nothing is drawn on it. */
  function heedLoss(plot, canvas) {
    let settled = () => {};
    let wait = 0;
    canvas.addEventListener("webglcontextlost", () => {
      if (!canvas.isConnected) return; // it is taken away with its map
      plot.drawable = new Promise((done) => { settled = done; });
      wait = setTimeout(() => {
        insides.abandon(plot);
        const { vectors } = document.querySelector(".map-frame").dataset;
        dash_clientside.set_props("map-said", { children: vectors });
        dash_clientside.atlas.drawVectors();
        settled();
      }, asking.pace.context);
    });
    canvas.addEventListener("webglcontextrestored", () => {
      if (!canvas.isConnected) return;
      clearTimeout(wait);
      setTimeout(async () => {
        insides.abandon(plot);
        await Plotly.redraw(plot);
        settled();
        fit(plot.layout);
      });
    });
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
    const { meta, map } = insides.layoutOf(plot);
    const moved = meta.focus !== drawn;
    drawn = meta.focus;
    if (!map) {
      if (moved) lens = {};
      const off = Object.entries(lens).some(([name, value]) => insides.valueOf(plot, name) !== value);
      if (off) Plotly.relayout(plot, { ...lens });
      return;
    }
    if (moved) camera = viewOf(plot, meta.bounds);
    if (!camera) return;
    const off = [map.zoom - camera.zoom, map.center.lon - camera.center.lng];
    if (off.some((x) => Math.abs(x) > 1e-9)) insides.moveByHand(plot, camera);
  }

  /* Names have a halo, and circles of totals a thin line, neither of which Plotly knows on MapLibre. The
     edges of areas lie below their borders, and are not drawn by themselves. */
  function trim(plot, { id, type }) {
    const { halo, ring: line } = insides.layoutOf(plot).meta;
    if (type === "symbol") return { "text-halo-color": halo, "text-halo-width": HALO };
    if (id === insides.circlesOf(plot, SIZED)) return { "circle-stroke-width": RING, "circle-stroke-color": line };
    return id === insides.fillsOf(plot, repaint.FILL) ? { "fill-antialias": false } : {};
  }
  function ring(plot) {
    const inner = insides.maplibreOf(plot);
    for (const id of inner?.getLayersOrder?.() || []) {
      const own = Object.entries(trim(plot, inner.getLayer(id)));
      for (const [name, value] of own) inner.setPaintProperty(id, name, value);
    }
  }

  /* The map itself can be reached and moved by the keyboard: say its name in the page's language. */
  function named(map) {
    const frame = document.querySelector(".map-frame");
    map.getCanvas().setAttribute("aria-label", frame.getAttribute("aria-label"));
  }

  /* One finger scrolls the page, two move the map: a map must not hold a phone's reader fast. */
  function leaveScrolling(map) {
    if (!map.cooperativeGestures || map.cooperativeGestures.isEnabled()) return;
    const hint = document.querySelector(".map-frame").dataset.touch;
    insides.sayToOneFinger(map, hint);
    map.cooperativeGestures.enable();
  }

  function button(clicks, id) {
    const plot = graph();
    if (!clicks || !plot) return;
    const { map, geo, dragmode } = insides.layoutOf(plot);
    const step = { "zoom-in": 1, "zoom-out": -1 }[id];
    if (id === "clear") dash_clientside.atlas.go({ regions: null, circle: null });
    else if (id === "lasso") {
      const on = dragmode !== "lasso";
      document.getElementById("lasso").setAttribute("aria-pressed", String(on));
      Plotly.relayout(plot, { dragmode: on ? "lasso" : "pan" });
    } else if (map) {
      if (step) insides.moveByHand(plot, { zoom: map.zoom + step * 0.7 });
      else fitTo(plot, plot.layout.meta.bounds);
    } else if (geo) {
      const scale = geo.projection.scale;
      const whole = { "geo.projection.scale": 1, "geo.center": null, "geo.projection.rotation": null };
      Plotly.relayout(plot, step ? { "geo.projection.scale": scale * 1.5 ** step } : whole);
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    map: { paint, foresee, recall, describe, lasso, fit, button, placed, point, trim, ring },
  });
})();
