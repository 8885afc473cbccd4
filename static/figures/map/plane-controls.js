// The controls of the plane: which one, where the turn stands, the user's two directions.

import { CHOSEN, SPREAD } from "../../contract/constants.js";
import { MAP_ROWS } from "../../contract/messages.js";
import { byId } from "../../ui/dom.js";
import { onChange } from "../../ui/models.js";
import { nameOf, OWN, readDirection } from "./planes.js";

const ANALOGY = "analogy";     // the choice whose plane is that of the last group that was switched on

export function attachPlaneControls({ models, planes, rows, ask }) {
  const [choices, slider, form, note] = ["plane-choices", "plane-turn", "own-plane", "plane-note"].map(byId);
  const [across, up] = ["plane-across", "plane-up"].map(byId);
  let group = models.overlays.labels[models.overlays.active.at(-1)];
  let waiting = null;          // the two directions, until their vectors are there

  const planeOf = (choice) => choice === ANALOGY ? group : choice;
  const choiceOf = (plane) => [CHOSEN, SPREAD, OWN].includes(plane) ? plane : ANALOGY;

  function choose(choice) {
    note.textContent = "";
    if (choice === OWN) chooseOwn();
    else planes.choose(planeOf(choice));
  }

  /** Show the two directions, or ask Python for vectors that are not here yet. */
  function chooseOwn() {
    const directions = [across, up].map(({ value }) => readDirection(value));
    form.hidden = false;
    waiting = null;
    if (directions.includes(null)) {
      note.textContent = "Write a word, or two with an arrow between them, as in poor → rich.";
      return;
    }
    const missing = directions.flatMap(({ words }) => words).filter((word) => !rows.has(word));
    if (missing.length) {
      waiting = directions;
      note.textContent = "Looking the words up …";
      ask(MAP_ROWS, JSON.stringify(missing));
      return;
    }
    if (planes.setOwn(...directions)) planes.choose(OWN);
    else note.textContent = "These two directions are the same: choose another one.";
  }

  onChange(models.rows, "data", () => { if (waiting) choose(OWN); });
  onChange(models.overlays, "active", () => {
    const before = group;
    update();
    if (group !== before && choiceOf(planes.name) === ANALOGY && planes.name !== group) planes.choose(group);
  });
  choices.onchange = ({ target }) => choose(target.value);
  slider.oninput = () => planes.stopAt(Number(slider.value) / 100);
  form.onsubmit = (event) => {
    event.preventDefault();
    chooseOwn();
  };

  /** The group that was switched on last and has a plane: the user's pairs may have got one, or lost it. */
  function newest() {
    const on = models.overlays.active.map((i) => models.overlays.labels[i]);
    return on.filter((label) => planes.axes.has(label)).at(-1) ?? group;
  }

  function update() {
    group = newest();
    const chosen = choiceOf(planes.name);
    for (const input of choices.querySelectorAll("input")) {
      input.checked = input.value === chosen;
      const plane = planeOf(input.value);
      input.disabled = input.value !== OWN && !planes.axes.has(plane);
    }
    byId("plane-analogy-name").textContent = group ? `Analogy: ${group}` : "This analogy";
    form.hidden = chosen !== OWN && !waiting;
    slider.value = 100 * planes.t;
    slider.disabled = planes.from.name === planes.to.name;
    byId("plane-before").textContent = planes.from.name ? nameOf(planes.from.name) : "before";
    byId("plane-after").textContent = nameOf(planes.to.name);
    slider.setAttribute("aria-valuetext", `${Math.round(100 * planes.t)} % of the turn to ${nameOf(planes.to.name)}`);
    const { below: [horizontal], left: [vertical] } = models.plane;
    [horizontal, vertical].forEach((axis, i) => {
      const axis_label = planes.axisNames?.[i] ?? "";
      axis.setv({ axis_label, visible: axis_label !== "" }, { sync: false });
    });
  }

  update();
  return { choose, update };
}
