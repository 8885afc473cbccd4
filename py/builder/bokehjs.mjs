// Packs a script that imports from BokehJS and from Panel's models: node bokehjs.mjs FOLDER_OF_PANEL OUT < SCRIPT

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { build } from "esbuild";

const [panel, outfile] = process.argv.slice(2);

// Models have no effect but by their names: what is imported from a list of them brings none of the others.
const models = {
  name: "models",
  setup(build) {
    build.onResolve({ filter: /^(@bokehjs\/|\.)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === "resolved") return;
      const found = await build.resolve(path, { ...from, pluginData: "resolved" });
      return { ...found, sideEffects: !/[/\\]lib[/\\]models[/\\]/.test(found.path) };
    });
  },
};

// MathJax and WebGL, which Bokeh imports when they are wanted, are absent in Bokeh's way.
const absent = {
  name: "absent",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path }) => kind === "dynamic-import" ? { path, namespace: "absent" } : null);
    build.onLoad({ filter: /./, namespace: "absent" }, ({ path }) => ({
      contents: `throw Object.assign(new Error(${JSON.stringify(`${path} is not packed`)}), { code: "MODULE_NOT_FOUND" })`,
    }));
  },
};

// A field without a value is one that TypeScript declares: to set it to undefined undoes what a constructor above has set.
const fields = {
  name: "fields",
  setup(build) {
    build.onLoad({ filter: /(bokehjs[/\\]build[/\\]js|panel[/\\]dist)[/\\]lib[/\\].*\.js$/ }, async ({ path }) => ({
      contents: await readFile(path, "utf-8"),
      loader: "ts",
    }));
  },
};

await build({
  stdin: { contents: await text(process.stdin), resolveDir: process.cwd(), sourcefile: "bokeh.js" },
  alias: { "@bokehjs": "@bokeh/bokehjs/build/js/lib", "@panel": panel },
  plugins: [absent, models, fields],
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "iife",
  outfile,
}).catch(() => process.exit(1));        // esbuild has said why
