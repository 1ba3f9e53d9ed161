/* Brings the script of the grid to the one page that has a grid, and copies what it shows. */
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.grid = {
  async load(source) {
    const there = window.dash_ag_grid || (await asking.script(source, "data-table"));
    return there ? true : window.dash_clientside.no_update;
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
