/* The export menus: fetch the chosen file and hand it to the reader. Where the server has no
   Chrome, the reader's own browser draws the same figure, and the server finishes an SVG of it for
   programs that know less than a browser. */
(function () {
  "use strict";

  const TRIES = 10;
  const LONG = 300000; // milliseconds that a report may take
  const DRAWABLE = ["svg", "png"];

  function asked(menu) {
    const query = new URLSearchParams(dash_clientside.atlas.accepted());
    const chosen = {};
    for (const field of menu.querySelectorAll("[name]")) {
      const value = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
      chosen[field.name] = value;
      if (!["kind", "chart"].includes(field.name) && value) query.set(field.name, value);
    }
    return { chosen, query };
  }

  const address = (menu, { chart = menu.dataset.chart }, kind, query) =>
    `${dash_clientside.atlas.home}/export/${menu.dataset.page}/${chart}.${kind}?${query}`;

  function keep(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function nameOf(answer, usual) {
    const told = answer.headers.get("Content-Disposition") || "";
    const coded = /filename\*=UTF-8''([^;]+)/i.exec(told);
    const plain = /filename="?([^";]+)"?/i.exec(told);
    return coded ? decodeURIComponent(coded[1]) : plain ? plain[1] : usual;
  }

  /* Ask again while the server makes others' figures. */
  async function patient(url, how) {
    for (let left = TRIES; ; left -= 1) {
      const answer = await asking.persist((signal) => fetch(url, { ...how, signal }), { patience: LONG });
      if (!answer) throw new Error("lost");
      if (answer.status !== 503 || left === 0) return answer;
    }
  }

  /* Refusals of the atlas are sentences; those of what stands before it are not ours. */
  async function sentenceOf(answer, usual) {
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    return plain ? answer.text() : usual;
  }

  /* Not by fetch, which the page's policy allows to our own host alone. */
  function decoded(picture) {
    const [, type, coding, content] = /^data:([^;,]+)([^,]*),(.*)$/s.exec(picture);
    if (!coding.includes("base64")) return new Blob([decodeURIComponent(content)], { type });
    return new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type });
  }

  /* Hundredths of a pixel are half the bytes. */
  const shortened = (svg) => svg.replace(/\sd="[^"]*"/g, (path) =>
    path.replace(/\d+\.\d{3,}/g, (number) => (+number).toFixed(2)));

  async function drawnHere(menu, chosen, query) {
    const answer = await patient(address(menu, chosen, "json", query));
    if (!answer.ok) return answer;
    const { figure, width, height, scale } = await answer.json();
    const config = { topojsonURL: `${dash_clientside.atlas.home}/assets/topology/` };
    const picture = decoded(await Plotly.toImage({ ...figure, config }, {
      format: chosen.kind, width, height, scale: chosen.kind === "png" ? scale : 1,
    }));
    if (chosen.kind === "svg") {
      return patient(address(menu, chosen, "svg", query), {
        method: "POST",
        headers: { "Content-Type": "image/svg+xml" },
        body: shortened(await picture.text()),
      });
    }
    const named = answer.headers.get("Content-Disposition").replaceAll(".json", `.${chosen.kind}`);
    return new Response(picture, { headers: { "Content-Disposition": named } });
  }

  async function take(menu) {
    const said = menu.querySelector("[role=status]");
    const button = menu.querySelector(".export-go");
    const { chosen, query } = asked(menu);
    button.disabled = true;
    said.textContent = said.dataset.making;
    try {
      let answer = await patient(address(menu, chosen, chosen.kind, query));
      const own = answer.status === 501 && DRAWABLE.includes(chosen.kind) && window.Plotly;
      if (own) answer = await drawnHere(menu, chosen, query);
      if (answer.ok) {
        keep(await answer.blob(), nameOf(answer, `figure.${chosen.kind}`));
        said.textContent = own ? said.dataset.own : "";
      } else {
        said.textContent = await sentenceOf(answer, said.dataset.failed);
      }
    } catch (error) {
      said.textContent = said.dataset.failed;
    }
    button.disabled = false;
  }

  window.exporting = { asked };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".export-go");
    if (button) take(button.closest(".export"));
  });
})();
