// The fragment of the address: the id of a place, and what a figure there shows: #map?on=gender,capitals&plane=pca.

export const LONGEST = 8000;            // characters that are read

/** The id of the place that a fragment such as #map?plane=pca names. */
export const placeOf = (hash) => hash.slice(1).split("?")[0];

/** What a fragment asks for: {place, asked: Map of texts by setting, cut: whether it was too long to be read to its end}. */
export function readFragment(hash) {
  const cut = hash.length > LONGEST, whole = cut ? hash.slice(0, LONGEST).replace(/&[^&]*$/, "") : hash;
  const at = whole.indexOf("?");
  return { place: placeOf(whole), asked: new Map(at < 0 ? [] : new URLSearchParams(whole.slice(at + 1))), cut };
}

/** A text for a fragment: commas, colons and slashes stay readable, spaces become +. */
const encoded = (text) => encodeURIComponent(text.toWellFormed?.() ?? text)
  .replace(/%(2C|3A|2F)/g, decodeURIComponent).replaceAll("%20", "+");

/** The fragment of a place with {setting: text}. */
export function fragmentOf(place, settings) {
  const parts = Object.entries(settings).map(([key, text]) => `${key}=${encoded(text)}`);
  return `#${place}${parts.length ? `?${parts.join("&")}` : ""}`;
}
