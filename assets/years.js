/* The slider of years. All years of the indicator come at once when the reader turns to the slider
   or plays them; while it moves, map, legend and year follow from them and nothing is asked. The
   address, and what else the page says, follows when it is let go or stands still. */
(function () {
  "use strict";

  const PACE = 1200; // milliseconds that a year is shown for while the years are played
  let asked = ""; // what was asked for last: page, address without its year, theme
  let held = null; // what came of it: what each year moves, by its place on the slider
  let moved = null; // where the slider stands while it is held or played, and the view it is of
  let pressed = false;
  let played = null; // while the years are played: the year shown, the view it is of, the timer

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
    if (played && held) step();
  }

  /* An answer that comes after the address has changed may be of either. */
  addEventListener("moved", () => {
    if (!held) asked = "";
    if (asked !== subject()) halt();
  });

  /* Show a year from what is held; the areas of MapLibre's map are dyed where they lie. */
  function show(at) {
    const one = asked === subject() && held?.[at];
    if (!one) return;
    const path = document.querySelector(".page").dataset.path;
    dash_clientside.set_props("year-shown", { children: one.year });
    dash_clientside.set_props("described", { data: { path, legend: one.legend } });
    const plot = insides.plotOf("map");
    const { FILL } = repaint;
    const isDyed = repaint.colour(plot, one.traces[FILL]);
    const { [FILL]: shown, ...others } = one.traces;
    const traces = isDyed ? others : one.traces;
    if (Object.keys(traces).length) dash_clientside.set_props("recoloured", { data: { path, traces } });
  }

  /* The slider stands at a year: true while it is held or played, so that the address is not to
     follow yet. */
  function at(year, view) {
    const isHeld = pressed || played !== null;
    moved = isHeld ? { year, view } : null;
    show(year);
    return isHeld;
  }

  /* What was shown last is what the address is to say. */
  function settle() {
    const last = moved;
    moved = null;
    if (last) dash_clientside.atlas.choose(last.year, "year", last.view);
  }

  /* Show one year after the other from the one shown, or from the first where that is the last. */
  function play(clicks, year, view) {
    if (!clicks) return;
    if (played) {
      stop();
      return;
    }
    played = { year, view, timer: 0 };
    document.getElementById("play").setAttribute("aria-pressed", "true");
    ask();
    if (held) step();
  }

  function step() {
    const years = asked === subject() ? Object.keys(held).map(Number).sort((a, b) => a - b) : [];
    const later = years.find((year) => year > played.year);
    const next = later ?? (moved ? undefined : years[0]);
    if (next === undefined) {
      stop();
      return;
    }
    played.year = next;
    moved = { year: next, view: played.view };
    dash_clientside.set_props("year", { value: next });
    const isLast = next === years.at(-1);
    played.timer = setTimeout(isLast ? stop : step, isLast ? 0 : PACE);
  }

  /* Play no longer; what is shown stays. */
  function halt() {
    clearTimeout(played?.timer);
    played = null;
    document.getElementById("play")?.setAttribute("aria-pressed", "false");
  }
  function stop() {
    halt();
    settle();
  }

  const slider = ({ target }) => target.closest?.("#year"); // on pages that have it only
  for (const turn of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(turn, (event) => {
      if (!slider(event)) return;
      pressed ||= turn === "pointerdown";
      if (pressed) halt();
      ask();
    }, true);
  }
  addEventListener("keydown", (event) => { if (played && slider(event)) stop(); }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      const wasPressed = pressed;
      pressed = false;
      if (wasPressed) settle();
    }, true);
  }

  window.years = { at };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { years: { take, play } });
})();
