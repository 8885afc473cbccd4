// A plane that is not Bokeh's, over an element of the page: what View and attachPanZoom ask of a plane.

import { element } from "./dom.js";

/** Properties whose changes can be followed as those of BokehJS's models: `onChange` of models.js. */
class Observed {
  constructor(values) {
    Object.assign(this, values);
    this.properties = Object.fromEntries(Object.keys(values).map((name) => {
      const actions = [];
      return [name, { change: { connect: (action) => actions.push(action), emit: () => actions.forEach((action) => action()) } }];
    }));
  }

  setv(values) {
    const changed = Object.keys(values).filter((name) => this[name] !== values[name]);
    Object.assign(this, values);
    for (const name of changed) this.properties[name].change.emit();
  }
}

export class OwnPlane extends Observed {
  /** place: the element that it fills, of which it takes the size; it must have one. */
  constructor(place) {
    super({ inner_width: place.clientWidth, inner_height: place.clientHeight });
    this.place = place;
    this.x_range = new Observed({ start: -1, end: 1 });
    this.y_range = new Observed({ start: -1, end: 1 });
    this.glass = element("div", { className: "plane-glass" });
    place.append(this.glass);
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientHeight) this.setv({ inner_width: place.clientWidth, inner_height: place.clientHeight });
    }).observe(place);
  }

  /** Where a pointer is, in pixels from the upper left corner. */
  pointIn({ clientX, clientY }) {
    const { left, top } = this.glass.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}
