/* Every place where the atlas leans on the insides of Plotly, MapLibre, Dash and AG Grid, which
   their authors may change without a word: one function for each, driven by a test of its own
   (tests/browser/test_insides.py), so that an upgrade fails there. Other scripts use these alone. */
(function () {
  "use strict";

  const GRAPH = ".js-plotly-plot"; // the element that Plotly keeps a figure in

  /* The graph within the component of Dash that has this id. */
  const plotOf = (id) => document.querySelector(`#${id} ${GRAPH}`);

  /* The layout as Plotly completed it: with what a figure leaves out, and where it was moved to. */
  const layoutOf = (plot) => plot?._fullLayout;

  /* An attribute of the completed layout by its dotted name. */
  const valueOf = (plot, name) =>
    name.split(".").reduce((part, key) => part && part[key], layoutOf(plot));

  /* What Plotly draws a map of MapLibre's by; none where vectors are drawn. */
  const tilesOf = (plot) => layoutOf(plot)?.map?._subplot;

  /* The MapLibre map below a map of Plotly's; none where vectors are drawn. */
  function maplibreOf(plot) {
    const map = tilesOf(plot)?.map;
    return map?.style ? map : undefined; // it has no style while it has nothing to draw with
  }

  /* Take a map of MapLibre's off the page, so that Plotly makes another when it draws next. One that
     has nothing to draw with would fail over clearing up after itself. */
  function abandon(plot) {
    const map = layoutOf(plot)?.map;
    if (!map?._subplot) return;
    if (maplibreOf(plot)) map._subplot.destroy();
    else for (const step of [...MAP_STEPS, "resize"]) map._subplot[step] = () => {};
    map._subplot.div.remove();
    delete map._subplot;
  }

  /* The files that a figure names: their addresses, whether Plotly holds them, how it is given them. A
     source of MapLibre's is fetched by itself, from what the browser then has. */
  function geometryOf({ data = [], layout = {}, config = {} } = {}) {
    const held = window.PlotlyGeoAssets;
    const of = (kept, name, url) => ({
      url, held: Boolean(kept[name]), keep: (found) => { kept[name] = found; },
    });
    const areas = data.map(({ geojson }) => geojson).filter((one) => typeof one === "string");
    const drawn = (layout.map?.layers || []).filter(({ sourcetype }) => sourcetype !== "image");
    const sheets = drawn.map(({ source }) => source);
    const urls = new Set([...areas, ...sheets.filter((one) => typeof one === "string")]);
    const files = [...urls].map((url) => of(held, url, url));
    const world = layout.geo ? [of(held.topojson, WORLD, `${config.topojsonURL}${WORLD}.json`)] : [];
    return [...files, ...world];
  }
  const WORLD = "world_110m"; // as Plotly calls the coasts that a map of vectors asks for

  /* Have each trace of a map of MapLibre's drawn at the place that its figure names. Plotly forgets the
     place of a trace that has nothing to show, puts it where the one before it is, and then takes
     off the layers of both and puts them back whenever anything changes; and all of them once,
     after they were made. */
  function keepPlaces(plot) {
    const map = tilesOf(plot);
    if (!map || Object.hasOwn(map, "fillBelowLookup")) return;
    const { fillBelowLookup } = map;
    map.fillBelowLookup = (drawn, layout) => {
      for (const [uid, trace] of Object.entries(map.traceHash)) trace.below ??= map.belowLookup[`trace-${uid}`];
      for (const [{ trace }] of drawn) trace.below ??= trace._input.below;
      fillBelowLookup.call(map, drawn, layout);
    };
  }

  /* Have Plotly wait for the next frame of a map of MapLibre's only where one is to come: where nothing
     on it has changed, none is. */
  function expectNoFrame(plot) {
    const map = tilesOf(plot);
    if (!map || Object.hasOwn(map, "resolveOnRender")) return;
    const { resolveOnRender } = map;
    map.resolveOnRender = (done) => (map.map.loaded() ? setTimeout(done) : resolveOnRender.call(map, done));
  }

  /* Whether a map of MapLibre's has all that it shows, and no frame to draw. */
  const rests = (map) => map.loaded() && !map._frameRequest;

  /* Have names stand at once: MapLibre would let them appear over a third of a second, drawing all of
     the map again and again, and Plotly does not pass on what it is told of that. */
  const showNamesAtOnce = (map) => { map._fadeDuration = 0; };

  /* The layer of MapLibre that holds the circles of a trace. */
  const circlesOf = (plot, trace) => `plotly-trace-layer-${plot._fullData?.[trace]?.uid}-circle`;

  /* The source of MapLibre's that holds the areas of a trace. */
  const areasOf = (plot, trace) => `source-${plot._fullData?.[trace]?.uid}`;

  /* The layers of MapLibre's that hold them, and the lines around them. */
  const fillsOf = (plot, trace) => `plotly-trace-layer-${plot._fullData?.[trace]?.uid}-fill`;
  const linesOf = (plot, trace) => `plotly-trace-layer-${plot._fullData?.[trace]?.uid}-line`;

  /* The areas of a file that Plotly holds, by their codes; none of a file that it does not hold. */
  const areasIn = (file, codes) =>
    (window.PlotlyGeoAssets?.[file]?.features || []).filter(({ id }) => codes.includes(id));

  /* Draw the lines of a trace of areas in a pattern of pixels; MapLibre counts in widths of the line. */
  function dashAreas(plot, trace, pattern, width) {
    const uid = plot._fullData?.[trace]?.uid;
    const [map, layer] = [maplibreOf(plot), linesOf(plot, trace)];
    if (map?.getLayer(layer)) map.setPaintProperty(layer, "line-dasharray", pattern.map((one) => one / width));
    for (const group of map ? [] : plot.querySelectorAll(".choroplethlayer .trace")) {
      if (group.__data__?.[0]?.trace.uid === uid) group.style.strokeDasharray = pattern.join(" ");
    }
  }

  /* Where a place stands on a map, in pixels from the top left corner of its graph. */
  function pixelOf(plot, [lng, lat]) {
    const map = maplibreOf(plot);
    if (map) return map.project([lng, lat]);
    const [x, y] = layoutOf(plot).geo._subplot.projection([lng, lat]) || [-1, -1];
    return { x, y };
  }

  /* Let maps of vectors fill their boxes: Plotly cuts them off at the area that they are fitted to. */
  function fillBoxes(plot) {
    for (const map of mapsOf(plot, "geo")) {
      if (map.fills) continue;
      map.fills = true;
      const { updateProjection } = map;
      map.updateProjection = (data, layout) => {
        const failed = updateProjection.call(map, data, layout);
        if (failed) return failed;
        const { _size: { l, t, w, h }, [map.id]: { domain: { x, y } } } = layout;
        map.bounds = [[l + w * x[0], t + h * (1 - y[1])], [l + w * x[1], t + h * (1 - y[0])]];
        map.projection.clipExtent([map.bounds[0].map((at) => at - EDGE), map.bounds[1].map((at) => at + EDGE)]);
        return failed;
      };
    }
  }
  const EDGE = 12; // pixels beyond a box in which lines end, so that none runs along its sides
  const mapsOf = (plot, kind) => {
    const layout = layoutOf(plot);
    return (layout?._subplots?.[kind] || []).map((id) => layout[id]?._subplot).filter(Boolean);
  };

  /* Move a map as the reader's hand does: Plotly and Dash hear of it at once and keep it. A
     relayout reports only when it has drawn, and by then they may hold another figure. */
  const moveByHand = (plot, view) => maplibreOf(plot).jumpTo(view, { originalEvent: {} });

  /* The same on the way, for a short while; MapLibre leaps where the reader wants no motion. */
  const travelByHand = (plot, view) => maplibreOf(plot).easeTo({ ...view, duration: 450 }, { originalEvent: {} });

  /* The shapes of areas that a map of vectors has drawn for a trace, each with its code. */
  function shapesOf(plot, trace) {
    const group = plot.querySelectorAll(".choroplethlayer > .trace")[trace];
    return [...(group?.children || [])].map((path) => [String(path.__data__.loc), path]);
  }

  /* The bars and points that a chart has drawn, each with what it says of itself by `customdata`. */
  const marksOf = (plot) => [...plot.querySelectorAll(".trace .point")].map((mark) => {
    const { trace } = mark.closest(".trace").__data__[0];
    return [trace.customdata?.[mark.__data__.i], mark];
  });

  /* What MapLibre says to one finger that would move a map. */
  function sayToOneFinger(map, words) {
    map._locale["CooperativeGesturesHandler.MobileHelpText"] = words;
  }

  /* Return what stops all that the maps of a graph may still be about to draw: MapLibre's wait for
     ever, one of vectors gives up with `reason`. */
  function stopOf(plot, reason) {
    const [tiles, vectors] = ["map", "geo"].map((kind) => mapsOf(plot, kind));
    return () => {
      for (const map of tiles) for (const step of MAP_STEPS) map[step] = () => {};
      for (const map of vectors) map.update = () => { throw reason; };
    };
  }
  const MAP_STEPS = ["fillBelowLookup", "updateData", "updateLayout", "resolveOnRender"];

  /* The properties that a component has now, whatever callbacks may still hear of them; none where
     it is not on the page. */
  const propsOf = (id) =>
    id in window.store.getState().paths.strs ? dash_component_api.getLayout(id).props : undefined;

  /* Whether a component is on the page and lies within another one, by their ids. */
  function isWithin(id, other) {
    const { [id]: inner = [], [other]: outer = [null] } = window.store.getState().paths.strs;
    return inner.length > outer.length && outer.every((step, at) => step === inner[at]);
  }

  /* The values of all controls that are on the page now, as JSON, by the ids of their components. */
  const valuesNow = () => Object.fromEntries(Object.keys(window.store.getState().paths.strs)
    .map((id) => [id, propsOf(id)?.value])
    .filter(([, value]) => value !== undefined)
    .map(([id, value]) => [id, JSON.stringify(value)]));

  /* The component and property that a clientside callback of Dash was run for. */
  const askedBy = () => dash_clientside.callback_context.triggered[0].prop_id.split(".")[0];

  /* What a request of Dash's asks for: a key that is its own, the id of the component that the answer
     is for ("" for what the page itself is made of), and what it says beside the address; null for
     any other request. */
  function questionOf(url, options) {
    const path = new URL(url, location.href).pathname;
    if (/_dash-(layout|dependencies)$/.test(path)) return { key: path, id: "" };
    return path.endsWith("_dash-update-component") ? saidBy(JSON.parse(options.body)) : null;
  }
  function saidBy({ output, inputs, state = [] }) {
    const others = [...inputs, ...state].filter(({ id }) => !/^(url$|part-)/.test(id));
    const beside = JSON.stringify(others.map(({ id, value }) => [id, value]));
    return { key: output, id: output.replace(/^\.\./, "").split(".")[0], beside };
  }

  /* The same request put for another address: callbacks read it from the state of `url`. */
  function putAt(options, address) {
    if (!options?.body) return options;
    const asked = JSON.parse(options.body);
    for (const one of asked.state || []) if (one.id === "url") one.value = address[one.property];
    return { ...options, body: JSON.stringify(asked) };
  }

  /* The requests that Dash will put for what is on the page once these components have changed, at an
     address that it has not heard of yet, each with what `questionOf` tells of it. */
  function questionsFor(changed, address) {
    const { graphs: { inputMap }, config } = window.store.getState();
    const url = `${config.requests_pathname_prefix}_dash-update-component`;
    const headers = { "Content-Type": "application/json" };
    const valued = (one) =>
      ({ ...one, value: one.id === "url" ? address[one.property] : propsOf(one.id)?.[one.property] });
    const isAsked = ({ clientside_function: inBrowser, outputs }) =>
      !inBrowser && outputs.length && outputs.every(({ id }) => propsOf(id));
    const heard = new Set(changed.flatMap((id) => Object.values(inputMap[id] || {}).flat()));
    return [...heard].filter(isAsked).map(({ output, outputs, inputs, state }) => {
      const told = outputs.map(({ id, property }) => ({ id, property }));
      const asked = {
        output, outputs: output.startsWith("..") ? told : told[0],
        inputs: inputs.map(valued), changedPropIds: [], state: state.map(valued),
      };
      return { ...saidBy(asked), url, options: { method: "POST", headers, body: JSON.stringify(asked) } };
    });
  }

  /* All graphs on the page. */
  const plots = () => [...document.querySelectorAll(GRAPH)];

  /* What a graph has drawn, for a picture of it: its size in pixels, its layers, a photograph of
     the map below them, and where its rows begin and how high one is, if it has rows of names. */
  function drawingOf(plot) {
    const layout = layoutOf(plot);
    if (!layout) return null;
    const { width, height, yaxis, meta } = layout;
    const svgs = [...plot.querySelectorAll(".main-svg")].filter((svg) => !svg.querySelector(".hoverlayer *"));
    const map = maplibreOf(plot);
    const named = yaxis?._categories?.length || meta?.rows;
    const rows = named ? { at: yaxis._offset, step: yaxis._length / named } : null;
    return { width, height, svgs, rows, photograph: map && photographOf(map) };
  }

  /* WebGL keeps no picture: it is drawn again and copied within one breath, finer than a screen. */
  function photographOf(map) {
    const ratio = map.getPixelRatio();
    map.setPixelRatio(Math.max(FINE, ratio));
    map.redraw();
    const from = map.getCanvas();
    const copy = Object.assign(document.createElement("canvas"), { width: from.width, height: from.height });
    copy.getContext("2d").drawImage(from, 0, 0);
    map.setPixelRatio(ratio);
    map.redraw();
    return copy;
  }
  const FINE = 2.5;

  /* What AG Grid lists, as filtered and sorted, below the rows that it pins: the names of the
     columns, their heads, and the words of each row. */
  function gridOf(box) {
    const api = window.dash_ag_grid?.getApi?.(box.id);
    if (!api) return null;
    const columns = api.getAllDisplayedColumns();
    const words = (rowNode) =>
      columns.map((colKey) => String(api.getCellValue({ rowNode, colKey, useFormatter: true }) ?? ""));
    const rows = Array.from({ length: api.getPinnedTopRowCount() }, (_, at) => words(api.getPinnedTopRow(at)));
    api.forEachNodeAfterFilterAndSort((node) => rows.push(words(node)));
    const heads = columns.map((column) => api.getDisplayNameForColumn(column, null));
    return { names: columns.map((column) => column.getColId()), heads, rows };
  }

  /* The cell of AG Grid's column of values that an element is in. */
  const valueCellOf = (element) => element.closest?.('.ag-cell[col-id="value"]');

  /* What a cell's row says in a column. */
  const saidInRow = (cell, column) =>
    cell.closest(".ag-row").querySelector(`[col-id="${column}"]`)?.textContent.trim() || "";

  window.insides = {
    plotOf, layoutOf, valueOf, maplibreOf, abandon, geometryOf, circlesOf, areasOf, fillsOf, linesOf, areasIn,
    pixelOf, dashAreas, fillBoxes,
    moveByHand, travelByHand, shapesOf, marksOf, sayToOneFinger, keepPlaces,
    expectNoFrame, showNamesAtOnce, rests, stopOf, propsOf, isWithin, valuesNow, askedBy, questionOf, questionsFor,
    putAt, valueCellOf,
    saidInRow, plots, drawingOf, gridOf,
  };
})();
