/* What becomes of a drawing whose graph has left the page is nobody's concern: neither its
   failure, for Plotly draws on after it was told to clear away, nor its end, for Dash would then
   draw the figure that waited behind it. A map, which Plotly also draws by itself when its box
   changes or its geometry comes, is told to stop: it would find nothing to draw on.

   The map comes first: its areas are dyed before Plotly has worked through the figure, and charts
   wait until it stands there. */
(function () {
  "use strict";

  const GONE = new Error("The graph has left the page.");
  window.addEventListener("unhandledrejection", (event) => {
    if (event.reason === GONE) event.preventDefault();
  });

  /* Boundaries come before the figure that names them: Plotly itself asks for them once only. */
  async function fetched({ url, keep }, graph) {
    const answer = await asking.read(url, graph.closest("[data-shows]") || graph, {});
    if (answer) keep(await answer.json());
  }

  const MOST = 15; // steps of a tenth of a second that anything waits for the map
  const { first } = asking.pace; // the same where there is no map yet
  const step = () => new Promise((done) => { setTimeout(done, 100); });
  /* Steps, not seconds: while the map takes all of a slow processor none of them ends, and what
     waits would take its time away. */
  async function within(steps, wait) {
    let there = false;
    wait.then(() => { there = true; });
    for (let taken = 0; taken < steps && !there; taken += 1) await Promise.race([wait, step()]);
  }
  const told = (graph) =>
    new Promise((done) => { graph.addEventListener("drawn", done, { once: true }); });
  const idle = (map) => within(MOST, new Promise((done) => { map.once("idle", done); }));
  let main = null; // the graph of the page's map, and when it shows what it was told last

  /* Show on a map at once what can be: resolves when it is there, null where there is nothing. */
  function ahead(graph, { data }) {
    const map = insides.maplibreOf(graph);
    const { FILL } = repaint;
    const source = insides.areasOf(graph, FILL);
    return map && repaint.ahead(map, source, graph.data?.[FILL], data?.[FILL]) ? idle(map) : null;
  }

  /* What a chart waits for: the map that stands beside it, and what was asked for that. One of
     vectors is drawn at once. */
  const isBegun = () => Boolean(main?.graph.isConnected);
  const waits = () => document.getElementById("map") && (!isBegun() || main.stands);
  async function mapFirst() {
    if (!isBegun()) await new Promise((begun) => { addEventListener("begun", begun, { once: true }); });
    if (!main.stands) return;
    const asked = main.graph.closest("[data-shows]")?.dataset.shows || "";
    await asking.answersTo(asked.split(" "));
    await new Promise(requestAnimationFrame);
    await main.stands;
    const map = insides.maplibreOf(main.graph);
    if (map && !insides.rests(map)) await idle(map);
  }

  /* Charts are drawn one by one, so that the page can answer between them. */
  let last = Promise.resolve();
  const turn = () => { last = last.then(() => new Promise((next) => { setTimeout(next); })); return last; };

  /* A page with charts brings Plotly by its head, which is read while Dash waits for its first answers.
     Until then Dash, which would ask for it again, is given a promise of it; elsewhere Dash asks when
     the first chart is to be drawn. */
  const early = document.querySelector("link[data-plotly]");
  const soon = window.requestIdleCallback || setTimeout;
  const coming = early && new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: early.href, onload: done, onerror: failed });
    soon(() => document.head.append(script));
  });
  coming?.catch(() => {}); // said by asking.js

  let plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly || coming || undefined,
    set(loaded) {
      const { react, purge } = loaded;
      loaded.purge = (graph) => {
        const stop = insides.stopOf(graph, GONE);
        const cleared = purge(graph);
        stop();
        return cleared;
      };
      loaded.react = (graph, given, ...more) => new Promise((done, failed) => {
        const isMap = Boolean(given?.layout?.map);
        const figure = isMap ? dash_clientside.map.placed(graph, given) : given;
        const ifThere = (tell) => (told) => { if (graph.isConnected) tell(told); };
        const end = (told) => {
          if (isMap) dash_clientside.map.ring(graph);
          done(told);
          graph.dispatchEvent(new Event("drawn", { bubbles: true })); // heard by table.js, origin.js
        };
        const draw = () => {
          if (!graph.isConnected) return;
          const drawn = react(graph, figure, ...more);
          if (isMap) {
            repaint.standOver(insides.maplibreOf(graph), (layer) => dash_clientside.map.trim(graph, layer));
            insides.keepPlaces(graph);
            insides.expectNoFrame(graph);
          }
          insides.fillBoxes(graph);
          drawn.then(ifThere(end), ifThere(failed));
        };
        const missing = insides.geometryOf(figure).filter(({ held }) => !held);
        const awaited = missing.map((one) => fetched(one, graph));
        if (graph.drawable) awaited.push(graph.drawable); // see map.js
        const shown = isMap && !awaited.length && ahead(graph, figure);
        if (shown) awaited.push(shown);
        if (graph.closest("#map")) {
          const stands = isMap ? shown || told(graph) : null;
          main = { graph, stands, most: insides.maplibreOf(graph) ? MOST : first };
          dispatchEvent(new Event("begun"));
        } else if (!isMap && waits()) awaited.push(within(isBegun() ? main.most : first, mapFirst()).then(turn));
        if (awaited.length) Promise.all(awaited).then(draw);
        else draw();
      });
      plotly = loaded;
    },
  });
})();
