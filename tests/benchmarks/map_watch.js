/* What a benchmark looks at within a page: when its map has drawn what, wherever it comes from. */
(() => {
  const plot = () => document.querySelector('#map .js-plotly-plot');
  const map = () => plot()?._fullLayout?.map?._subplot?.map;
  const layer = (trace, kind) => `plotly-trace-layer-${plot()._fullData[trace]?.uid}-${kind}`;
  const rendered = (trace, kind) => {
    const name = layer(trace, kind);
    return map()?.style && map().getLayer(name) ? map().queryRenderedFeatures({ layers: [name] }) : [];
  };
  /* The colours that stand on the map now, place by place. */
  const colours = () =>
    rendered(0, 'fill').map(({ id, layer }) => [id, String(layer.paint['fill-color'])]).sort().join(';');
  /* The places that are outlined, on the map or over it. */
  const outlined = () => {
    const first = plot().layout.meta.chosen;
    const lines = [...Array(6).keys()].flatMap((at) => rendered(first + at, 'line'));
    const drawn = document.querySelector('#map .sketch path');
    return drawn ? drawn.getAttribute('d') : [...new Set(lines.map(({ id }) => id))].sort().join();
  };

  /* Do something; resolve to the milliseconds until the map lies still and looks otherwise. */
  const until = (look, act) => new Promise((done, failed) => {
    setTimeout(() => failed(new Error('The map looks as before.')), 120000);
    const [before, inner] = [look(), map()];
    const begun = performance.now();
    const end = () => {
      const now = performance.now();
      if (look() === before) return;
      inner.off('idle', end);
      done(now - begun);
    };
    inner.on('idle', end);
    act();
  });

  const seen = { painted: 0, drawn: 0, views: [], blocked: 0, begun: 0, outline: 0, panels: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.blocked += Math.max(0, duration - 50);
  }).observe({ type: 'longtask', buffered: true });

  /* The first time that the areas are painted, each view that they are painted in, the last idle; of
     another map where one takes the place of the first, as after a lost WebGL context. */
  let followed = null;
  const follow = () => {
    const inner = map();
    if (!inner) return requestAnimationFrame(follow);
    setTimeout(follow, 500);
    if (inner === followed) return;
    followed = inner;
    inner.on('render', () => {
      if (!seen.painted && !rendered(0, 'fill').length) return;
      seen.painted ||= performance.now();
      const view = inner.getZoom().toFixed(3);
      if (seen.views.at(-1) !== view) seen.views.push(view);
    });
    inner.on('idle', () => { if (rendered(0, 'fill').length) seen.drawn = performance.now(); });
  };
  requestAnimationFrame(follow);

  /* A click's own time, the first frame that outlines others, and the last change of the panels after
     it; those of the last click only. */
  let watching = [];
  addEventListener('mousedown', (event) => {
    Object.assign(seen, { begun: event.timeStamp, outline: 0, panels: 0 });
    const before = outlined();
    watching.forEach((stop) => stop());
    const inner = map();
    const end = () => {
      if (outlined() !== before) seen.outline ||= performance.now() - seen.begun;
    };
    inner?.on('render', end);
    const over = new MutationObserver(() => requestAnimationFrame(end));
    over.observe(plot(), { childList: true });
    watching = [() => inner?.off('render', end), () => over.disconnect()];
    const panels = document.getElementById('panels');
    if (!panels) return;
    const observer = new MutationObserver(() => { seen.panels = performance.now() - seen.begun; });
    observer.observe(panels, { childList: true, subtree: true });
    watching.push(() => observer.disconnect());
  }, true);

  window.bench = { seen, colours, recolour: (act) => until(colours, act) };
})();
