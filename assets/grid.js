/* Brings the script of the grid to the one page that has a grid, and copies what it shows. */
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
  /* The rows as filtered and sorted, below the totals, as lines with tabs between the cells. */
  copied(rows, columns, options) {
    if (!rows) return window.dash_clientside.no_update;
    const written = (cell) => String(cell ?? "").replace(/[\t\r\n]+/g, " ");
    const lines = [...options.pinnedTopRowData, ...rows].map((row) =>
      columns.map((column) => written(row[column.field])).join("\t"),
    );
    return [columns.map((column) => column.headerName).join("\t"), ...lines].join("\n");
  },
};
