/* What becomes of a drawing whose graph has left the page is nobody's concern: neither its
   failure, for Plotly draws on after it was told to clear away, nor its end, for Dash would then
   draw the figure that waited behind it. */
(function () {
  "use strict";

  let plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set(loaded) {
      const { react } = loaded;
      loaded.react = (graph, ...figure) => new Promise((done, failed) => {
        const ifThere = (tell) => (told) => { if (graph.isConnected) tell(told); };
        const end = (told) => {
          done(told);
          graph.dispatchEvent(new Event("drawn", { bubbles: true })); // heard by twin.js
        };
        react(graph, ...figure).then(ifThere(end), ifThere(failed));
      });
      plotly = loaded;
    },
  });
})();
