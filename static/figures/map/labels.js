// The map's labels, the most important first: the sum's, the selected word's, those of words with arrows, the selected word's
// neighbours, the user's own words, then the others in the order in which Python has sent them.

import { NEAR } from "../../ui/labels.js";
import { column, setData, toObject } from "../../ui/models.js";
import { labelPlane } from "../../ui/plane.js";
import { selectedWord } from "./neighbours.js";
import { inFrame } from "./reveal.js";

export class Labels {
  constructor(models, picture) {
    Object.assign(this, { models, picture, labelled: [] });
  }

  /** Label everything in the frame. */
  draw() {
    const { plane, labels } = this.models;
    const items = [...this.tips(), ...this.words(), ...this.neighbours()].map((item) => ({ ...item, place: item.at() }))
      .filter(({ place }) => inFrame(plane, place)).sort((a, b) => a.rank - b.rank);
    const index = labelPlane(plane, labels, items.map(({ text, place: [dataX, dataY] }) => ({ text, dataX, dataY })), NEAR);
    this.labelled = index.map((i) => items[i]);
  }

  /** Let the labels follow their marks to another plane, each on the side where it is. */
  move() {
    const places = this.labelled.map(({ at }) => at());
    setData(this.models.labels, { ...toObject(this.models.labels.data), x: places.map(([x]) => x), y: places.map(([, y]) => y) });
  }

  /** The ends of the sum's arrows. */
  tips() {
    const { sum } = this.models, [x, y] = [column(sum, "x1"), column(sum, "y1")];
    return column(sum, "label").map((text, i) => ({ text, at: () => [x[i], y[i]], rank: 0 })).filter(({ text }) => text);
  }

  words() {
    const { words, arrows, shown } = this.models, withArrow = new Set([...column(arrows, "start"), ...column(arrows, "end")]);
    const [name, own, selected] = [column(words, "name"), column(words, "own"), selectedWord(this.models)];
    return column(words, "word").map((word, i) => ({ text: name[i], at: () => this.picture.at(word),
      rank: i === selected ? 1 : withArrow.has(word) ? 2 : own[i] ? 4 : 5 })).filter((_, i) => shown.booleans[i]);
  }

  /** The neighbours of the selected word that are not labelled as words of the map. */
  neighbours() {
    const { words, shown } = this.models, i = selectedWord(this.models), near = i === undefined ? [] : column(words, "near")[i];
    const visible = new Set(column(words, "word").filter((_, j) => shown.booleans[j]));
    return near.filter((word) => !visible.has(word) && this.picture.at(word))
      .map((word) => ({ text: word, at: () => this.picture.at(word), rank: 3 }));
  }
}
