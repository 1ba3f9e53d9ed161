/* Brings the script of the grid to the one page that has a grid, and copies what it shows. */
window.dash_clientside = window.dash_clientside || {};
/* The name of a place leads to its page; the whole region has none. */
window.dashAgGridComponentFunctions = {
  place({ data: { code }, value }) {
    const [, scheme, circle] = code.match(/^(.+)\/(.+)$/) || [];
    if (!circle && !/^\d+$/.test(code)) return value;
    const now = new URLSearchParams(location.search);
    const named = circle ? { scheme, circle, regions: "" } : { regions: code };
    for (const [name, id] of Object.entries(named)) now.set(name, id);
    const href = `${dash_clientside.atlas.home}/place?${now}`;
    return window.React.createElement("a", { href }, value);
  },
};
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
