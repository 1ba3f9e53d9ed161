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
  let asked = 0; // the last question, whose answer alone is shown

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
    const near = map.getZoom() >= Number(line.dataset.from);
    const wanted = near ? `${line.dataset.at}&box=${box}` : "";
    const question = ++asked;
    const answer = near && (await asking.persist((signal) => fetch(wanted, { signal })));
    const found = answer?.ok ? await answer.json() : null;
    if (question !== asked) return;
    draw(map, found || { lon: [], lat: [] });
    if (!near) line.textContent = line.dataset.far;
    else if (!found) line.textContent = line.dataset.failed;
    else {
      const [n, of] = [found.lon.length, found.of].map((one) => one.toLocaleString("en"));
      line.textContent = line.dataset.shown.replace("{n}", n).replace("{of}", of);
    }
  }

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
