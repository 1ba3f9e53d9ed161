/* How the page asks the server. All that it asks only reads, so that what got lost is asked again:
   twice by itself, then when the reader says so or his line is back. Until then the place that it
   is for shows that it has failed, never what stood there before; and whatever takes longer than a
   moment says so there.

   Dash's own questions come by `fetch`. It is given no failure: a question is open until it is
   answered, asked anew or of no more use, so that Dash keeps its order of what follows from what. */
(function () {
  "use strict";

  const pace = {
    waits: [700, 2100], // milliseconds before it is asked again by itself, on average
    sign: 1000, // after which a place says that it waits
    patience: 30000, // after which a question that is still open has got lost
    first: 60, // tenths of a second that charts wait for the first map, see drawing.js
    context: 3000, // after which what draws a map is given up, see map.js
    longest: 60, // seconds that a server may have us wait unasked
    soon: 100, // that Dash is not told of a new address while the map's colours come, see atlas.js
    near: 1, // windows above and below the window, see near.js
    ...window.pace,
  };
  const words = JSON.parse(document.documentElement.dataset.words);
  const own = window.fetch.bind(window);
  const open = new Map(); // by what they ask for, so that each has one place at most
  let now = { pathname: location.pathname, search: location.search };

  const t = () => words[document.documentElement.lang === "en" ? "en" : "zh"];
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const passes = (status) => (status >= 500 && status !== 501) || status === 429 || status === 408;

  /* Seconds a server asks for, or until the moment that it names. */
  function told(answer) {
    const said = answer?.headers.get("Retry-After");
    if (!said) return 0;
    const seconds = isFinite(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
    return Math.max(0, seconds) || 0;
  }

  /* Ask until there is an answer that is not to pass: at once, then after each of the `waits`. A
     body that breaks off, or is not what `read` can read, is a lost answer, too. */
  async function persist(send, { waits = pace.waits, patience = pace.patience, read } = {}) {
    for (let left = [...waits]; ; left = left.slice(1)) {
      const stop = new AbortController();
      const lost = setTimeout(() => stop.abort(), patience);
      let answer = null;
      try {
        answer = await send(stop.signal);
        if (!passes(answer.status)) return read ? await read(answer) : answer;
      } catch {
        answer = null;
      } finally {
        clearTimeout(lost);
      }
      const asked = told(answer);
      if (!left.length || !navigator.onLine || asked > pace.longest) return answer;
      await rest(Math.max(left[0] * (0.5 + Math.random()), 1000 * asked));
    }
  }

  /* The answer with all of its body; what should be JSON has to be. */
  async function whole(answer) {
    const body = await answer.text();
    const { status, headers } = answer;
    if (status === 200) JSON.parse(body);
    return new Response(status === 204 ? null : body, { status, headers });
  }

  /* Put one question and keep it open until it is settled. Resolves to null once it is dropped. */
  async function hold(key, find, send, dropped) {
    open.get(key)?.drop();
    const one = { find, at: now, state: "", dropped: false };
    const gone = new Promise((done) => {
      one.drop = () => {
        one.dropped = true;
        settle(key, one);
        done(null);
      };
    });
    open.set(key, one);
    one.told = Promise.race([gone, answered(key, one, send)]);
    return one.told;
  }

  async function answered(key, one, send) {
    while (!one.dropped) {
      const late = setTimeout(() => turn(one, "late"), one.state ? 0 : pace.sign);
      const answer = await persist(send, { read: whole });
      clearTimeout(late);
      if (one.dropped) return null;
      if (answer?.ok) {
        settle(key, one);
        return answer;
      }
      one.fault = { ...faultOf(answer), cause: await causeOf(answer) };
      turn(one, "failed");
      await new Promise((again) => { one.again = again; });
    }
    return null;
  }

  /* What is said of a question that failed. One that is refused is one of an earlier page. */
  function faultOf(answer) {
    if (!navigator.onLine) return { words: "offline" };
    if (!answer || passes(answer.status)) {
      return { words: "failed", id: answer?.status === 500 ? answer.headers.get("X-Request-Id") : "" };
    }
    return { words: "refused", reload: true };
  }

  /* What a server that has too little says of it, in each language; null from any other. */
  async function causeOf(answer) {
    try {
      const { status, zh, en } = answer?.status === 503 ? await answer.json() : {};
      return status === 503 ? { zh, en } : null;
    } catch {
      return null;
    }
  }

  function settle(key, one) {
    if (open.get(key) === one) open.delete(key);
    show();
  }
  function turn(one, state) {
    if (one.dropped) return;
    one.state = state;
    show();
  }

  function again() {
    const failed = [...open.values()].filter((one) => one.state === "failed");
    if (failed.some((one) => one.fault.reload)) location.reload();
    for (const one of failed) one.again();
  }
  addEventListener("online", again);

  /* Say at each place what is the matter with what it waits for; nowhere else. */
  function show() {
    const worst = new Map();
    for (const one of [...open.values()]) {
      const found = one.find();
      if (found === GONE) one.drop();
      if (found === GONE || !one.state) continue;
      const place = found || strip();
      if (worst.get(place)?.state !== "failed") worst.set(place, one);
    }
    for (const place of document.querySelectorAll("[data-asking]")) {
      if (!worst.has(place)) clear(place);
    }
    for (const [place, one] of worst) mark(place, one);
  }

  const line = (place) => place.querySelector(":scope > .asking");
  function clear(place) {
    line(place)?.remove();
    delete place.dataset.asking;
    place.removeAttribute("aria-busy");
  }
  function mark(place, { state, fault }) {
    const cause = fault?.cause?.[document.documentElement.lang === "en" ? "en" : "zh"];
    const said = state === "late" ? t().late : cause || t()[fault.words] + (fault.id ? ` ${t().id}${fault.id}` : "");
    const isAwaited = state === "late" && place.querySelector(":scope > :is(.loading, .awaited)");
    const name = isAwaited ? "awaited" : state; // such a place says by itself that it waits
    if (place.dataset.asking === name && line(place)?.firstChild.data === said) return;
    clear(place);
    place.dataset.asking = name;
    place.setAttribute("aria-busy", String(state === "late"));
    const shown = document.createElement("span");
    shown.className = "asking";
    shown.setAttribute("role", state === "late" ? "status" : "alert");
    shown.append(said);
    if (state === "failed") {
      shown.append(button(fault.reload ? t().reload : t().again, "again", again));
      if (place.closest("dialog")) shown.append(button(t().close, "origin-close"));
    }
    place.prepend(shown);
    place.dispatchEvent(new Event("asking", { bubbles: true })); // heard by origin.js
  }
  function button(says, name, does) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: name });
    made.append(says);
    if (does) made.addEventListener("click", does);
    return made;
  }
  /* For what has no place on the page, or not yet. */
  function strip() {
    const there = document.getElementById("asking-strip");
    if (there) return there;
    const made = Object.assign(document.createElement("div"), { id: "asking-strip" });
    document.body.prepend(made);
    return made;
  }

  /* Where an answer is shown: the element that says so, else that of its name. */
  const GONE = Symbol("the place has left the page");
  const placeOf = (id) => document.querySelector(`[data-shows~="${id}"]`) || document.getElementById(id);

  /* Whether it is a part of a page that the reader is leaving: the next one brings all of its own.
     Dash puts a dozen questions at a time, and puts those behind them even where their places are
     gone by then. */
  let stands = null; // the path of the page that came last
  const isLeft = (id) => stands !== null && stands !== now.pathname && insides.isWithin(id, "page");

  window.fetch = async function (url, options) {
    const asked = insides.questionOf(url, options);
    if (!asked) return own(url, options);
    // A map drawn anew brings its colours along: those asked for before are of what it was.
    if (asked.id === "redrawn") open.get("recoloured.data")?.drop();
    if (isLeft(asked.id) || (!early.has(asked.key) && window.near?.holds(asked.id, now.search))) {
      open.get(asked.key)?.drop();
      return new Response(null, { status: 204 });
    }
    let put;
    for (;;) {
      const send = (signal) => {
        put = now;
        return foreseen(asked) || own(url, { ...insides.putAt(options, now), signal });
      };
      const answer = await hold(asked.key, () => placeOf(asked.id), send);
      // A whole page is asked for by path and language alone, and shows all of the address.
      if (!answer || asked.id !== "page" || put === now) {
        if (answer && asked.id === "page") stands = put.pathname;
        if (answer) window.near?.came(asked.id);
        return answer || new Response(null, { status: 204 });
      }
    }
  };

  /* What Dash will ask for is asked for already, for an address that it has not heard of yet: it is
     given that answer when it asks the same. Tells what `has` a question, and puts it: `ask` resolves
     to what is answered, null where that is lost, which is then the concern of Dash's question; `rest`
     puts all that are left. */
  const early = new Map(); // by what they ask for: what else they say, for which address, and the answer
  function foresee(changed, address) {
    early.clear();
    const waiting = new Map(insides.questionsFor(changed, address).map((one) => [one.key, one]));
    const put = (output) => {
      const { key, id, beside, url, options } = waiting.get(output);
      waiting.delete(key);
      if (window.near?.holds(id, address.search)) return;
      const told = own(url, { ...options, signal: AbortSignal.timeout(pace.patience) });
      told.catch(() => {}); // Dash may ask later, or not at all
      early.set(key, { beside, address, told });
    };
    const ask = (output) => {
      put(output);
      const [id, property] = output.split(".");
      return early.get(output).told.then((answer) => answer.clone().json())
        .then(({ response }) => response[id][property]).catch(() => null);
    };
    return { has: (output) => waiting.has(output), ask, rest: () => [...waiting.keys()].forEach(put) };
  }
  function foreseen({ key, beside }) {
    const one = early.get(key);
    early.delete(key);
    return one && one.beside === beside && isSame(one.address, now) ? one.told : null;
  }
  const isSame = (one, other) => one.pathname === other.pathname && one.search === other.search;

  /* The address has changed: what was asked for another page, or in another language, is of no use. */
  const page = ({ pathname, search }) => pathname + new URLSearchParams(search).get("lang");
  function moved(pathname, search) {
    if (isSame({ pathname, search }, now)) return;
    now = { pathname, search };
    for (const one of [...open.values()]) if (page(one.at) !== page(now)) one.drop();
    dispatchEvent(new CustomEvent("moved", { detail: search })); // heard by table.js
  }

  /* Wait for the answers that are open now, to questions for components of these ids. */
  const answersTo = (ids) => Promise.all(
    [...open].filter(([key]) => ids.some((id) => key === `${id}.data`)).map(([, one]) => one.told));

  /* Read a file of the server for an element of the page, as `turned` makes it of an answer; null where
     it is asked anew meanwhile. */
  const read = (url, element, key, turned = (answer) => answer) =>
    hold(key, () => (element.isConnected ? element : GONE), async (signal) => turned(await own(url, { signal })));
  const drop = (key) => open.get(key)?.drop();

  /* Bring a script of the server's for a place of the page. */
  const script = (url, id) => hold(url, () => placeOf(id), () => new Promise((done, failed) => {
    const made = Object.assign(document.createElement("script"), { src: url, onerror: failed });
    made.onload = () => done(new Response("{}"));
    made.dataset.asked = "yes";
    document.head.append(made);
  }));

  /* A script or a sheet of the page itself that does not come can only be loaded with all of it. */
  function missed(element) {
    if (!["SCRIPT", "LINK"].includes(element.tagName) || element.dataset.asked) return;
    const fault = { words: "failed", reload: true };
    open.set(element, { find: () => null, at: now, state: "failed", fault, drop: () => {}, again: () => {} });
    show();
  }
  addEventListener("error", ({ target }) => { if (target.tagName) missed(target); }, true);
  look.missed.forEach(missed);

  window.asking = { pace, rest, persist, read, drop, script, moved, foresee, answersTo };
})();
