// Runs a Python file in Pyodide under Node: node node.mjs NUMPY_WHEEL PROJECT SITE script.py [args ...]
// The project is mounted at /project, the folder of pure-Python packages at /site.
import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

const [wheel, project, site, ...argv] = process.argv.slice(2);

const pyodide = await loadPyodide({
  env: { HOME: "/home", PYTHONPATH: "/project/py:/project" },
  async fsInit(FS) {
    for (const [path, root] of [["/project", project], ["/site", site]]) {
      FS.mkdirTree(path);
      FS.mount(FS.filesystems.NODEFS, { root }, path);
    }
  },
});
pyodide.unpackArchive(new Uint8Array(await readFile(wheel)), "wheel", {
  extractDir: pyodide.pyimport("site").getsitepackages().get(0),
});
process.exitCode = pyodide.pyimport("runtime.under_node").main(pyodide.toPy(argv));
