/* Lines of areas in dashes, which neither of Plotly's maps knows: `meta.dash` of a trace says how. */
(function () {
  "use strict";

  const dash = (plot) => {
    for (const [at, { meta, marker }] of (plot?.data || []).entries()) {
      if (meta?.dash) insides.dashAreas(plot, at, meta.dash.split(",").map(parseFloat), marker.line.width);
    }
  };

  window.schemes = { dash };
})();
