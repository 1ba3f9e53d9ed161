/* Citing and embedding: what the server says of a figure or table, each with a button to copy it. */
(function () {
  "use strict";

  const KINDS = { link: "link", words: "text", bibtex: "bibtex", national: "gbt", embed: "embed" };

  function element(tag, inside, attributes = {}) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...inside);
    return made;
  }

  function line(kind, words, told) {
    const name = told[KINDS[kind]];
    const rows = words.includes("\n") ? 8 : Math.min(4, Math.ceil(words.length / 60));
    const field = element("textarea", [], { value: words, readOnly: true, rows });
    const button = element("button", [told.copy], { type: "button", className: "cite-copy" });
    field.setAttribute("aria-label", name);
    button.setAttribute("aria-label", `${told.copy}: ${name}`);
    const head = element("p", [name, " ", button]);
    return element("div", [head, field], { className: `cite-${KINDS[kind]}` });
  }

  /* What the atlas refuses it says in a sentence, which is no answer that got lost. */
  const REFUSALS = [400, 404, 422];
  async function refusalOf(answer) {
    const isPlain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    if (!isPlain || !REFUSALS.includes(answer.status)) return answer;
    return Response.json({ refused: await answer.text() });
  }

  /* Asked anew each time it is unfolded: the view may have changed. */
  async function fill(fold) {
    const place = fold.lastElementChild;
    const told = { ...fold.dataset };
    const status = element("p", [], { role: "status" });
    const menu = fold.closest(".export");
    const { chosen, query } = exporting.asked(menu);
    const { page, chart } = { ...menu.dataset, ...chosen };
    const url = `${dash_clientside.atlas.home}/cite/${page}/${chart}?${query}`;
    const answer = await asking.read(url, place, fold, refusalOf);
    if (!answer) return;
    const said = await answer.json();
    if (said.refused) {
      place.replaceChildren(element("p", [said.refused], { role: "alert" }));
      return;
    }
    const lines = Object.keys(KINDS).filter((kind) => said[kind]);
    place.replaceChildren(...lines.map((kind) => line(kind, said[kind], told)), status);
  }

  async function copy(button) {
    const fold = button.closest(".cite");
    const field = button.closest("div").querySelector("textarea");
    const status = fold.querySelector("[role=status]");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = fold.dataset.copied;
    } catch {
      status.textContent = document.execCommand("copy") ? fold.dataset.copied : fold.dataset.manual;
    }
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".cite") && target.open) fill(target);
  }, true);
  document.addEventListener("change", ({ target }) => {
    const fold = target.closest?.(".export")?.querySelector(".cite[open]");
    if (fold) fill(fold);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".cite-copy");
    if (button) copy(button);
  });
})();
