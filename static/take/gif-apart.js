// The page's side of gif-worker.js: hands it one frame while the next is drawn.

import { address, checkFile, GIF_WORKER } from "../ui/addresses.js";

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
    this.done = new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => resolve(data);
      this.worker.onerror = ({ message }) => reject(new Error(message || "its encoder has failed"));
    });
    this.done.catch(() => {});          // thrown to who asks next
    this.worker.postMessage(message, transferred);
  }

  /** Prepare for frames such as those that show() draws, one after the other. */
  async begin(frames, show) {
    await checkFile(GIF_WORKER);
    this.worker = new Worker(address(GIF_WORKER), { type: "module" });
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
