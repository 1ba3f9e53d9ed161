/* The map of a reader's own firms: near enough, some firms of the view stand on it as points. */
(function () {
  "use strict";

  const GRAPH = "firm-map-chart";
  const PAUSE = 200; // ms after which a move is over
  const POINTS = "firm-points";
  const PAINT = {
    "circle-radius": 2.5, "circle-color": "#14191c", "circle-opacity": 0.85,
    "circle-stroke-width": 0.5, "circle-stroke-color": "#ffffff",
  };
  const met = new WeakSet(); // maps that are followed already
  const NONE = { lon: [], lat: [] };

  /* Begin once the map is there, and again whenever it is made anew. */
  function follow() {
    const plot = insides.plotOf(GRAPH);
    const map = insides.maplibreOf(plot);
    if (!map?.loaded()) {
      if (document.getElementById("firm-points") && !insides.layoutOf(plot)?.geo) setTimeout(follow, 80);
      return "";
    }
    if (met.has(map)) return "";
    met.add(map);
    let waiting;
    map.on("moveend", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, PAUSE, map);
    });
    show(map);
    return "";
  }

  async function show(map) {
    const line = document.getElementById("firm-points");
    if (!line) return;
    const box = map.getBounds().toArray().flat().map((side) => side.toFixed(4)).join();
    if (map.getZoom() < Number(line.dataset.from)) {
      asking.drop(POINTS);
      draw(map, NONE);
      line.textContent = line.dataset.far;
      return;
    }
    const answer = await asking.read(`${line.dataset.at}&box=${box}`, line, POINTS);
    if (!answer) return;
    const found = await answer.json();
    draw(map, found);
    const [n, of] = [found.lon.length, found.of].map((one) => one.toLocaleString("en"));
    line.textContent = line.dataset.shown.replace("{n}", n).replace("{of}", of);
  }
  /* Those of another view do not stay where the answer is waited for, or lost. */
  document.addEventListener("asking", ({ target }) => {
    if (target.id === POINTS) draw(insides.maplibreOf(insides.plotOf(GRAPH)), NONE);
  });

  /* Points are MapLibre's own: a trace of Plotly's would have the whole map drawn again. */
  function draw(map, { lon, lat }) {
    const coordinates = lon.map((one, at) => [one, lat[at]]);
    const data = { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates } };
    if (map.getSource(POINTS)) {
      map.getSource(POINTS).setData(data);
      return;
    }
    map.addSource(POINTS, { type: "geojson", data });
    map.addLayer({ id: POINTS, type: "circle", source: POINTS, paint: PAINT });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { firms: { follow } });
})();
