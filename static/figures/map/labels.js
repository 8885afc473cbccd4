// The map's labels, the most important first: the sum's, the selected word's, those of words with arrows, the selected word's
// neighbours, the user's own words, then the others in the order in which Python has sent them.

import { NEAR } from "../../ui/labels.js";
import { column, setData, toObject } from "../../ui/models.js";
import { labelPlane } from "../../ui/plane.js";
import { inFrame } from "./reveal.js";

export class Labels {
  /** sum: a Sum, which has labels of its own. */
  constructor(models, picture, sum) {
    Object.assign(this, { models, picture, sum, labelled: [] });
  }

  /** Label what is in the frame; near: the neighbours of the selected word that have a label. */
  draw(near) {
    const { plane, labels } = this.models, asked = this.asked(), taken = new Set(asked.map(({ word }) => word));
    const words = this.words().filter(({ word }) => !taken.has(word));
    for (const { word } of words) taken.add(word);
    const items = [...asked, ...words, ...this.neighbours(near.filter((word) => !taken.has(word)))]
      .map((item) => ({ ...item, place: item.at() })).filter(({ place }) => place && inFrame(plane, place))
      .sort((a, b) => a.rank - b.rank);
    const index = labelPlane(plane, labels, items.map(({ place: [dataX, dataY], ...item }) => ({ ...item, dataX, dataY })), NEAR);
    this.labelled = index.map((i) => items[i]);
  }

  /** Let the labels follow their marks to another plane, each on the side where it is. */
  move() {
    const places = this.labelled.map(({ at, place }) => at() ?? place);
    setData(this.models.labels, { ...toObject(this.models.labels.data), x: places.map(([x]) => x), y: places.map(([, y]) => y) });
  }

  /** Those of the sum. */
  asked() {
    return this.sum.labels().map(({ word, text, alpha, over, spread }) =>
      ({ word, text, alpha, over, spread, at: () => word ? this.picture.at(word) : this.sum.read()?.tip.at, rank: 0 }));
  }

  words() {
    const { words, arrows, shown } = this.models, withArrow = new Set([...column(arrows, "start"), ...column(arrows, "end")]);
    const [name, own, [selected]] = [column(words, "name"), column(words, "own"), words.selected.indices];
    return column(words, "word").map((word, i) => ({ word, text: name[i], at: () => this.picture.at(word),
      rank: i === selected ? 1 : withArrow.has(word) ? 2 : own[i] ? 4 : 5 })).filter((_, i) => shown.booleans[i]);
  }

  neighbours(words) {
    return words.map((word) => ({ word, text: word, at: () => this.picture.at(word), rank: 3 }));
  }
}
