// Elements of the page: found by their id, made with their properties and children.

export const byId = (id) => document.getElementById(id);

/** The place that a root of the app's document is drawn in. */
export const rootAt = (place) => document.querySelector(`[data-root="${place}"]`);

/** Whether an element has a place in the page, be it out of the window. */
export const isVisible = (part) => part.getClientRects().length > 0;

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A row of a table's body; role, if any, is for its style. */
export function tableRow(texts, role) {
  const row = element("tr", {}, ...texts.map((textContent) => element("td", { textContent })));
  if (role) row.dataset.role = role;
  return row;
}

/** A function that has `action` called once before the next frame, however often it is called itself. */
export function oncePerFrame(action) {
  let requested = false;
  return () => {
    if (requested) return;
    requested = true;
    requestAnimationFrame(() => { requested = false; action(); });
  };
}
