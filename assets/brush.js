/* Which places stand out on the map: those selected or, while the pointer is there, those of the
   class, bar or point that it is on. All others are dimmed. A place that is pointed at is marked
   wherever else it is shown: in charts, in the legend and in the histogram (histogram.js). */
(function () {
  "use strict";

  const SELECTED = { light: 0.55, dark: 0.75 }; // share of their opacity that places keep beside a selection
  const POINTED = 0.25; // beside what is pointed at
  let pointed = null; // codes of what is pointed at outside the map

  const map = () => insides.plotOf("map");
  const areas = () => map()?.data?.[repaint.FILL];
  const codesOf = (trace) => (trace?.locations || []).map(String);

  /* Red, green and blue of a colour however it is written: pale areas are of their class, too. */
  function inkOf(colour) {
    const hex = /^#(..)(..)(..)$/.exec(colour || "");
    const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : String(colour).match(/[\d.]+/g) || [];
    return parts.slice(0, 3).join();
  }
  /* The same of each area; none on a scale that is not of flat steps. */
  const inksOf = (trace) =>
    (Array.isArray(trace?.colorscale) ? trace.z.map((z) => inkOf(repaint.stepOf(trace, z))) : []);
  const inkOfRow = (row) => inkOf(getComputedStyle(row.querySelector("i")).backgroundColor);
  const ROWS = "#legend .legend-rows li";
  const CLASSES = `${ROWS}, #legend .legend-grid td:not(:empty)`; // of one indicator, or of two
  const rows = (selector) => [...document.querySelectorAll(selector)];

  /* The city of each county on the map; none where the map shows cities. */
  const cities = () => insides.layoutOf(map())?.meta?.within || [];
  /* A city lights its counties where the map shows these, and a county its city in charts. */
  function withCounties(codes) {
    const [own, within] = [codesOf(areas()), cities()];
    return new Set([...codes, ...own.filter((_, at) => codes.has(within[at]))]);
  }
  function withCity(codes) {
    const [code] = codes;
    const city = codes.size === 1 && cities()[codesOf(areas()).indexOf(code)];
    return city ? new Set([code, city]) : codes;
  }

  /* The places that stand out as they are selected: as the map was told, or will be. */
  let awaited = null;
  const selected = (plot) => awaited || new Set(insides.layoutOf(plot)?.meta?.lit);

  /* Let places stand out before the map is told of them, where it shows them or what lies in them. */
  function foresee(codes) {
    const here = new Set([...codesOf(areas()), ...cities()]);
    if (!codes.every((code) => here.has(code))) return;
    awaited = withCounties(new Set(codes));
    light();
  }
  function recall() {
    awaited = null;
    light();
  }

  /* Dim what is not to stand out. */
  function light() {
    const codes = codesOf(areas());
    if (!codes.length) return;
    const plot = map();
    const chosen = selected(plot);
    const shown = pointed && withCounties(pointed);
    const isShown = (set) => set && codes.some((code) => set.has(code));
    const lit = [shown, chosen].find(isShown);
    const share = lit === shown ? POINTED : SELECTED[look.worn()];
    const shares = codes.map((code) => [code, !lit || lit.has(code) ? 1 : share]);
    const inner = insides.maplibreOf(plot);
    if (inner) {
      repaint.fade(inner, insides.areasOf(plot, repaint.FILL), shares);
      return;
    }
    const told = new Map(shares);
    for (const [code, path] of insides.shapesOf(plot, repaint.FILL)) path.style.fillOpacity = told.get(code);
  }

  /* Mark places in every chart, and a single one in the legend and its histogram. */
  function mark(codes) {
    const marked = withCity(codes);
    for (const plot of insides.plots()) {
      if (plot === map()) continue;
      for (const [told, shape] of insides.marksOf(plot)) {
        shape.classList.toggle("brushed", marked.has(String([told].flat()[0])));
      }
    }
    const trace = areas();
    const at = codes.size === 1 ? codesOf(trace).indexOf([...codes][0]) : -1;
    const ink = inksOf(trace)[at];
    for (const row of rows(CLASSES)) row.classList.toggle("brushed", Boolean(ink) && inkOfRow(row) === ink);
    histogram.mark(at);
  }

  function point(codes, onMap) {
    pointed = onMap ? null : codes;
    light();
    mark(codes);
  }
  function leave() {
    pointed = null;
    light();
    mark(new Set());
  }

  /* What the pointer is on in a chart or on the map. */
  function heed(plot) {
    if (plot.dataset.brushed) return;
    plot.dataset.brushed = "yes";
    plot.on("plotly_hover", ({ points }) => {
      const code = dash_clientside.atlas.targetOf(points[0]);
      const { map: tiles, geo } = insides.layoutOf(plot);
      if (/^\d{6}$/.test(code)) point(new Set([code]), Boolean(tiles || geo));
    });
    plot.on("plotly_unhover", leave);
  }
  document.addEventListener("drawn", ({ target }) => {
    heed(target);
    if (target !== map()) return;
    awaited = null;
    refresh();
  });
  function refresh() {
    light();
    histogram.draw(areas(), inksOf(areas()), rows(ROWS), inkOfRow);
  }

  /* A class in the legend, also where it has the focus, or a part of one in the histogram. */
  let inLegend = false;
  function hear({ target }) {
    const row = target.closest?.(CLASSES);
    const bar = target.closest?.("#histogram rect[data-places]");
    if (!row && !bar) {
      if (inLegend) leave();
      inLegend = false;
      return;
    }
    inLegend = true;
    const codes = codesOf(areas());
    const inks = inksOf(areas());
    const ink = row && inkOfRow(row);
    point(new Set(bar ? bar.dataset.places.split(" ") : codes.filter((_, at) => inks[at] === ink)));
  }
  for (const turn of ["pointerover", "focusin"]) document.addEventListener(turn, hear);
  document.addEventListener("focusout", ({ relatedTarget }) => { if (!relatedTarget) hear({ target: document.body }); });
  addEventListener("moved", () => { pointed = null; });

  window.brush = { foresee, recall, refresh };
})();
