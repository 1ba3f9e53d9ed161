/* Between Plotly and its MapLibre map. Plotly hands over all of every trace again whenever anything
   of a figure changes, and MapLibre then cuts it into tiles and draws it anew. Here what is on the
   map already is not sent or set again, and areas of which only the colour changes are dyed where
   they lie, by MapLibre's feature state. Only MapLibre's published methods are used; what is not
   understood goes the plain way (tests/browser/test_repaint.py drives both). */
(function () {
  "use strict";

  const PLAIN = { type: "identity", property: "fc" }; // how Plotly colours areas
  const DYED = ["to-color", ["coalesce", ["feature-state", "fc"], ["get", "fc"]]];
  const USUAL = { share: 1 }; // what is so of an area of which nothing is told
  const SHARE = ["number", ["feature-state", "share"], USUAL.share]; // of its opacity that an area keeps
  const FILL = 0; // the trace of areas, as in map/figure.py
  const over = new WeakMap(); // map -> its sources: what each was last told, and whether it is dyed

  const isLike = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const isClear = ({ fc }) => /^rgba\(.*,\s*0\)$/.test(fc); // nothing is seen of such an area but its line
  const samePoint = (a, b) =>
    a.type === "Point" && b.type === "Point" && String(a.coordinates) === String(b.coordinates);
  const isSamePlace = (a, b) =>
    a.id === b.id && (a.geometry === b.geometry || samePoint(a.geometry, b.geometry));

  /* What a source is told. Plotly may change an object later, so its looks are written down; the middle
     of an area (`ct`) is not seen. */
  function told(data) {
    const features = data.features?.slice();
    const looks = features?.map(({ properties: { fc, ct, ...rest } }) => ({ fc, rest: JSON.stringify(rest) }));
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
    for (const { id, properties: { fc } } of features) state(map, { source, id }, "fc", fc ?? null);
  }
  const hasState = (map, feature, name, value) =>
    (map.getFeatureState(feature)?.[name] ?? USUAL[name]) === value;
  function state(map, feature, name, value) {
    if (!hasState(map, feature, name, value)) map.setFeatureState(feature, { [name]: value });
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

  /* Stand between Plotly and a map, from before it has any layer of Plotly's; `trim` tells what of its
     own a layer is painted with. */
  function standOver(map, trim = () => ({})) {
    if (!map || over.has(map)) return;
    const sources = new Map();
    over.set(map, sources);
    insides.showNamesAtOnce(map);
    const { addSource, addLayer, resize } = map;
    const dyed = (source, value) => {
      if (!sources.has(source) || !isLike(value, PLAIN)) return value;
      sources.get(source).dyed = true;
      return DYED;
    };
    map.addSource = (id, spec) => {
      const added = addSource.call(map, id, spec);
      const source = map.getSource(id);
      if (spec.type === "geojson" && source?.setData) lookAfter(map, id, source, spec.data);
      return added;
    };
    /* Areas of no colour would still be drawn. */
    const faded = (source, value) => {
      const looks = sources.get(source)?.looks;
      if (!looks || typeof value !== "number") return value;
      return looks.every(isClear) ? 0 : ["*", value, SHARE];
    };
    const LOOKS = { "fill-color": dyed, "fill-opacity": faded };
    const look = (source, name, value) => LOOKS[name]?.(source, value) ?? value;
    map.addLayer = ({ paint = {}, ...layer }, ...place) => {
      const own = Object.entries(paint).map(([name, value]) => [name, look(layer.source, name, value)]);
      return addLayer.call(map, { ...layer, paint: { ...Object.fromEntries(own), ...trim(layer) } }, ...place);
    };
    for (const kind of ["Paint", "Layout"]) {
      const set = map[`set${kind}Property`];
      map[`set${kind}Property`] = (layer, name, value, ...more) => {
        const there = map.getLayer(layer);
        const said = look(there?.source, name, value);
        if (there && isLike(map[`get${kind}Property`](layer, name), said)) return map;
        return set.call(map, layer, name, said, ...more);
      };
    }
    for (const [name, isThere] of Object.entries(STANDS)) {
      const set = map[`set${name}`];
      map[`set${name}`] = (value, told) =>
        (!told && isThere(value, map[`get${name}`]()) ? map : set.call(map, value, told));
    }
    map.resize = (...told) => (fits(map) ? map : resize.apply(map, told));
  }

  /* Whether a map stands as it is told to already, and whether it fills its box. */
  const isNear = (one, other) => Math.abs(one - other) < 1e-9;
  const isAt = (to, at) => {
    const [lng, lat] = Array.isArray(to) ? to : [to.lng ?? to.lon, to.lat];
    return isNear(lng, at.lng) && isNear(lat, at.lat);
  };
  const STANDS = { Center: isAt, Zoom: isNear, Bearing: isNear, Pitch: isNear };
  function fits(map) {
    const [canvas, box] = [map.getCanvas(), map.getContainer()];
    return canvas.clientWidth === box.clientWidth && canvas.clientHeight === box.clientHeight;
  }

  /* The colour of a number on a scale of flat steps, as `stepped` in map/fill.py makes them; null
     on any other scale. */
  function stepOf({ colorscale, zmin, zmax }, z) {
    const share = (z - zmin) / (zmax - zmin);
    const at = colorscale.findIndex(([edge], place) => place % 2 && share <= edge);
    return at > 0 && colorscale[at - 1][1] === colorscale[at][1] ? colorscale[at][1] : null;
  }

  /* The same as Plotly writes it. */
  function written(colour) {
    const hex = /^#(..)(..)(..)$/.exec(colour);
    return hex ? `rgb(${hex.slice(1).map((part) => parseInt(part, 16)).join(", ")})` : colour;
  }

  /* The areas of a trace in their colours; none where these cannot be dyed, as on a scale that is
     not of flat steps. */
  function coloured(map, id, trace) {
    if (!over.get(map)?.get(id)?.dyed || !Array.isArray(trace.colorscale)) return [];
    const colours = trace.z.map((z) => stepOf(trace, z));
    if (colours.includes(null)) return [];
    return trace.locations.map((code, at) => ({ id: code, properties: { fc: written(colours[at]) } }));
  }

  /* Dye the areas of a graph as a change of their trace has it: true if that can be done. */
  function colour(plot, change) {
    const [map, id] = [insides.maplibreOf(plot), insides.areasOf(plot, FILL)];
    const areas = coloured(map, id, { ...plot.data[FILL], ...change });
    dye(map, id, areas);
    return areas.length > 0;
  }

  /* The same before Plotly has worked through a figure, where that has the areas that are drawn: true
     if any has another colour now. */
  function ahead(map, id, drawn, trace) {
    const isSame = (name) => isLike(drawn?.[name], trace?.[name]);
    if (!["type", "geojson", "locations"].every(isSame) || (isSame("z") && isSame("colorscale"))) return false;
    const isOther = (area) => !hasState(map, { source: id, id: area.id }, "fc", area.properties.fc);
    const others = coloured(map, id, trace).filter(isOther);
    dye(map, id, others);
    return others.length > 0;
  }

  /* Leave areas a share of their opacity each, by code. */
  function fade(map, source, shares) {
    if (!over.get(map)?.has(source)) return;
    for (const [id, share] of shares) state(map, { source, id }, "share", share);
  }

  window.repaint = { FILL, standOver, stepOf, colour, ahead, fade };
})();
