/* What becomes of a drawing whose graph has left the page is nobody's concern: neither its
   failure, for Plotly draws on after it was told to clear away, nor its end, for Dash would then
   draw the figure that waited behind it. A map, which Plotly also draws by itself when its box
   changes or its geometry comes, is told to stop: it would find nothing to draw on. */
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

  let plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set(loaded) {
      const { react, purge } = loaded;
      loaded.purge = (graph) => {
        const stop = insides.stopOf(graph, GONE);
        const cleared = purge(graph);
        stop();
        return cleared;
      };
      loaded.react = (graph, ...figure) => new Promise((done, failed) => {
        const ifThere = (tell) => (told) => { if (graph.isConnected) tell(told); };
        const end = (told) => {
          done(told);
          graph.dispatchEvent(new Event("drawn", { bubbles: true })); // heard by table.js, origin.js
        };
        const draw = () => { react(graph, ...figure).then(ifThere(end), ifThere(failed)); };
        const missing = insides.geometryOf(figure[0]).filter(({ held }) => !held);
        const awaited = missing.map((one) => fetched(one, graph));
        if (graph.drawable) awaited.push(graph.drawable); // see map.js
        if (awaited.length) Promise.all(awaited).then(draw);
        else draw();
      });
      plotly = loaded;
    },
  });
})();
