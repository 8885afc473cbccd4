import assert from "node:assert/strict";
import test from "node:test";
import { notebook } from "../../static/cells/notebook.js";
import { plain, script } from "../../static/cells/script.js";

const ABOUT = { title: "The chapter", page: "https://a.org/lab/", wheel: "https://a.org/lab/w.whl" };

test("what is awaited at the top is waited for, and no more of the line", () => {
  assert.equal(plain("v = await f().g(1)\n"), "v = lab.wait(f().g(1))\n");
  assert.equal(plain("v = (await f()).x + 1"), "v = (lab.wait(f())).x + 1");
  assert.equal(plain("v = await f() ** 2 + 1"), "v = lab.wait(f()) ** 2 + 1");
  assert.equal(plain("v = await f() if x else 0"), "v = lab.wait(f()) if x else 0");
  assert.equal(plain("v = await f(await g(1), 2)"), "v = lab.wait(f(lab.wait(g(1)), 2))");
  assert.equal(plain("v = await  f() # await h()"), "v = lab.wait(f()) # await h()");
  assert.equal(plain('v = "await f()"'), 'v = "await f()"');
  assert.equal(plain("for x in y:\n    z = await x\n"), "for x in y:\n    z = lab.wait(x)\n");
});

test("in a function await stays", () => {
  const source = "async def f():\n    return await g()\n";
  assert.equal(plain(source), source);
});

test("a last expression is shown, unless a semicolon or print sees to it", () => {
  assert.equal(plain("x = 1\nx"), "x = 1\nlab.show(x)");
  assert.equal(plain("Plot(\n  1,\n)  # done\n# end\n"), "lab.show(Plot(\n  1,\n))  # done\n# end\n");
  assert.equal(plain("await f()"), "lab.show(lab.wait(f()))");
  for (const source of ["x;", "print(x)", "show(x)", "x = 1", "def f(): pass", "if x:\n    y\n", "", "# x"]) assert.equal(plain(source), source);
});

test("a script has its cells under their titles, with checks", () => {
  const parts = [{ heading: "Part", level: 2, link: "#p" }, { name: "a", title: "One", source: "x\n", outputs: [], exercise: "sep" }];
  assert.equal(script(parts, ABOUT), `# The chapter, from https://a.org/lab/
# It needs: pip install https://a.org/lab/w.whl matplotlib

import lab

lab.data_from("https://a.org/lab/")

# %% [markdown]
# ## Part

# %% One
lab.show(x)

# %% Check
from lab.checks import check

lab.show(check("sep"))
`);
});

test("a notebook has a cell for each part, after what sets it up", () => {
  const verdict = { passed: true, words: "Right." };
  const { cells, metadata } = notebook([{ heading: "Part", level: 3, link: "https://a.org/lab/#p" },
    { name: "a", title: "One", source: "x", outputs: [], exercise: "sep", verdict }], ABOUT, { name: "Ada" });
  assert.deepEqual(cells.map(({ cell_type: type }) => type), ["markdown", "code", "markdown", "markdown", "code", "code"]);
  assert.match(cells[1].source, /^%pip install -q https:\/\/a\.org\/lab\/w\.whl matplotlib\nimport lab\n/);
  assert.equal(cells[2].source, "### Part\n\n[In the chapter](https://a.org/lab/#p)");
  assert.deepEqual(cells[5].metadata, { embedlab: { exercise: "sep", verdict } });
  assert.deepEqual(cells[5].outputs[0].data, { "text/plain": "Right." });
  assert.deepEqual(metadata.embedlab, { page: ABOUT.page, name: "Ada" });
});
