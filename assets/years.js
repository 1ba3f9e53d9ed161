/* The slider of years. All years of the indicator come at once when the reader turns to the slider;
   while it is moved, map, legend and year follow from them and nothing is asked. The address, and
   what else the page says, follows when it is let go. */
(function () {
  "use strict";

  let asked = ""; // what was asked for last: page, address without its year, theme
  let held = null; // what came of it: what each year moves, by its place on the slider
  let moved = null; // where the slider stands while a reader holds it, and the view it is of
  let pressed = false;

  /* What the years belong to: they are of no use where anything else has changed. */
  function subject() {
    const now = new URLSearchParams(location.search);
    for (const name of ["year", "regions"]) now.delete(name);
    return [location.pathname, now, document.documentElement.dataset.mantineColorScheme].join(" ");
  }

  function ask() {
    if (asked === subject()) return;
    [asked, held] = [subject(), null];
    dash_clientside.set_props("years-asked", { data: asked });
  }

  function take(told) {
    if (asked) held = told;
    if (moved) show(moved.year);
  }

  /* An answer that comes after the address has changed may be of either. */
  addEventListener("moved", () => { if (!held) asked = ""; });

  /* Show a year from what is held; the areas of MapLibre's map are dyed where they lie. */
  function show(at) {
    const one = asked === subject() && held?.[at];
    if (!one) return;
    const path = document.querySelector(".page").dataset.path;
    dash_clientside.set_props("year-shown", { children: one.year });
    dash_clientside.set_props("described", { data: { path, legend: one.legend } });
    const plot = insides.plotOf("map");
    const { FILL } = repaint;
    const areas = { ...plot.data[FILL], ...one.traces[FILL] };
    const isDyed = repaint.colour(insides.maplibreOf(plot), insides.areasOf(plot, FILL), areas);
    const { [FILL]: shown, ...others } = one.traces;
    const traces = isDyed ? others : one.traces;
    if (Object.keys(traces).length) dash_clientside.set_props("recoloured", { data: { path, traces } });
  }

  /* The slider stands at a year: true while it is held, so that the address is not to follow yet. */
  function at(year, view) {
    moved = pressed ? { year, view } : null;
    show(year);
    return pressed;
  }

  const slider = ({ target }) => target.closest?.("#year"); // on pages that have it only
  for (const turn of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(turn, (event) => {
      if (!slider(event)) return;
      pressed ||= turn === "pointerdown";
      ask();
    }, true);
  }
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      const last = moved;
      [pressed, moved] = [false, null];
      if (last) dash_clientside.atlas.choose(last.year, "year", last.view);
    }, true);
  }

  window.years = { at };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { years: { take } });
})();
