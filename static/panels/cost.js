// What a word costs: multiplications for the user's V, D and K. The functions are pure; `attachCost` draws.

import { byId, element } from "../ui/dom.js";

const TOP = 12;               // powers of ten that the bars' scale spans

/** Mean dot products a pair of a Huffman tree, the word of rank r occurring in proportion to 1/r. */
export function meanDepth(V) {
  const joined = [];          // weights of joined subtrees, in the order made, which is ascending
  let word = V, first = 0, ways = 0;
  const lightest = () => (word > 0 && (first === joined.length || 1 / word <= joined[first]) ? 1 / word-- : joined[first++]);
  for (let joins = 1; joins < V; joins++) {
    joined.push(lightest() + lightest());
    ways += joined.at(-1);    // all words below go one turn further
  }
  return ways / joined.at(-1);
}

/** 38,400,000 as "38.4 million". */
export function inWords(number) {
  for (const [size, name] of [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]]) {
    if (number >= size) return `${Number((number / size).toPrecision(3)).toLocaleString("en")} ${name}`;
  }
  return number.toLocaleString("en", { maximumFractionDigits: number < 100 ? 1 : 0 });
}

/** Rows of the table: [what, multiplications, a remark]. */
export function costs(V, D, K) {
  const depth = meanDepth(V);
  const products = (count) => `${inWords(count)} dot product${count === 1 ? "" : "s"}`;
  return [
    ["One word to its vector: one-hot times table", V * D, "V × D, nearly all by zero"],
    ["One word to its vector: lookup", 0, D === 1 ? "copies one number" : `copies ${inWords(D)} numbers`],
    ["One pair: full softmax", V * D, products(V)],
    ["One pair: hierarchical softmax", depth * D, `${products(depth)}; log₂ V is ${inWords(Math.log2(V))}`],
    ["One pair: negative sampling", (K + 1) * D, products(K + 1)],
  ];
}

/** Connect the panel, if the page has it. */
export function attachCost() {
  const [v, d, k] = ["cost-v", "cost-d", "cost-k"].map(byId);
  if (!v) return;
  const read = (input) => Math.max(input.min, Math.min(input.max, Math.round(input.value || input.defaultValue)));

  function draw() {
    for (const input of [v, d, k]) input.defaultValue = read(input);      // for an input that is empty when read next
    const [V, D, K] = [v, d, k].map((input) => Number(input.defaultValue));
    const rows = costs(V, D, K);
    byId("cost-table").tBodies[0].replaceChildren(...rows.map(([what, number, remark]) => {
      const row = element("tr", {}, element("th", { scope: "row", textContent: what })), bar = element("span");
      row.insertCell().append(inWords(number), element("small", { textContent: remark }));
      row.cells[1].dataset.value = number;
      bar.style.setProperty("--part", number ? Math.max(0.01, Math.log10(number) / TOP).toFixed(4) : 0);
      row.insertCell().append(bar);
      return row;
    }));
    const saved = V / (K + 1);
    const dimensions = D === 1 ? "one dimension" : `${inWords(D)} dimensions`;
    byId("cost-summary").textContent = `With ${inWords(V)} words in ${dimensions}, the one-hot product takes ` +
      `${inWords(rows[0][1])} multiplications for a single integer; the lookup takes none. For one pair, negative sampling ` +
      `takes ${inWords(K + 1)} dot products where the full softmax takes ${inWords(V)}` +
      (saved > 1 ? `: ${inWords(Number(saved.toPrecision(2)))} times fewer.` : ".");
  }

  for (const range of document.querySelectorAll("#panel-cost input[type=range]")) {
    const input = byId(range.dataset.for);
    const describe = () => range.setAttribute("aria-valuetext", inWords(read(input)));
    range.oninput = () => {
      input.value = Number((10 ** range.value).toPrecision(2));
      describe();
      draw();
    };
    input.oninput = () => {
      if (!input.validity.valid || !input.value) return;          // still being typed
      range.value = Math.log10(read(input));
      describe();
      draw();
    };
    input.onchange = () => {
      input.value = read(input);
      input.oninput();
    };
    describe();
  }
  draw();
}
