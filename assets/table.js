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
    /* A line has stops enough where its numbers can be asked; a table of counties has 199 lines. */
    const named = ([name, page], cells) => {
      const tabIndex = cells.some(([, figure]) => figure) ? -1 : 0;
      return page ? element("a", [name], { href: page, tabIndex }) : name;
    };
    const lines = body.map(([name, ...cells]) => element("tr", [
      element("th", [named(name, cells)], { scope: "row" }),
      ...cells.map((cell, at) => element("td", [written(cell, ask)], kind(at + 1))),
    ]));
    return element("table", [
      element("thead", [element("tr", heads)]), element("tbody", lines),
    ]);
  }

  /* The same rows, unrounded and all of them, each figure with its sources. */
  function files({ page, chart }, search) {
    const links = ["csv", "xlsx"].map((kind) => element("a", [kind.toUpperCase()], {
      href: `${dash_clientside.atlas.home}/export/${page}/${chart}.${kind}${search}`,
    }));
    return element("p", links, { className: "downloads" });
  }

  /* What stands already is not written again under the reader's hand. */
  async function write(fold, search = location.search) {
    const { page, chart, ask } = fold.dataset;
    const asked = `${dash_clientside.atlas.home}/rows/${page}/${chart}${search}`;
    if (fold.dataset.asked === asked) return;
    fold.dataset.asked = asked;
    const answer = await asking.read(asked, fold.lastElementChild, fold);
    if (!answer) return;
    const told = await answer.json();
    const line = (words) => (words ? [element("p", [words])] : []);
    const shown = told.body.length ? [table(told, ask), files(fold.dataset, search)] : [];
    fold.lastElementChild.replaceChildren(...line(told.caption), ...shown, ...line(told.more));
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".as-table[data-of]") && target.open) write(target);
  }, true);
  document.addEventListener("drawn", ({ target }) => {
    const id = target.closest("[id]")?.id;
    if (id) document.querySelectorAll(`.as-table[open][data-of="${id}"]`).forEach((fold) => write(fold));
  });
  /* That of the map stands beside it, and is true even where the map did not come. */
  addEventListener("moved", ({ detail }) => {
    document.querySelectorAll('.as-table[open][data-of="map"]').forEach((fold) => write(fold, detail));
  });
})();
