// An animation as MP4 or WebM, by the browser's own encoder (WebCodecs).

import { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } from "mediabunny";

const FORMATS = { mp4: [Mp4OutputFormat, "avc", "video/mp4"], webm: [WebMOutputFormat, "vp9", "video/webm"] };
const LAST = 0.04;              // s
const BITRATE = 1.5e6;          // bit/s: drawings need little

export class Video {
  constructor(canvas, format, rate) {
    const [Format, codec, type] = FORMATS[format];
    this.output = new Output({ format: new Format(), target: new BufferTarget() });
    this.source = new CanvasSource(canvas, { codec, bitrate: BITRATE });
    this.output.addVideoTrack(this.source, { frameRate: rate });
    Object.assign(this, { type, time: 0 });
  }

  begin() {
    return this.output.start();
  }

  /** Add what is on the canvas, to be seen for so many seconds. */
  async add(seconds) {
    await this.source.add(this.time, seconds);
    this.time += seconds;
  }

  async end() {
    await this.add(LAST);       // what is on the canvas once more: a WebM ends with the beginning of its last frame
    await this.output.finalize();
    return new Blob([this.output.target.buffer], { type: this.type });
  }

  /** Let go of what is begun; after end() there is nothing. */
  async cancel() {
    if (this.output.state !== "finalized") await this.output.cancel();
  }
}
