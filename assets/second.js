/* Two maps side by side have one view and one label: where one is moved the other follows, and the
   place under the pointer is marked and told on both. */
(function () {
  "use strict";

  const AREAS = 0; // the trace of areas, as in map/figure.py
  const LENS = ["projection.scale", "projection.rotation.lon", "center.lon", "center.lat"];
  const met = new WeakSet(); // maps and graphs that are joined already
  let moving = false; // the other map is being moved: what it says of it is no news

  const both = () => ["map", "second-chart"].map(insides.plotOf);
  const otherThan = (plot) => both().find((one) => one && one !== plot);

  function alone(act) {
    if (moving) return;
    moving = true;
    try { act(); } finally { moving = false; }
  }

  /* Join the two maps as soon as both are there, and again whenever one is made anew. */
  function join() {
    const plots = both();
    if (insides.layoutOf(plots[1])?.geo2) return ""; // small maps stand still
    const isDrawn = (plot) => {
      const map = insides.maplibreOf(plot);
      return insides.layoutOf(plot)?.geo || (map && map.loaded());
    };
    if (!plots.every(isDrawn)) {
      if (document.getElementById("second-chart")) setTimeout(join, 80);
      return "";
    }
    for (const plot of plots) {
      const map = insides.maplibreOf(plot);
      if (map && !met.has(map)) lead(plot, map);
      if (!met.has(plot)) listen(plot);
    }
    follow(plots[1], plots[0]);
    return "";
  }

  function lead(plot, map) {
    met.add(map);
    map.on("move", () => alone(() => insides.maplibreOf(otherThan(plot))?.jumpTo(standing(map))));
    map.on("moveend", () => alone(() => {
      const other = otherThan(plot);
      if (insides.maplibreOf(other)) insides.moveByHand(other, standing(map));
    }));
  }
  const standing = (map) => ({ center: map.getCenter(), zoom: map.getZoom() });

  function listen(plot) {
    met.add(plot);
    plot.on("plotly_hover", ({ points: [point] }) => mark(plot, point));
    plot.on("plotly_unhover", unmark);
    plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((name) => name.startsWith("geo."))) follow(otherThan(plot), plot);
    });
    plot.on("plotly_react", () => setTimeout(join));
  }

  /* Show on one map what the other shows. */
  function follow(plot, first) {
    const [map, leading] = [plot, first].map((one) => plot && insides.maplibreOf(one));
    if (map && leading) alone(() => map.jumpTo(standing(leading)));
    if (!plot || map) return;
    const lens = LENS.map((name) => ["geo." + name, insides.valueOf(first, "geo." + name)]);
    const off = lens.filter(([name, value]) => insides.valueOf(plot, name) !== value);
    if (!off.length || moving) return;
    moving = true;
    Plotly.relayout(plot, Object.fromEntries(off)).finally(() => { moving = false; });
  }

  /* What the label of a place says, as its template has it. */
  function said(trace, at) {
    const custom = trace.customdata?.[at] || [];
    const filled = trace.hovertemplate
      .replaceAll("%{text}", trace.text[at])
      .replace(/%\{customdata\[(\d)\]\}/g, (_, place) => custom[place] ?? "");
    const lines = filled.replace("<extra></extra>", "").split("<br>");
    const read = new DOMParser().parseFromString(lines.map((one) => `<p>${one}</p>`).join(""), "text/html");
    return [...read.querySelectorAll("p")].map((one) => one.textContent);
  }

  function mark(plot, point) {
    unmark();
    const other = otherThan(plot);
    const trace = other?.data[AREAS];
    const id = point?.location ?? [point?.customdata].flat()[0];
    const at = trace ? trace.locations.indexOf(String(id)) : -1;
    const spot = other?.layout.meta.points[at];
    if (!spot) return;
    const { x, y } = insides.pixelOf(other, spot);
    const label = Object.assign(document.createElement("div"), { className: "second-mark" });
    const lines = said(trace, at).map((line) => Object.assign(document.createElement("span"), { textContent: line }));
    label.append(...lines);
    label.classList.toggle("leftwards", x > other.clientWidth / 2);
    Object.assign(label.style, { left: `${x}px`, top: `${y}px` });
    other.append(label);
  }

  function unmark() {
    for (const one of document.querySelectorAll(".second-mark")) one.remove();
  }

  /* The desk makes room for what stands beside the map and below it, as long as there is any. */
  const room = (...shown) =>
    ["desk", ...["with-second", "with-over"].filter((_, at) => shown[at]?.length)].join(" ");

  window.dash_clientside = Object.assign({}, window.dash_clientside, { second: { join, room } });
})();
