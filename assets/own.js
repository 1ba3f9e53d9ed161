/* The page /own: hands a table in, shows what would become of it, and keeps it when told to. */
(function () {
  "use strict";

  const main = document.getElementById("own");
  const told = JSON.parse(main.dataset.own);
  const said = document.getElementById("own-said");
  const shown = document.getElementById("own-preview");
  const drop = document.getElementById("own-drop");
  let file = null; // number, called and name of the file that is looked at

  async function ask(path, method, body, headers = {}) {
    const address = `${path}?lang=${told.lang}`;
    const sent = { method, body, headers: { "X-Own-Token": told.token, ...headers } };
    const answer = await fetch(address, sent).catch(() => null);
    if (answer?.ok) return answer;
    const why = answer?.headers.get("Content-Type")?.startsWith("application/json");
    const words = why ? (await answer.json()).said : answer?.status === 403 ? told.expired : told.failed;
    throw Object.assign(new Error(words), { isLost: words === told.failed });
  }

  const post = (what, given) =>
    ask(`${told.at}/${what}`, "POST", JSON.stringify(given), { "Content-Type": "application/json" });

  /* Does one thing, and says how far it is or what is wrong. */
  async function doing(words, act) {
    said.textContent = words;
    said.classList.remove("own-wrong");
    main.setAttribute("aria-busy", "true");
    try {
      await act();
      said.textContent = "";
    } catch (error) {
      said.textContent = error.message;
      said.classList.add("own-wrong");
      if (error.isLost) said.append(" ", again(() => doing(words, act)));
    }
    main.removeAttribute("aria-busy");
  }

  function again(does) {
    const made = Object.assign(document.createElement("button"), { type: "button" });
    made.append(told.again);
    made.addEventListener("click", does);
    return made;
  }

  function hand(chosen) {
    if (!chosen) return;
    shown.replaceChildren();
    doing(told.sending, async () => {
      if (chosen.size > told.most) throw new Error(told.heavy);
      const headers = { "X-File-Name": encodeURIComponent(chosen.name) };
      file = await (await ask(told.upload, "PUT", chosen, headers)).json();
      await look({});
    });
  }

  async function look(settings) {
    const answer = await post("preview", { ...file, ...settings });
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...made.body.childNodes);
    for (const part of shown.querySelectorAll("[data-part]")) part.style.flexGrow = part.dataset.part;
  }

  /* What a person says of a register: a column for each role, those of wider places, those left. */
  function registered() {
    const map = { within: [], leave: [] };
    for (const { dataset: { column }, value } of shown.querySelectorAll("[data-column]")) {
      if (value === "none") map.leave.push(column);
      else if (value === "within") map.within.push(column);
      else map[value] = column;
    }
    return map;
  }

  /* What stands on the page now: the kind, the system, the year, the answers, what each column is read as. */
  function settings() {
    const map = { within: [], leave: [], values: {}, places: {} };
    for (const { dataset: { column }, value } of shown.querySelectorAll("[data-column]")) {
      const unit = [...shown.querySelectorAll("[data-unit]")].find((one) => one.dataset.unit === column);
      if (value === "none") map.leave.push(column);
      else if (value === "within") map.within.push(column);
      else if (value === "amount" || value === "rate") {
        map.values[column] = { kind: value, ...(unit?.value ? { unit: unit.value } : {}) };
      } else map[value] = column;
    }
    for (const { dataset: { place }, value } of shown.querySelectorAll("[data-place]")) {
      if (value) map.places[place] = value;
    }
    const year = Number(shown.querySelector("#own-year")?.value) || null;
    const name = shown.querySelector("#own-name").value.trim();
    const [kind, system] = ["kind", "system"].map((one) => shown.querySelector(`#own-${one}`)?.value ?? "");
    return { said: kind === "firms" ? registered() : map, year, name, kind, system };
  }

  shown.addEventListener("change", ({ target }) => {
    const { said: map, ...rest } = settings();
    // What the columns are as the other kind is not what a person has said.
    const asked = target.id === "own-kind" ? { name: rest.name, kind: rest.kind } : { ...rest, said: map };
    doing(told.checking, () => look(asked));
  });
  shown.addEventListener("click", ({ target }) => {
    if (target.id !== "own-keep") return;
    doing(told.keeping, async () => {
      const { address } = await (await post("keep", { ...file, ...settings() })).json();
      location.assign(address);
    });
  });
  document.getElementById("own-file").addEventListener("change", ({ target }) => hand(target.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("own-over", kind === "dragover");
      if (kind === "drop") hand(event.dataTransfer.files[0]);
    });
  }
  main.addEventListener("click", ({ target }) => {
    const name = target.dataset?.remove;
    if (!name || !confirm(told.sure.replace("{name}", name))) return;
    doing(told.keeping, async () => {
      await post("remove", { name });
      location.reload();
    });
  });
})();
