/* Brings the script of the grid to the one page that has a grid. */
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.grid = {
  load(source) {
    if (window.dash_ag_grid) return true;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => resolve(true);
      script.onerror = () => reject(new Error("grid"));
      document.head.append(script);
    });
  },
};
