/* The table beside each figure: the rows of its record, as the server lays them out. It is asked
   for when the reader unfolds it, and again when the figure is drawn anew. */
(function () {
  "use strict";

  const NUMBER = /^[+−–-]?[\d,.]*$/;

  function element(tag, inside, attributes = {}) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...inside);
    return made;
  }

  /* A number of the catalogue is one that origin.js lets ask where it comes from. */
  function written([words, figure], title) {
    if (!figure) return words;
    const made = element("button", [words], { type: "button", className: "origin", title });
    made.dataset.figure = figure;
    return made;
  }

  function table({ head, body }, ask) {
    const numeric = head.map((_, at) => at && body.every((row) => NUMBER.test(row[at][0])));
    const kind = (at) => ({ className: numeric[at] ? "num" : "" });
    const heads = head.map((word, at) => element("th", [word], { scope: "col", ...kind(at) }));
    const lines = body.map(([[name], ...cells]) => element("tr", [
      element("th", [name], { scope: "row" }),
      ...cells.map((cell, at) => element("td", [written(cell, ask)], kind(at + 1))),
    ]));
    return element("table", [
      element("thead", [element("tr", heads)]), element("tbody", lines),
    ]);
  }

  /* `asked` is what was asked for last: an answer that comes late stands over no newer one, and
     what stands already is not written again under the reader's hand. */
  async function write(fold) {
    const { page, chart, ask, failed } = fold.dataset;
    const asked = `${dash_clientside.atlas.home}/rows/${page}/${chart}${location.search}`;
    if (fold.dataset.asked === asked) return;
    fold.dataset.asked = asked;
    let told = null;
    try {
      const answer = await fetch(asked);
      if (answer.ok) told = await answer.json();
    } catch { /* said in the table's place */ }
    if (fold.dataset.asked !== asked) return;
    if (!told) {
      fold.dataset.asked = "";
      told = { caption: failed, body: [], more: "" };
    }
    const line = (words) => (words ? [element("p", [words])] : []);
    const shown = told.body.length ? [table(told, ask)] : [];
    fold.lastElementChild.replaceChildren(...line(told.caption), ...shown, ...line(told.more));
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".as-table[data-of]") && target.open) write(target);
  }, true);
  document.addEventListener("drawn", ({ target }) => {
    const id = target.closest("[id]")?.id;
    if (id) document.querySelectorAll(`.as-table[open][data-of="${id}"]`).forEach(write);
  });
})();
