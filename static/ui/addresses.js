// Addresses of what the page loads besides its modules: from static/, where build.py puts the bundles of all of them.

const from = (path) => new URL(path, import.meta.url);

export const LIVE_WORKER = from("worker.js");
export const CELLS_WORKER = from("cells-worker.js");
export const FORMULA_FONTS = from("katex-fonts.css");
export const TOY_RUNS = from("../data/toy-runs.json");
export const MAP_ROWS = from("../data/map-rows.json");
export const logOf = (K) => from(`../data/toy-log-${K}.bin`);
