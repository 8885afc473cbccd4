// Installs a wheel as JupyterLite does: node micropip.mjs WHEEL, then wheels of Pyodide's that are unpacked before.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { loadPyodide } from "pyodide";

const [wheel, ...before] = process.argv.slice(2);
const pyodide = await loadPyodide();
for (const path of before) {
  pyodide.unpackArchive(new Uint8Array(await readFile(path)), "wheel", { extractDir: pyodide.pyimport("site").getsitepackages().get(0) });
}
pyodide.FS.writeFile(`/${basename(wheel)}`, new Uint8Array(await readFile(wheel)));
await pyodide.runPythonAsync(`
import micropip
await micropip.install("emfs:/${basename(wheel)}")
import numpy as np
import embedlab, lab
from embedlab.text import Corpus, Vocabulary
from embedlab.word2vec import TrainConfig, Trainer
corpus = Corpus(np.array([0, 1, 0], np.int32), Vocabulary(["a", "b"], [2, 1]))
print(embedlab.__file__)
for engine in None, "numpy":
    trainer = Trainer(corpus, TrainConfig(dim=4), engine)
    trainer.advance(100)
    print(trainer.engine)
`);
