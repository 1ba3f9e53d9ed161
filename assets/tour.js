/* The guided tour: what a step speaks of is framed and brought into view; Escape leaves it, the
   arrow keys walk it where no control of the page uses them. */
(function () {
  "use strict";

  const card = () => document.getElementById("tour-card");
  const USES_KEYS = "input, textarea, select, [role=slider], [role=radio], [role=option], #map";
  const WAYS = { Escape: "tour-out", ArrowRight: "tour-next", ArrowLeft: "tour-back" };
  let told = null;

  function show() {
    const shown = card()?.dataset.framed ?? null;
    if (shown === told) return;
    document.querySelector(".toured")?.classList.remove("toured");
    const named = shown && document.querySelector(shown);
    if (shown && !named) return;
    told = shown;
    folds.open(named);
    const target = named && (settings.wayTo(named) || named);
    target?.classList.add("toured");
    const tall = target?.offsetHeight > innerHeight / 2;
    target?.scrollIntoView({ block: tall ? "start" : "nearest" });
  }

  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    const way = card() && WAYS[event.key];
    if (!way || event.target.closest(USES_KEYS) || document.querySelector("dialog[open]")) return;
    document.getElementById(way)?.click();
  });
})();
