/* Lines around places on a map of MapLibre's, drawn over it at once until the map has lines of its own. */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  let sheet = null; // what is drawn on, while there is something

  const ringsOf = ({ type, coordinates }) => (type === "Polygon" ? coordinates : coordinates.flat());

  /* Draw shapes in lines one above the other, each with its colour and width. */
  function draw(plot, shapes, lines) {
    wipe();
    const rings = shapes.flatMap(({ geometry }) => ringsOf(geometry));
    const map = insides.maplibreOf(plot);
    const paths = [...new Map(lines.map((line) => [line.color, line])).values()].map(({ color, width }) => {
      const path = document.createElementNS(SVG, "path");
      path.style.cssText = `fill: none; stroke: ${color}; stroke-width: ${width}; stroke-linejoin: round`;
      return path;
    });
    const follow = () => {
      const at = (place) => { const { x, y } = map.project(place); return `${x.toFixed(1)} ${y.toFixed(1)}`; };
      const d = rings.map((ring) => `M${ring.map(at).join("L")}Z`).join("");
      for (const path of paths) path.setAttribute("d", d);
    };
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "sketch");
    svg.append(...paths);
    plot.append(svg);
    sheet = { plot, svg, map, follow };
    follow();
    map.on("move", follow);
  }

  /* Take the lines off; tell whether there were any. */
  function wipe() {
    if (!sheet) return false;
    sheet.map.off("move", sheet.follow);
    sheet.svg.remove();
    sheet = null;
    return true;
  }

  /* The map has been drawn anew: the lines go once what it was told is on the screen. */
  document.addEventListener("drawn", ({ target }) => {
    if (target !== sheet?.plot) return;
    const { svg } = sheet;
    const map = insides.maplibreOf(target);
    const end = () => { if (sheet?.svg === svg) wipe(); };
    if (!map || map.loaded()) end();
    else map.once("idle", end);
  });

  window.sketch = { draw, wipe };
})();
