// A worker for the cells that has its scripts already, so that an interpreter starts without the connection.

import { address, CELLS_WORKER, checkFile, fetchFile, files } from "../ui/addresses.js";

let spare = null;
let again = 0;                  // how often the worker's file could not be run

/** After a failure by another address, past what the browser keeps under the first, such as a wrong type. */
const made = () => new Worker(address(CELLS_WORKER) + (again ? `&${again}` : ""), { type: "module" });

/** Have a spare worker load what it needs; rejects if that cannot be had. */
export async function prepareWorker() {
  if (spare) return;
  const { lab } = files();
  lab.blob ??= new Blob([await fetchFile("lab")]);
  await checkFile(CELLS_WORKER);
  const worker = made();
  spare = worker;
  worker.onerror = () => { if (spare === worker) spare = null; };
  worker.postMessage({ type: "prepare", base: document.baseURI, files: files() });
}

/** The worker's file may be damaged in the browser's cache. */
export function renewWorker() {
  spare = null;
  again += 1;
}

/** The spare worker, else a new one. */
export function takeWorker() {
  const worker = spare ?? made();
  spare = null;
  return worker;
}
