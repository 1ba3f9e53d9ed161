/* The table beside each figure. Its rows are what the figure itself says of each of its marks
   where it is pointed at, so that both always agree; it is written when the reader unfolds it, and
   again when the figure is drawn anew. What a label sets between <span> and </span> is a figure of
   the catalogue, which the trace names in `meta`: it becomes a number that origin.js lets ask. */
(function () {
  "use strict";

  const place = document.createElement("template");
  const [OPEN, CLOSE] = ["\u0001", "\u0002"]; // around a number that can be asked, in plain words

  function plain(label) {
    place.innerHTML = label.replaceAll("<span>", OPEN).replaceAll("</span>", CLOSE);
    return place.content.textContent.trim();
  }

  function written(value, format) {
    const rule = /^(,?)(?:\.(\d)f)?$/.exec(format || "");
    if (!format || !rule || typeof value !== "number") return value ?? "";
    const digits = Number(rule[2] || 0);
    const how = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return value.toLocaleString("en-US", { ...how, useGrouping: Boolean(rule[1]) });
  }

  const filled = (pattern, trace, at) =>
    pattern.replace(/%\{(\w+)(?:\[(\d+)\])?(?::([^}]+))?\}/g, (_, key, part, format) => {
      const found = trace[key] && trace[key][at];
      return written(part === undefined || !found ? found : found[part], format);
    });

  /* What is shown where a mark is pointed at, or written beside it where nothing is. */
  function label(trace, at) {
    const told = trace.hovertemplate;
    if (told) {
      const name = told.includes("<extra>") || !trace.name ? "" : trace.name + "<br>";
      return name + filled(told.replace(/<extra>.*<\/extra>/, ""), trace, at);
    }
    if (trace.hovertext) return trace.hovertext[at];
    return trace.texttemplate ? trace.y[at] + "<br>" + filled(trace.texttemplate, trace, at) : "";
  }

  /* A label of several lines has a cell for each; one of a single line is cut where it pauses. */
  function cells(told) {
    const lines = String(told || "").split("<br>").flatMap((line) => plain(line).split(/\s{2,}(?:· )?/));
    const said = lines.filter(Boolean);
    const pause = said.length === 1 && /^([^：:]+)(?:：|: )(.+)$/.exec(said[0]);
    return pause ? [pause[1], pause[2]] : said;
  }

  /* The names of the figures of a mark, in the order in which its label has them; "" where the
     catalogue has none. */
  const figures = (trace, at) =>
    [trace.meta || []].flat().map((name) => filled(name, trace, at)).map((name) =>
      name.split("|").every(Boolean) ? name : "");

  const marks = (trace) => (trace.locations || trace.lat || trace.y || []).length;

  function listed(traces) {
    const rows = new Map();
    for (const trace of traces) {
      if (trace.hoverinfo === "skip" || trace.visible === false) continue;
      for (let at = 0; at < marks(trace); at += 1) {
        if (trace.y && trace.y[at] === null) continue;
        const row = cells(label(trace, at));
        // A mark that says nothing but its name is no figure.
        if (row.length < 2 && !/\d/.test(row[0] || "")) continue;
        const names = figures(trace, at);
        rows.set([...row, ...names].join("\n"), [row, names]);
      }
    }
    const found = [...rows.values()];
    return { head: [], rows: found.map(([row]) => row), names: found.map(([, of]) => of) };
  }

  /* A matrix is a table already. */
  function matrix(trace, layout) {
    const names = (axis, n) => layout[axis].ticktext || trace[axis[0]] || [...Array(n).keys()];
    const format = (/%\{z:([^}]+)\}/.exec(trace.hovertemplate || "") || [])[1];
    const head = ["", ...names("xaxis", trace.z[0].length)];
    const of = names("yaxis", trace.z.length);
    const rows = trace.z.map((line, at) => [of[at], ...line.map((z) => String(written(z, format)))]);
    return { head: head.map(plain), rows: rows.map((row) => row.map(plain)) };
  }

  function element(tag, inside, attributes = {}) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...inside);
    return made;
  }

  function table({ head, rows, names = [] }, ask) {
    const heads = head.map((word) => element(word ? "th" : "td", [word], word ? { scope: "col" } : {}));
    const lines = rows.map((row, at) => {
      const left = [...(names[at] || [])];
      const [first, ...rest] = row.map((cell) => inside(cell, left, ask));
      return element("tr", [
        element("th", first, { scope: "row" }), ...rest.map((cell) => element("td", cell)),
      ]);
    });
    const top = head.length ? [element("thead", [element("tr", heads)])] : [];
    return element("table", [...top, element("tbody", lines)]);
  }

  /* The words of a cell, its numbers with what they can be asked by; `left` are the names of those
     that the row still has to come. */
  function inside(cell, left, title) {
    return cell.split(/[\u0001\u0002]/).map((words, at) => {
      const figure = at % 2 ? left.shift() : "";
      if (!figure || !/\d/.test(words)) return words;
      const made = element("button", [words], { type: "button", className: "origin", title });
      made.dataset.figure = figure;
      return made;
    });
  }

  /* The rows of the record of a chart, as the server lays them out; `own` is what the browser was
     asked for last, so that an answer that comes late does not stand over a newer one. */
  async function fetched(twin) {
    const box = twin.lastElementChild;
    const own = `/rows/${twin.dataset.page}/${twin.dataset.chart}${location.search}`;
    twin.dataset.asked = own;
    let told = { caption: twin.dataset.failed, head: [], body: [], more: "" };
    try {
      const answer = await fetch(own);
      if (answer.ok) told = await answer.json();
    } catch { /* said in the table's place */ }
    if (twin.dataset.asked !== own) return;
    const line = (words) => (words ? [element("p", [words])] : []);
    const cells = told.body.map((row) => row.map(([words, figure]) => (
      figure ? [number(words, figure, twin.dataset.ask)] : [words]
    )));
    const numeric = told.head.map((_, at) => told.body.every((row) => /^[+−–-]?[\d,.]*$/.test(row[at][0])));
    const kind = (at) => ({ className: at && numeric[at] ? "num" : "" });
    const lines = cells.map(([first, ...rest]) => element("tr", [
      element("th", first, { scope: "row" }), ...rest.map((cell, at) => element("td", cell, kind(at + 1))),
    ]));
    const heads = told.head.map((word, at) => element("th", [word], { scope: "col", ...kind(at) }));
    const table = element("table", [
      element("thead", [element("tr", heads)]), element("tbody", lines),
    ]);
    box.replaceChildren(...line(told.caption), ...(lines.length ? [table] : []), ...line(told.more));
  }

  function number(words, figure, title) {
    const made = element("button", [words], { type: "button", className: "origin", title });
    made.dataset.figure = figure;
    return made;
  }

  function write(twin) {
    if (twin.dataset.chart) {
      fetched(twin);
      return;
    }
    const plot = insides.plotOf(twin.dataset.of);
    if (!plot || !plot.data) return;
    const heat = plot.data.find((trace) => trace.type === "heatmap");
    const shown = heat ? matrix(heat, plot.layout) : listed(plot.data);
    twin.lastElementChild.replaceChildren(table(shown, twin.dataset.ask));
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".twin[data-of]") && target.open) write(target);
  }, true);
  document.addEventListener("drawn", ({ target }) => {
    const id = target.closest("[id]")?.id;
    if (id) document.querySelectorAll(`.twin[open][data-of="${id}"]`).forEach(write);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { twin: { figures } });
})();
