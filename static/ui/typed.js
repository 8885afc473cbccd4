// What is typed into the search box: one word, or several with commas and the like between them.

const SEPARATOR = /[,;\t\r\n]/;
const MOST = 8;                // completions

/** Whether a text has separators: it is a list then. */
export const isList = (text) => SEPARATOR.test(text);

/** What stands behind the last separator, without spaces before it. */
export const lastPart = (text) => text.split(SEPARATOR).at(-1).trimStart();

/** A text of several lines or columns as one line, with commas. */
export const oneLine = (text) => /[\t\r\n]/.test(text) ? text.split(/\s*[\t\r\n]+\s*/).filter(Boolean).join(", ") : text;

/** A word in one form, whether its accents are characters of their own or not, and without capitals. */
export const folded = (word) => word.normalize("NFC").toLowerCase();

/** The first of the words that begin with a text, in capitals or not; the text itself first. */
export function completions(text, words) {
  const start = folded(text), found = [];
  let same = null;
  for (const word of words) {
    const form = folded(word);
    if (!form.startsWith(start)) continue;
    if (form.length === start.length) same ??= word;
    if (found.length < MOST) found.push(word);
  }
  return same === null ? found : [same, ...found.filter((word) => word !== same)].slice(0, MOST);
}
