// An animation as GIF, which every program for slides takes: one palette for all frames, and of each frame only what has changed.

import { applyPalette, GIFEncoder, quantize } from "gifenc";

const COLOURS = 255;            // and one that stands for "as before"
const KEEP = 1;                 // what a frame leaves stays below the next

export class Gif {
  /** samples: pixels (RGBA, 4 x width x height) of frames that have the colours of all. */
  constructor(width, height, samples) {
    const all = new Uint8ClampedArray(4 * width * height * samples.length);
    samples.forEach((pixels, i) => { all.set(pixels, 4 * width * height * i); });
    Object.assign(this, { width, height, encoder: GIFEncoder(), before: null, palette: quantize(all, COLOURS) });
    this.same = this.palette.length;
    this.palette.push([0, 0, 0]);
  }

  /** Add a frame's pixels, to be seen for so many seconds. */
  add(pixels, seconds) {
    const { width, height } = this, index = applyPalette(pixels, this.palette.slice(0, this.same));
    const changed = this.before ? index.map((colour, i) => colour === this.before[i] ? this.same : colour) : index;
    this.encoder.writeFrame(changed, width, height, { delay: 1000 * seconds, dispose: KEEP, ...this.before
      ? { transparent: true, transparentIndex: this.same } : { palette: this.palette } });
    this.before = index;
  }

  /** The bytes of the file. */
  end() {
    this.encoder.finish();
    return this.encoder.bytes();
  }
}
