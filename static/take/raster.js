// SVG as pixels, and PNG files with words inside.

import { crc32 } from "../ui/arrival.js";

const NOT_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;       // characters that XML has not, though words may

/** An <svg> as the text of a file. */
export function fileOf(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg).replace(NOT_XML, "\ufffd")}\n`;
}

let face;                       // promise of a <style> with the page's font, which images do not have

async function fontFace() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const rule = rules.find((one) => one instanceof CSSFontFaceRule && /Inter/.test(one.style.fontFamily));
  const url = new URL(rule.style.src.match(/url\("?(.+?)"?\)/)[1], rule.parentStyleSheet.href);
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `<style>@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${data})}</style>`;
}

/** An <svg> as an image that a canvas can draw, in the page's font if it can be had. */
export async function imageOf(svg) {
  face ??= fontFace().catch(() => "");
  const text = fileOf(svg).replace(/(?<=<svg[^>]*>)/, await face), image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.src = url;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(url);
  }
  return image;
}

/** A chunk of a PNG file: length, type, data, CRC of the two. */
function chunk(type, data) {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A PNG (bytes) with texts {keyword: words} as chunks iTXt, which are UTF-8, before its last chunk, which has 12 bytes. */
export function withTexts(png, texts) {
  const chunks = Object.entries(texts).map(([keyword, words]) => chunk("iTXt", new TextEncoder().encode(`${keyword}\0\0\0\0\0${words}`)));
  return new Blob([png.subarray(0, -12), ...chunks, png.subarray(-12)], { type: "image/png" });
}

/** An <svg> of width by height px as a PNG of so many pixels for each. */
export async function pngOf(svg, { width, height }, times, texts) {
  const canvas = Object.assign(document.createElement("canvas"), { width: width * times, height: height * times });
  canvas.getContext("2d").drawImage(await imageOf(svg), 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture is too large for this browser");
  return withTexts(new Uint8Array(await blob.arrayBuffer()), texts);
}
