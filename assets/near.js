/* Parts of a page that lie far from the window are asked for when the reader comes near, and all of
   them when he turns to what reads the whole page: to paper, or to the browser's own search. Until
   then a part is as it was, and paper says that it is left out. */
(function () {
  "use strict";

  const held = new Map(); // id of a part that is not asked for yet → what watches for the reader
  const brought = new Set(); // ids of those that are asked for wherever they lie
  let count = 0;

  /* What a part is scrolled in: a column of the page, or the window. */
  function frameOf(part) {
    for (let one = part.parentElement; one; one = one.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
    }
    return null;
  }

  function isNear(part) {
    const whole = { top: 0, bottom: innerHeight };
    const { top, bottom } = frameOf(part)?.getBoundingClientRect() || whole;
    const room = (bottom - top) * asking.pace.near;
    const at = part.getBoundingClientRect();
    return at.top < bottom + room && at.bottom > top - room;
  }

  /* Whether a question for an element is not to be put now: the element is far, or is empty and
     stays so for an address. */
  function holds(id, search) {
    const part = document.getElementById(id);
    if (!part || brought.delete(id)) return false;
    const { needs, far } = part.dataset;
    if (needs && !part.firstElementChild && !new URLSearchParams(search).has(needs)) return true;
    if (!far || isNear(part)) return false;
    if (held.get(id)?.part !== part) watch(id, part);
    part.dataset.far = "held";
    return true;
  }

  function watch(id, part) {
    const sight = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) bring(id);
    }, { root: frameOf(part), rootMargin: `${100 * asking.pace.near}%` });
    held.get(id)?.sight.disconnect();
    held.set(id, { part, sight });
    sight.observe(part);
  }

  function bring(id) {
    const { part, sight } = held.get(id);
    sight.disconnect();
    held.delete(id);
    if (!part.isConnected) return;
    brought.add(id);
    count += 1;
    dash_clientside.set_props(`${id}-later`, { data: count });
  }
  /* The answer for an element has come: what it shows is true again. */
  function came(id) {
    const part = document.getElementById(id);
    if (part?.dataset.far && !held.has(id)) part.dataset.far = "may";
  }
  const all = () => [...held.keys()].forEach(bring);

  for (const turn of ["blur", "beforeprint"]) addEventListener(turn, all);
  document.documentElement.addEventListener("mouseleave", all);
  addEventListener("keydown", ({ key }) => { if (["Control", "Meta", "Alt", "F3"].includes(key)) all(); }, true);

  window.near = { holds, came };
})();
