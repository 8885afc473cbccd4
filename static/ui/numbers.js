// Numbers in sentences and tables: 10,000; −0.36; 1 word.

/** A whole number as 10,000. */
export const whole = (n) => n.toLocaleString("en");

/** A number with so many digits behind the point, − where it is below zero then, – where there is none. */
export const decimal = (x, digits) =>
  Number.isFinite(x) ? x.toFixed(digits).replace(/^-(?=0\.?0*$)/, "").replace("-", "−") : "–";

/** So many of something: 1 word, 10,000 words. */
export const counted = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/** A number of a table's cell: "1,234" and "−0.5" too. */
export const numberIn = (text) => Number(text.replaceAll(",", "").replace("−", "-"));
