/* The drawer that tells where a number comes from: a click on a number asks, the answer opens it.
   It is the browser's own dialog, which keeps Tab inside, closes by Escape and gives the focus
   back. */
(function () {
  "use strict";

  const drawer = () => document.getElementById("origin");
  let asked = false;

  function ask(figure) {
    asked = true;
    dash_clientside.set_props("origin-asked", { data: { figure } });
  }

  /* A row of the grid says its place and its year in cells of its own; the indicator is that of
     the address. */
  function ofRow(cell) {
    const [code, year] = ["code", "year"].map((name) => insides.saidInRow(cell, name));
    return code ? ["", code, year].join("|") : "";
  }

  document.addEventListener("click", ({ target }) => {
    if (!target.closest) return;
    const number = target.closest("[data-figure]");
    const cell = insides.valueCellOf(target);
    if (number) ask(number.dataset.figure);
    else if (cell && ofRow(cell)) ask(ofRow(cell));
    else if (target.closest(".origin-close") || target === drawer()) drawer()?.close();
  });

  /* A click on a mark asks for its figure, unless it selects the place. */
  function ofMark({ points: [point] }) {
    const figure = point.data.meta?.[point.pointNumber];
    if (figure && !dash_clientside.atlas.selects(point)) ask(figure);
  }

  document.addEventListener("drawn", ({ target }) => {
    target.removeListener("plotly_click", ofMark);
    target.on("plotly_click", ofMark);
  });

  document.addEventListener("keydown", ({ key, target }) => {
    const cell = key === "Enter" && insides.valueCellOf(target);
    if (cell && ofRow(cell)) ask(ofRow(cell));
  });

  /* The address has changed below an open drawer: what it tells may be in another language. */
  addEventListener("popstate", () => drawer()?.close());

  function open() {
    const box = drawer();
    if (!asked || !box) return;
    if (!box.open) {
      box.showModal();
      box.addEventListener("close", () => { asked = false; }, { once: true });
    }
    box.scrollTop = 0;
  }
  /* What keeps the reader waiting, or has failed, says so in the drawer. */
  document.addEventListener("asking", ({ target }) => { if (target.id === "origin-card") open(); });

  function show(card) {
    if (card) open();
    asked = false;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { origin: { show } });
})();
