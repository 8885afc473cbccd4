// What earlier versions of the page kept in the browser, under names that all pages of a host shared, is taken over once.

/** Have the cells and the progress kept by write(record), and let go of them where they were. */
export async function inherit(write) {
  let old = [];
  try {
    old = Object.keys(localStorage).filter((key) => key === "exercises" || key.startsWith("cell:"));
  } catch {
    return;                     // storage is switched off
  }
  for (const id of old) {
    const data = localStorage.getItem(id);
    try {
      JSON.parse(data);
    } catch {
      continue;                 // something else under that name
    }
    const name = id === "exercises" ? "Progress in the exercises" : `Cell ${id.slice("cell:".length)}`;
    if (await write({ id, kind: id.split(":")[0], name, data })) localStorage.removeItem(id);
  }
}
