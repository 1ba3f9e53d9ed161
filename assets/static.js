/* Elements that never change by themselves: the browser's share of dashboard/static.py. */
(function () {
  "use strict";

  /* A plain click on a link within the atlas writes the address; any other opens a new tab or
     window, as the reader's browser has it. */
  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { pathname, search, hash } = event.currentTarget;
    dash_clientside.set_props("url", { pathname, search, hash });
    scrollTo(0, 0);
  }

  const kept = {}; // what the page says once, by name

  const elements = (tree) => tree.flatMap(element);
  function element(node) {
    if (!Array.isArray(node)) return node;
    const [tag, properties, tree] = node;
    if (tag === "kept") return elements(kept[properties.name] || []);
    const inside = elements(tree);
    if (tag !== "link") return React.createElement(tag, properties, ...inside);
    const own = properties.target && properties.target !== "_self";
    return React.createElement("a", own ? properties : { ...properties, onClick: follow }, ...inside);
  }

  function Static({ tree }) {
    return React.useMemo(
      () => React.createElement(React.Fragment, null, ...elements(tree)),
      [tree],
    );
  }

  function Kept({ trees }) {
    Object.assign(kept, trees);
    return null;
  }

  window.dashboard = { Static, Kept };
})();
