// The page's side of gif-worker.js: hands it one frame while the next is drawn.

import { address, checkFile, GIF_WORKER } from "../ui/addresses.js";

let damaged = false;            // the browser may keep the worker's file under a wrong type

export class GifApart {
  /** canvas: what the frames are drawn on. */
  constructor(canvas) {
    this.canvas = canvas;
  }

  get pixels() {
    const { width, height } = this.canvas;
    return this.canvas.getContext("2d").getImageData(0, 0, width, height).data;
  }

  /** Have the worker do something once it is done with what it does; `done` is the promise of its answer. */
  async ask(message, transferred = []) {
    await this.done;
    this.done = Promise.race([this.failed, new Promise((resolve) => { this.worker.onmessage = ({ data }) => resolve(data); })]);
    this.done.catch(() => {});          // thrown to who asks next
    this.worker.postMessage(message, transferred);
  }

  /** Prepare for frames such as those that show() draws, one after the other. */
  async begin(frames, show) {
    await checkFile(GIF_WORKER, damaged);
    this.worker = new Worker(address(GIF_WORKER), { type: "module" });
    this.failed = new Promise((_, reject) => {         // it may fail before it is asked for anything
      this.worker.onerror = ({ message }) => {
        damaged = true;
        reject(new Error(message || "its encoder has failed"));
      };
    });
    this.failed.catch(() => {});
    const { width, height } = this.canvas, samples = [];
    for (const frame of frames) {
      await show(frame);
      samples.push(this.pixels);
    }
    await this.ask({ type: "begin", width, height, samples }, samples.map(({ buffer }) => buffer));
  }

  /** Add what is on the canvas, to be seen for so many seconds. */
  add(seconds) {
    const { pixels } = this;
    return this.ask({ type: "add", pixels, seconds }, [pixels.buffer]);
  }

  async end() {
    await this.ask({ type: "end" });
    return new Blob([await this.done], { type: "image/gif" });
  }

  cancel() {
    this.worker?.terminate();
  }
}
