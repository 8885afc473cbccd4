// Sets formulas: [[TeX, displayed], ...] on stdin, [[ok, HTML or complaint], ...] on stdout.
import { text } from "node:stream/consumers";
import katex from "katex";

const set = ([tex, displayMode]) => {
  try {
    return [true, katex.renderToString(tex, { displayMode, output: "htmlAndMathml", strict: "error" })];
  } catch (error) {
    return [false, error.message];
  }
};
console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(set)));
