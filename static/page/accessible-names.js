// Accessible names inside the widgets' shadow roots, where Bokeh and Panel leave them out.

const PLAYER = {
  slower: "Slower", first: "First frame", previous: "Previous frame", reverse: "Play backwards", pause: "Pause",
  play: "Play", next: "Next frame", last: "Last frame", faster: "Faster",
};

function* views(view) {
  yield view;
  for (const child of view.child_views ?? []) yield* views(child);
}

function name(view) {
  const { model, shadow_el } = view;
  if (!shadow_el) return;
  if (model.type.endsWith("Player")) return namePlayer(model, shadow_el);
  if (model.name?.endsWith("-message")) view.el.setAttribute("role", "status");
  for (const handle of shadow_el.querySelectorAll(".noUi-handle")) handle.setAttribute("aria-label", model.title);
  for (const [way, words] of [["up", "Increase"], ["down", "Decrease"]]) {
    shadow_el.querySelector(`.bk-spin-btn-${way}`)?.setAttribute("aria-label", `${words} ${model.title}`);
  }
  for (const input of shadow_el.querySelectorAll(":host > input[type=checkbox], input[type=checkbox]:only-of-type")) {
    if (!input.closest("label") && model.label) input.setAttribute("aria-label", model.label);
  }
}

function namePlayer(model, root) {
  const slider = root.querySelector("input[type=range]");
  slider.setAttribute("aria-label", "Frame");
  slider.value = model.value;          // Panel sets it before its bounds, which cut it off
  for (const [kind, text] of Object.entries(PLAYER)) {
    const button = root.querySelector(`button.${kind}`);
    button.setAttribute("aria-label", text);
    button.title = text;
  }
  for (const radio of root.querySelectorAll("input[type=radio]")) {
    radio.setAttribute("aria-label", radio.nextElementSibling.textContent);
  }
  const press = () => {
    for (const [kind, direction] of [["reverse", -1], ["pause", 0], ["play", 1]]) {
      root.querySelector(`button.${kind}`).setAttribute("aria-pressed", String(model.direction === direction));
    }
  };
  model.properties.direction.change.connect(press);
  press();
}

/** Name the controls of all views below the roots. */
export function nameControls(roots) {
  for (const root of roots) for (const view of views(root)) name(view);
}
