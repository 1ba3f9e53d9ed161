/* What a narrow screen folds is opened for whoever is led to it. */
(function () {
  "use strict";

  function open(target) {
    const fold = target?.querySelector(":scope > .fold") || target?.closest(".fold");
    if (fold) fold.open = true;
  }

  /* Return what a link within the page names, unfolded. */
  function lead(hash) {
    const target = document.getElementById(hash.slice(1));
    open(target);
    return target;
  }

  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.('a[href^="#"]');
    if (link) lead(link.hash);
  });
  addEventListener("hashchange", () => lead(location.hash));

  window.folds = { open, lead };
})();
