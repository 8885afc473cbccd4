// A worker for the cells that has its scripts already, so that an interpreter starts without the connection.

import { address, CELLS_WORKER, checkFile, fetchFile, files } from "../ui/addresses.js";

let spare = null;

const made = () => new Worker(address(CELLS_WORKER), { type: "module" });

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
  fetchFile(CELLS_WORKER, true).catch(() => {});
}

/** The spare worker, else a new one. */
export function takeWorker() {
  const worker = spare ?? made();
  spare = null;
  return worker;
}
