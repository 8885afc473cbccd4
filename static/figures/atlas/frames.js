// The frames of a layout as it settled, to look through again.

import { byId } from "../../ui/dom.js";
import { counted } from "../../ui/numbers.js";

export class Frames {
  /** show({x, y, epoch}): called with the frame to be seen. */
  constructor(show) {
    Object.assign(this, { kept: [], slider: byId("atlas-frame") });
    this.slider.oninput = () => {
      this.tell();
      show(this.kept[this.slider.value]);
    };
  }

  /** Another layout begins, or another set is on show. */
  clear() {
    this.kept = [];
    this.tell();
  }

  add(frame) {
    this.kept.push(frame);
    Object.assign(this.slider, { max: this.kept.length - 1, value: this.kept.length - 1 });
    this.tell();
  }

  /** The frame at which the words have settled; undefined without any. */
  get last() {
    return this.kept.at(-1);
  }

  /** Let the slider stand at the last frame. */
  end() {
    this.slider.value = this.slider.max;
    this.tell();
  }

  tell() {
    byId("atlas-frames").hidden = this.kept.length < 2;
    const text = this.kept.length ? `after ${counted(this.kept[this.slider.value].epoch, "round")}` : "";
    byId("atlas-epoch").textContent = text;
    this.slider.setAttribute("aria-valuetext", text);
  }
}
