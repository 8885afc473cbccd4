// Elements of the page: found by their id, made with their properties and children.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A row of a table's body; role, if any, is for its look. */
export function tableRow(texts, role) {
  const row = element("tr", {}, ...texts.map((textContent) => element("td", { textContent })));
  if (role) row.dataset.role = role;
  return row;
}
