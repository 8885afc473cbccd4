// Cells as one Python file, in cells for editors that know `# %%`, and to be run as a whole.

import { pythonLanguage } from "@codemirror/lang-python";
import { asksCheck } from "./notebook.js";

const SHOWN = /^(print|show|lab\.show)\s*\(/;     // a last line that shows something by itself

/** Whether a node of the syntax tree lies in a function, where `await` is at home. */
function inFunction(node) {
  for (let at = node.parent; at; at = at.parent) if (/^(FunctionDefinition|LambdaExpression)$/.test(at.name)) return true;
  return false;
}

/** The last statement of a cell, if it is an expression whose value a notebook shows. */
function lastExpression(tree, source) {
  let node = tree.topNode.lastChild;
  while (node?.name === "Comment") node = node.prevSibling;
  const words = node?.name === "ExpressionStatement" && source.slice(node.from, node.to);
  return words && !SHOWN.test(words) && !/^\s*;/.test(source.slice(node.to)) ? node : null;
}

/** What an `await` awaits: of `await a() + b` only a(), though the tree has all of it below the await. */
function awaited(node) {
  let operand = node.lastChild;
  while (/^(Binary|Conditional)Expression$/.test(operand.name)) operand = operand.firstChild;
  return operand;
}

/** Python of a cell for a script: `await x` at the top becomes lab.wait(x), a last expression lab.show(...). */
export function plain(source) {
  const tree = pythonLanguage.parser.parse(source), last = lastExpression(tree, source);
  const changes = last ? [{ at: last.from, words: "lab.show(" }, { at: last.to, words: ")" }] : [];
  tree.iterate({
    enter({ name, node, from }) {
      if (name !== "AwaitExpression" || inFunction(node)) return;
      const operand = awaited(node);
      changes.push({ at: from, words: "lab.wait(", skip: operand.from - from }, { at: operand.to, words: ")" });
    },
  });
  let result = "", done = 0;
  for (const { at, words, skip = 0 } of changes.sort((a, b) => a.at - b.at)) {
    result += source.slice(done, at) + words;
    done = at + skip;
  }
  return result + source.slice(done);
}

/** A file of parts, as `notebook` takes them. */
export function script(parts, { title, page, wheel }) {
  const head = `# ${title}, from ${page}\n# It needs: pip install ${wheel} matplotlib\n\nimport lab\n\n` +
    `lab.data_from(${JSON.stringify(page)})\n`;
  const comment = (words) => words.split("\n").map((line) => `# ${line}`.trimEnd()).join("\n");
  const cell = (heading, source) => `# %% ${heading}\n${plain(source.trimEnd())}\n`;
  return [head, ...parts.map((part) => part.heading
    ? `# %% [markdown]\n${comment(`${"#".repeat(part.level)} ${part.heading}`)}\n`
    : cell(part.title, part.source) + (part.exercise ? `\n${cell("Check", asksCheck(part.exercise))}` : ""))].join("\n");
}
