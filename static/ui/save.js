// A file for the user's disk.

const SAVED = 60_000;          // ms after which the bytes of a saved file are let go

/** Let the user save bytes, or a Blob as it is, under a name. */
export function save(name, data) {
  const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data]));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), SAVED);
}
