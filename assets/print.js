/* What a page puts on paper that style sheets cannot: pictures of charts that scale to the sheet
   and are cut between rows where they are higher than it, the map, the whole of the grid, one list
   of the sources of a place, and the address and the day. All is made when printing begins and gone when it ends. */
(function () {
  "use strict";

  const SHEET = { width: 688, height: 860 }; // pixels between the margins of print.css, less a heading
  const root = document.documentElement;
  let undo = [];

  const element = (tag, className, inside = []) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...inside);
    return made;
  };

  function addPaper(beside, inside) {
    const made = element("div", "on-paper", inside);
    beside.after(made);
    undo.push(() => made.remove());
  }

  /* Inks of the dark theme, as "#dark#light #dark#light …", in those of the light one, as they
     may be written. */
  function inksOf(pairs) {
    const rgb = (ink) => `rgb(${[1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16)).join(", ")})`;
    const inks = pairs.split(" ").map((pair) => [pair.slice(0, 7), pair.slice(7)]);
    return Object.fromEntries(inks.flatMap(([dark, light]) => [[dark, light], [rgb(dark), light]]));
  }

  const lightened = (markup, inks) =>
    markup.replace(/rgb\(\d+, \d+, \d+\)|#[0-9a-f]{6}\b/gi, (colour) => inks[colour.toLowerCase()] || colour);

  /* Copies bring what they refer to along under names of their own: that of a drawing which is
     hidden would hide them too. */
  function copied(svg, copy, inks) {
    const own = (markup, name) => markup.replaceAll(name, (found, mark) => `${mark}paper-${copy}-`);
    return lightened(own(own(svg.outerHTML, /(\sid=["'])/g), /(url\((?:&quot;|["'])?#|\shref=["']#)/g), inks);
  }
  let copies = 0;

  /* Where a drawing is cut: after whole rows, into as many parts of about one height as fit two
     and two on a sheet; one part where it fits by itself. */
  function cuts({ width, height, rows }) {
    const fits = height * Math.min(1, SHEET.width / width) <= SHEET.height;
    if (fits || !rows) return [0, height];
    const least = (2 * height * Math.min(1, SHEET.width / 2 / width)) / SHEET.height;
    const parts = 2 * Math.ceil(least / 4);
    const after = (part) => rows.at + rows.step * Math.round(((height * part) / parts - rows.at) / rows.step);
    return Array.from({ length: parts + 1 }, (_, part) => (part === 0 ? 0 : part === parts ? height : after(part)));
  }

  function slice(drawing, top, bottom, inks) {
    const { width, svgs, photograph } = drawing;
    const made = element("div", "slice");
    copies += 1;
    made.style.setProperty("--w", width);
    made.style.setProperty("--h", bottom - top);
    if (photograph) made.append(photograph);
    for (const svg of svgs) {
      made.insertAdjacentHTML("beforeend", copied(svg, copies, inks));
      const copy = made.lastElementChild;
      copy.setAttribute("viewBox", `0 ${top} ${width} ${bottom - top}`);
      copy.removeAttribute("style");
    }
    return made;
  }

  function picture(plot, inks) {
    const drawing = insides.drawingOf(plot);
    if (!drawing) return;
    const at = cuts(drawing);
    const slices = at.slice(1).map((bottom, part) => slice(drawing, at[part], bottom, inks));
    if (slices.length === 1) addPaper(plot, slices);
    else addPaper(plot, slices.flatMap((_, at) => (at % 2 ? [] : [element("div", "halves", slices.slice(at, at + 2))])));
  }

  /* What all rows say alike stands once, above the table; what only a program reads is left out,
     and said to be. */
  function table(grid) {
    const shown = insides.gridOf(grid);
    if (!shown) return;
    const { names, heads, rows } = shown;
    const apart = (at) => names[at] === UNPRINTED || (rows.length > 1 && rows.every((row) => row[at] === rows[0][at]));
    const alike = names.flatMap((name, at) =>
      name !== UNPRINTED && apart(at) && rows[0][at] ? [`${heads[at]}: ${rows[0][at]}`] : []);
    const kept = (cells) => cells.filter((_, at) => !apart(at));
    const line = (tag, cells) => element("tr", "", kept(cells).map((words) => element(tag, "", [words])));
    addPaper(grid, [
      element("p", "", [alike.join(" · ")]),
      element("div", kept(names).length > FEW ? "" : "narrow", [element("table", "", [
        element("thead", "", [line("th", heads)]),
        element("tbody", "", rows.map((row) => line("td", row))),
      ])]),
      element("p", "", [document.querySelector(".printed").dataset.unprinted]),
    ]);
  }
  const UNPRINTED = "ingredients";
  const FEW = 4; // columns that stand two tables side by side

  function relight(mark, inks) {
    const { cssText } = mark.style;
    mark.style.cssText = lightened(cssText, inks);
    undo.push(() => { mark.style.cssText = cssText; });
  }

  /* Of so many clusters and parks as fit two sheets the first of each kind are named; their numbers
     stand beside the kinds. */
  function fewerSites(page, words) {
    const lists = [...page.querySelectorAll(".panel-sites :is(div.group, details.group[open]) > .sites")];
    const listed = (most) => lists.reduce((sum, { children }) => sum + Math.min(children.length, most), 0);
    let most = 12;
    while (most > 1 && listed(most) > SITES) most -= 1;
    const left = lists.flatMap((list) => [...list.children].slice(most));
    left.forEach((item) => { item.hidden = true; });
    undo.push(() => left.forEach((item) => { item.hidden = false; }));
    if (left.length) addPaper(lists.at(-1).parentElement, [element("p", "", [words.replace("{n}", most)])]);
  }
  const SITES = 8;

  /* The marks of a figure, "1–3,7,a": numbers stand for sources, letters for notes. */
  const spread = (mark, names) => {
    const [first, last = first] = mark.split("–").map((name) => names.indexOf(name));
    return names.slice(first, last + 1);
  };
  const marked = (sups, names) => new Set([...sups].flatMap((sup) =>
    sup.textContent.split(",").flatMap((mark) => spread(mark, names))));

  const LEFT_OUT = "[hidden], details.group:not([open])";
  const ON_PAPER = `sup:not(.panel-notes *, :is(${LEFT_OUT}) *)`;

  function renumbered(words, names, numbers) {
    const [own, others] = [[], []];
    for (const mark of words.split(",")) {
      if (/^\d/.test(mark)) own.push(...spread(mark, names).map((name) => numbers.get(name)));
      else others.push(mark);
    }
    const runs = [];
    for (const number of own.sort((a, b) => a - b)) {
      if (number === runs.at(-1)?.at(-1) + 1) runs.at(-1).push(number);
      else runs.push([number]);
    }
    return [...runs.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run)), ...others].join(",");
  }

  /* What stands behind many sources is said once. */
  function shortened(item, unsaid) {
    const words = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const node = words.currentNode;
      node.textContent = unsaid.reduce((told, one) => told.replace(one, ""), node.textContent);
    }
    return item;
  }

  /* The page of a place lists each source once, at its end, and all its panels count by that list;
     what only items left out have asked for is left out, too. */
  function sourcesOnce(page, { sources: title, unsaid, said }) {
    const told = new Map(); // words of a source → its number and the item that gives it
    for (const panel of page.querySelectorAll(".panel")) {
      const list = panel.querySelector(".panel-sources > ol");
      const notes = [...panel.querySelectorAll(".panel-notes > li")];
      const sources = list ? [...list.children] : [];
      const names = [...sources.map((_, at) => String(at + 1)), ...notes.map((note) => note.querySelector("sup").textContent)];
      const shown = marked(panel.querySelectorAll(ON_PAPER), names);
      const lost = marked(panel.querySelectorAll(`:is(${LEFT_OUT}) sup`), names);
      const kept = (name) => shown.has(name) || !lost.has(name);
      const dropped = notes.filter((_, at) => !kept(names[sources.length + at]));
      dropped.forEach((note) => { note.hidden = true; });
      undo.push(() => dropped.forEach((note) => { note.hidden = false; }));
      if (!list) continue;
      const numbers = new Map();
      sources.forEach((item, at) => {
        if (!kept(names[at])) return;
        const words = item.textContent;
        if (!told.has(words)) told.set(words, { number: told.size + 1, item });
        numbers.set(names[at], told.get(words).number);
      });
      const fold = list.parentElement;
      fold.hidden = true;
      undo.push(() => { fold.hidden = false; });
      for (const mark of panel.querySelectorAll(ON_PAPER)) {
        const before = mark.textContent;
        mark.textContent = renumbered(before, names, numbers);
        undo.push(() => { mark.textContent = before; });
      }
    }
    if (!told.size) return;
    const items = [...told.values()].map(({ item }) => shortened(item.cloneNode(true), unsaid.split("|")));
    addPaper(page.querySelector(".panels").lastElementChild, [
      element("section", "panel", [
        element("div", "panel-sources", [element("b", "", [title]), element("ol", "", items), element("span", "", [" ", said])]),
      ]),
    ]);
  }

  function begin() {
    end();
    const printed = document.querySelector(".printed");
    if (!printed) return;
    const dark = root.dataset.mantineColorScheme === "dark";
    const inks = dark ? inksOf(printed.dataset.inks) : {};
    printed.querySelector(".printed-address").textContent = location.href;
    printed.querySelector(".printed-date").textContent = new Date().toLocaleDateString("sv");
    insides.plots().forEach((plot) => picture(plot, inks));
    document.querySelectorAll(".data-table .grid").forEach(table);
    for (const page of document.querySelectorAll(".page-place")) {
      fewerSites(page, printed.dataset.sites);
      sourcesOnce(page, printed.dataset);
    }
    if (dark) document.querySelectorAll(".panel .key i, .panel .bars i").forEach((mark) => relight(mark, inks));
    root.classList.add("pictured");
    undo.push(() => root.classList.remove("pictured"));
  }

  function end() {
    undo.splice(0).reverse().forEach((step) => step());
  }

  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
})();
