// Encodes an animation as GIF apart from the page, which stays answerable. Each message is answered when its work is done.

import { Gif } from "./take/gif.js";

let gif;

const answers = {
  begin: ({ width, height, samples }) => { gif = new Gif(width, height, samples); },
  add: ({ pixels, seconds }) => gif.add(pixels, seconds),
  end: () => gif.end(),
};

self.onmessage = ({ data }) => self.postMessage(answers[data.type](data));
