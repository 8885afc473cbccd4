// BokehJS models: what data sources hold, and changes of properties.

/** A column of a ColumnDataSource as Bokeh holds it, none if it has no such column. */
export const columnView = (source, name) => source.get(name) ?? [];

/** A column of a ColumnDataSource as an array of its own. */
export const column = (source, name) => Array.from(columnView(source, name));

/** The columns of a ColumnDataSource by name, however Bokeh holds them. */
export const toObject = (data) => data instanceof Map ? Object.fromEntries(data) : data;

/** Row i of a matrix whose rows have `width` numbers, a typed array or an array of rows. */
export const matrixRow = (matrix, i, width) =>
  matrix.subarray ? Array.prototype.slice.call(matrix, i * width, (i + 1) * width) : Array.from(matrix[i] ?? []);

/** Set the columns of a data source without telling Python. */
export const setData = (source, data) => source.setv({ data }, { sync: false, check_eq: false });

export const onChange = (model, attribute, action) => model.properties[attribute].change.connect(action);

/** Whether a plot has a size: it has none before it is drawn. */
export const hasSize = (plot) => !plot.properties.inner_width.is_unset;

/** Call action() when a plot has another size. */
export function onResize(plot, action) {
  for (const side of ["inner_width", "inner_height"]) onChange(plot, side, action);
}

/** Call action() when one of a plot's ranges has another start or end. */
export function onRanges(plot, action) {
  for (const range of [plot.x_range, plot.y_range]) for (const end of ["start", "end"]) onChange(range, end, action);
}
