/* Between Plotly and its MapLibre map. Plotly hands over all of every trace again whenever anything
   of a figure changes, and MapLibre then cuts it into tiles anew. Here what is on the map already
   is not sent again, and areas of which only the colour changes are dyed where they lie, by
   MapLibre's feature state. Only MapLibre's published methods are used; what is not understood goes
   the plain way (tests/browser/test_repaint.py drives both). */
(function () {
  "use strict";

  const PLAIN = JSON.stringify({ type: "identity", property: "fc" }); // how Plotly colours areas
  const DYED = ["to-color", ["coalesce", ["feature-state", "fc"], ["get", "fc"]]];
  const SHARE = ["number", ["feature-state", "share"], 1]; // of its opacity that an area keeps
  const FILL = 0; // the trace of areas, as in map/figure.py
  const over = new WeakMap(); // map -> its sources: what each was last told, and whether it is dyed

  const isPlain = (value) => JSON.stringify(value) === PLAIN;
  const samePoint = (a, b) =>
    a.type === "Point" && b.type === "Point" && String(a.coordinates) === String(b.coordinates);
  const isSamePlace = (a, b) =>
    a.id === b.id && (a.geometry === b.geometry || samePoint(a.geometry, b.geometry));

  /* What a source is told. Plotly may change an object later, so its looks are written down. */
  function told(data) {
    const features = data.features?.slice();
    const looks = features?.map(({ properties: { fc, ...rest } }) => ({ fc, rest: JSON.stringify(rest) }));
    return { data, features, looks, bare: features ? "" : JSON.stringify(data) };
  }

  /* The features that have another colour than before; null where more has changed than that. */
  function recoloured(before, now) {
    if (before.data === now.data) return null; // one object, changed in place
    if (now.bare || before.bare) return now.bare === before.bare ? [] : null;
    const { features, looks } = now;
    const isAlike = (one, at) =>
      isSamePlace(one, before.features[at]) && looks[at].rest === before.looks[at].rest;
    if (features.length !== before.features.length || !features.every(isAlike)) return null;
    return features.filter((_, at) => looks[at].fc !== before.looks[at].fc);
  }

  const isNumbered = ({ id }) => Number.isInteger(Number(id ?? NaN)); // as MapLibre wants ids to be
  function dye(map, source, features) {
    for (const { id, properties: { fc } } of features) map.setFeatureState({ source, id }, { fc: fc ?? null });
  }

  function lookAfter(map, id, source, data) {
    const kept = { ...told(data), dyed: false };
    over.get(map).set(id, kept);
    const { setData } = source;
    source.setData = (next, ...more) => {
      const now = told(next);
      const changed = recoloured(kept, now);
      Object.assign(kept, now);
      if (changed && !changed.length) return Promise.resolve();
      const isDyed = kept.dyed && now.features?.every(isNumbered);
      if (isDyed) dye(map, id, now.features); // also where more has changed: it may have another colour
      return changed && isDyed ? Promise.resolve() : setData.call(source, next, ...more);
    };
  }

  /* Stand between Plotly and a map, from before it has any layer of Plotly's. */
  function standOver(map) {
    if (!map || over.has(map)) return;
    const sources = new Map();
    over.set(map, sources);
    const { addSource, addLayer, setPaintProperty } = map;
    const dyed = (source, value) => {
      if (!sources.has(source) || !isPlain(value)) return value;
      sources.get(source).dyed = true;
      return DYED;
    };
    map.addSource = (id, spec) => {
      const added = addSource.call(map, id, spec);
      const source = map.getSource(id);
      if (spec.type === "geojson" && source?.setData) lookAfter(map, id, source, spec.data);
      return added;
    };
    const faded = (source, value) =>
      (sources.has(source) && typeof value === "number" ? ["*", value, SHARE] : value);
    const LOOKS = { "fill-color": dyed, "fill-opacity": faded };
    map.addLayer = ({ paint, ...layer }, ...place) => {
      const given = Object.entries(paint || {});
      const own = given.map(([name, value]) => [name, LOOKS[name]?.(layer.source, value) ?? value]);
      return addLayer.call(map, { ...layer, paint: paint && Object.fromEntries(own) }, ...place);
    };
    map.setPaintProperty = (layer, name, value, ...more) => {
      const said = LOOKS[name]?.(map.getLayer(layer)?.source, value) ?? value;
      return setPaintProperty.call(map, layer, name, said, ...more);
    };
  }

  /* The colour of a number on a scale of flat steps, as `stepped` in map/fill.py makes them; null
     on any other scale. */
  function stepOf({ colorscale, zmin, zmax }, z) {
    const share = (z - zmin) / (zmax - zmin);
    const at = colorscale.findIndex(([edge], place) => place % 2 && share <= edge);
    return at > 0 && colorscale[at - 1][1] === colorscale[at][1] ? colorscale[at][1] : null;
  }

  /* Dye areas in the colours of a trace: true if that is done, as on a scale of flat steps only. */
  function colour(map, id, trace) {
    if (!over.get(map)?.get(id)?.dyed || !Array.isArray(trace.colorscale)) return false;
    const colours = trace.z.map((z) => stepOf(trace, z));
    if (colours.includes(null)) return false;
    dye(map, id, trace.locations.map((code, at) => ({ id: code, properties: { fc: colours[at] } })));
    return true;
  }

  /* The same before Plotly has worked through a figure, where that has the areas that are drawn. */
  function ahead(map, id, drawn, trace) {
    const isSame = (name) => JSON.stringify(drawn?.[name]) === JSON.stringify(trace?.[name]);
    const isKept = ["type", "geojson", "locations"].every(isSame);
    return isKept && !(isSame("z") && isSame("colorscale")) && colour(map, id, trace);
  }

  /* Leave areas a share of their opacity each, by code. */
  function fade(map, source, shares) {
    if (!over.get(map)?.has(source)) return;
    for (const [id, share] of shares) map.setFeatureState({ source, id }, { share });
  }

  window.repaint = { FILL, standOver, stepOf, colour, ahead, fade };
})();
