// What a cell shows below its code: printed text, results, errors, pictures, and what its tasks show after its end.

import { element } from "../ui/dom.js";
import { drawPlot } from "./pictures.js";
import { Terminal } from "./terminal.js";

export class Output {
  /** place: the element; frames(data) puts frames on the dynamics figure. */
  constructor(place, frames) {
    Object.assign(this, { place, frames, heading: "" });
    this.pictures = [];         // functions that remove them
  }

  clear() {
    this.place.replaceChildren();
    this.place.classList.remove("cell-recorded");
    this.place.hidden = true;
    this.heading = "";
    for (const remove of this.pictures.splice(0)) remove();
  }

  /** Begin a part under a heading, such as one for what comes late; what has that heading already goes on. */
  under(heading) {
    if (heading && heading !== this.heading) this.remark(heading);
    this.heading = heading;
  }

  print(text) {
    if (!this.printed || this.place.lastElementChild !== this.printed.place) {
      this.printed = new Terminal(this.add("pre", "cell-printed"));
    }
    this.printed.write(text);
  }

  result(text) {
    this.add("pre", "cell-result", text);
  }

  error(text) {
    this.add("pre", "cell-error", text);
  }

  remark(text) {
    return this.add("p", "cell-remark", text);
  }

  async picture(kind, data) {
    if (kind === "frames") {
      this.frames(data);
      this.remark("These frames are on the dynamics figure now: ").append(
        element("a", { href: "#dynamics-figure", textContent: "go and watch them" }), ".");
    } else if (kind === "plot") {
      if (data.title) this.add("p", "cell-caption", data.title);
      const place = this.add("div", "cell-picture");
      this.pictures.push(await drawPlot(place, data).catch((error) => {
        place.replaceChildren(`This picture could not be drawn: ${error.message}`);
        return () => {};
      }));
    }
  }

  add(tag, className, text = "") {
    const part = this.place.appendChild(element(tag, { className, textContent: text }));
    if (tag === "pre") part.tabIndex = 0;
    this.place.hidden = false;
    return part;
  }
}
