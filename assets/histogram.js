/* How the figures on the map are spread: a small histogram below the classes of the legend, in their
   colours, with a line at each class limit. It is made of what the map has been sent already: the
   figures as they are written, and the limits as the legend states them. */
(function () {
  "use strict";

  const [WIDE, HIGH, FOOT] = [208, 40, 5]; // pixels: of the bars, and of the strip of classes below
  const BINS = 26;
  let scale = null; // from a figure to pixels
  let figures = []; // of the areas in their order; NaN where there is none

  const box = () => document.getElementById("histogram");
  const numberOf = (words) => Number(String(words).replaceAll(",", "").replace("−", "-") || NaN);
  const firstIn = (words) => numberOf(words.match(/−?\d[\d,.]*/)?.[0] ?? NaN);

  function shape(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /* Classes from the lowest: ink, colour, and the limit at which each begins (the first: none). */
  function classesOf(rows, inks, inkOfRow) {
    const known = new Set(inks.filter((_, at) => isFinite(figures[at])));
    const found = rows.filter((row) => known.has(inkOfRow(row)) || firstIn(row.textContent) >= 0)
      .filter((row) => /\d/.test(row.querySelector("span").textContent)).reverse();
    return found.map((row, at) => ({
      ink: inkOfRow(row),
      from: at ? firstIn(row.querySelector("span").textContent) : -Infinity,
    }));
  }

  function draw(trace, inks, rows, inkOfRow) {
    const place = box();
    if (!place) return;
    figures = (trace?.customdata || []).map((told, at) =>
      (trace.z[at] >= 0 && Array.isArray(told) ? numberOf(told[0]) : NaN));
    const there = figures.filter(isFinite);
    const classes = classesOf(rows, inks, inkOfRow);
    const [low, high] = [Math.min(...there), Math.max(...there)];
    if (classes.length < 2 || there.length < 3 || !(high > low)) {
      scale = null;
      place.replaceChildren();
      return;
    }
    scale = (value) => ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * WIDE;
    const bins = binned(trace, inks, low, high);
    const most = Math.max(...bins.map((bin) => bin.length));
    const svg = shape("svg", { viewBox: `-2 -2 ${WIDE + 4} ${HIGH + FOOT + 4}`, "aria-hidden": "true" });
    bins.forEach((bin, at) => svg.append(...barsOf(bin, at, most, classes)));
    svg.append(...stripOf(classes), shape("line", { class: "pointer", y1: -2, y2: HIGH + FOOT, visibility: "hidden" }));
    place.replaceChildren(svg);
  }

  /* The areas of each bin, bins being equally wide from the lowest figure to the highest. */
  function binned(trace, inks, low, high) {
    const bins = Array.from({ length: BINS }, () => []);
    figures.forEach((figure, at) => {
      if (!isFinite(figure)) return;
      const bin = Math.min(BINS - 1, Math.floor(((figure - low) / (high - low)) * BINS));
      bins[bin].push({ code: String(trace.locations[at]), ink: inks[at] });
    });
    return bins;
  }

  function barsOf(bin, at, most, classes) {
    const wide = WIDE / BINS;
    let top = HIGH;
    return classes.flatMap(({ ink }) => {
      const places = bin.filter((one) => one.ink === ink).map(({ code }) => code);
      if (!places.length) return [];
      const height = (places.length / most) * HIGH;
      top -= height;
      const box = { x: at * wide + 0.5, width: wide - 1, y: top, height, fill: `rgb(${ink})` };
      return [shape("rect", { ...box, "data-places": places.join(" ") })];
    });
  }

  function stripOf(classes) {
    return classes.flatMap(({ ink, from }, at) => {
      const [x, end] = [scale(from), scale(classes[at + 1]?.from ?? Infinity)];
      const strip = shape("rect", { x, width: Math.max(0, end - x), y: HIGH + 1, height: FOOT, fill: `rgb(${ink})` });
      return at ? [strip, shape("line", { class: "limit", x1: x, x2: x, y1: 0, y2: HIGH + FOOT })] : [strip];
    });
  }

  /* Show where the figure of one area lies; -1 for none. */
  function mark(at) {
    const line = box()?.querySelector(".pointer");
    if (!line) return;
    const there = scale && isFinite(figures[at] ?? NaN);
    line.setAttribute("visibility", there ? "visible" : "hidden");
    if (there) for (const end of ["x1", "x2"]) line.setAttribute(end, scale(figures[at]));
  }

  window.histogram = { draw, mark };
})();
