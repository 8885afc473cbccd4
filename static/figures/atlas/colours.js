// The colours of the atlas's points: by class, or along a scale.

const SCALES = {               // from little to much, both readable on their background and by lightness alone
  light: ["#c5ced1", "#3f93c4", "#0b2c4d"],
  dark: ["#3c484e", "#3f93c4", "#eef8ff"],
};
const [FAINT, FULL] = [90, 235];       // alpha of what has no class, and of the others

const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const NONE = [0, 0, 0, 0];

export const isDark = (place) => getComputedStyle(place).colorScheme.startsWith("dark");

/** colourOf(i) of Words by their classes; off: a Set of the numbers of those that are not shown. */
export function byClass(words, off) {
  const colours = words.kinds.map(([, colour], number) => off.has(number) ? NONE : [...rgb(colour), number ? FULL : FAINT]);
  return (i) => colours[words.classes[i]];
}

/** The same along a scale; shareOf(i): 0..1. */
export function byScale(words, off, shareOf, dark) {
  const steps = scaleOf(dark).map(rgb), colours = Array.from({ length: 256 }, (_, at) => {
    const place = at / 255 * 2, k = Math.min(1, Math.floor(place));
    return [...steps[k].map((part, c) => Math.round(part + (place - k) * (steps[k + 1][c] - part))), FULL];
  });
  return (i) => off.has(words.classes[i]) ? NONE : colours[Math.round(255 * Math.min(1, Math.max(0, shareOf(i))))];
}

export const scaleOf = (dark) => SCALES[dark ? "dark" : "light"];
