// "Save animation": the frames of a run as a file that slides take: GIF, or MP4 or WebM where the browser encodes them.

import { importWhole } from "../ui/addresses.js";
import { plotSvg } from "../ui/plot-svg.js";
import { present } from "../ui/theme.js";
import { save } from "../ui/save.js";
import { about, emptiness } from "./about.js";
import { ask } from "./choice.js";
import { GifApart } from "./gif-apart.js";
import { legendOf, MARKS } from "./legend.js";
import { THEMES } from "./picture.js";
import { paint } from "./paint.js";
import { imageOf } from "./raster.js";
import { recording } from "./recording.js";
import { fileName } from "./names.js";
import { sheetOf } from "./sheet.js";

const WIDE = { gif: 960, mp4: 1440, webm: 1440 };       // px at most, and no more than TIMES those of the page
const TIMES = 2;
const FASTEST = { gif: 15, mp4: 60, webm: 60 };         // frames a second
const HOLD = 2;                 // s that the last frame is seen
const WORDS = 28;               // px for the line of words below the plane
const CODECS = { mp4: "avc1.640028", webm: "vp09.00.40.08" };
const NAMES = { gif: "GIF", mp4: "MP4", webm: "WebM" };
const ENCODED = { width: 1280, height: 960, bitrate: 2e6, framerate: 30 };

const pause = () => new Promise((resolve) => setTimeout(resolve));

const userAgent = globalThis.navigator?.userAgent ?? "";
const CRASHES = /AppleWebKit/.test(userAgent) && /Linux/.test(userAgent) && !/Chrom/.test(userAgent);      // WebKitGTK, when asked

/** The formats that this browser can write. */
async function formats() {
  const can = async (format) => !CRASHES && globalThis.VideoEncoder &&
    (await VideoEncoder.isConfigSupported({ codec: CODECS[format], ...ENCODED }).catch(() => ({}))).supported;
  const videos = [];
  for (const format of Object.keys(CODECS)) if (await can(format)) videos.push(format);
  return ["gif", ...videos];
}

/** The frames to show so that no more than `fastest` are seen a second, the last one always: [first, ... last]. */
export function chosenFrames(last, rate, fastest) {
  const step = Math.max(1, Math.ceil(rate / fastest));
  return [...Array.from({ length: Math.ceil(last / step) }, (_, i) => i * step), last];
}

/** The sheet that the frames are drawn on: {canvas, show(frame)}. */
async function stage(film, figure, name, format, theme) {
  const view = Bokeh.index.get_one(film.plot), { width, height } = view.bbox;
  const words = await about(name, figure), settings = words.settings.split(", ").filter((one) => !one.startsWith("frame="));
  const { sheet, places: [place], ink, ...size } = sheetOf([{ svg: null, width, height }], legendOf(figure, theme, MARKS),
    { ...words, shown: "", settings: settings.join(", ") }, theme, WORDS);
  const times = Math.min(TIMES, WIDE[format] / size.width), even = (length) => 2 * Math.round(length * times / 2);
  const canvas = Object.assign(document.createElement("canvas"), { width: even(size.width), height: even(size.height) });
  const context = canvas.getContext("2d", { willReadFrequently: true }), back = await imageOf(sheet);
  const show = async (frame) => {
    film.show(frame);
    await pause();              // Bokeh takes the new columns one after the other
    context.setTransform(times, 0, 0, times, 0, 0);
    context.drawImage(back, 0, 0, size.width, size.height);
    Object.assign(context, { font: "600 14px Inter, sans-serif", fillStyle: ink, textAlign: "left" });
    context.fillText(film.words(frame), place.x, place.y + height + WORDS / 2);
    context.translate(place.x, place.y);
    paint(context, plotSvg(view, theme));
  };
  return { canvas, show };
}

async function encoderOf(format, canvas, rate) {
  if (format === "gif") return new GifApart(canvas);
  return new (await importWhole("take/video.js", () => import("./video.js"))).Video(canvas, format, rate);
}

/** The film as a Blob; null if the user has stopped it. progress(share): called after each frame; stopped(): whether to stop. */
async function filmOf(film, figure, name, { film: format, theme }, progress, stopped) {
  const { last, run } = film, frames = chosenFrames(last, film.rate, FASTEST[format]);
  const seconds = frames.length > 2 ? (frames[1] - frames[0]) / film.rate : 1 / film.rate;
  const { canvas, show } = await stage(film, figure, name, format, theme);
  const encoder = await encoderOf(format, canvas, film.rate);
  try {
    await encoder.begin([0, Math.floor(last / 2), last], show);
    for (const [i, frame] of frames.entries()) {
      if (film.run !== run || film.last < last) throw new Error("another run came on show meanwhile");
      if (stopped()) return null;
      await show(frame);
      await encoder.add(frame === last ? HOLD : seconds);
      progress((i + 1) / frames.length);
      await pause();
    }
    return await encoder.end();
  } finally {
    await encoder.cancel();
  }
}

const sizeOf = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Ask for format and colours, then make the film and save it. */
export async function perform({ name, figure, button, page, tell }) {
  const film = page[name].film;
  if (emptiness(figure) || film.last < 1) return tell(`There is no animation yet. ${emptiness(figure)}`);
  const answers = (await formats()).map((format) => [format, NAMES[format]]);
  tell("");
  ask(button, [{ name: "film", words: "Format", answers }, { ...THEMES, usual: present() }], "Record", async (chosen) => {
    const { frame } = film, { progress, stopped, end } = recording(button);
    tell("Recording …");
    try {
      const file = await filmOf(film, figure, name, chosen, progress, stopped);
      if (file) save(fileName(name, chosen.film), file);
      tell(file ? `The animation is saved (${sizeOf(file.size)}).` : "Stopped. Nothing is saved.");
    } catch (error) {
      tell(`The animation could not be made: ${error.message}.`);
    } finally {
      end();
      film.show(frame);
    }
  }, "Every program for slides takes GIF; MP4 and WebM are larger pictures, and smoother.");
}
