/* Before anything is drawn: the language of the address, and the look that the reader chose; until
   he has, that of his system. */
(function () {
  "use strict";

  const KEPT = "theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT));
      return ["light", "dark"].includes(kept) ? kept : null;
    } catch (refused) {
      return null;
    }
  }
  function dress(theme) {
    root.setAttribute("data-mantine-color-scheme", theme);
    root.style.colorScheme = theme;
    return theme;
  }
  const worn = () => chosen() || (system.matches ? "dark" : "light");

  function choose(theme) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(theme));
    } catch (refused) { /* it is worn until the page is left */ }
    return dress(theme);
  }

  dress(worn());
  if (new URLSearchParams(location.search).get("lang") === "en") root.lang = "en";
  system.addEventListener("change", () => {
    dress(worn());
    window.dash_clientside?.set_props?.("theme", { data: worn() });
  });
  const missed = []; // scripts and sheets that did not come, until asking.js takes care of them
  addEventListener("error", ({ target }) => { if (target.tagName) missed.push(target); }, true);
  window.look = { choose, dress, worn, missed };
})();
