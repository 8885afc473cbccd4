// What an address says of a panel: all its widgets and inputs, by their names.

import { addressedBy, isWidget, ofInput, ofRadios, ofWidget } from "../ui/settings.js";

const keyOf = (name, panel) => name.slice(panel.length + 1).replaceAll("_", "-");

/** The settings of a panel of a document, by the prefix of its names. */
function settingsOf(panel, figure, models) {
  const inputs = [...figure.querySelectorAll(`input[id^="${panel}-"]`)];
  const radios = new Set([...figure.querySelectorAll("input[type=radio]")].map(({ name }) => name));
  return [
    ...models.filter((model) => model.name?.startsWith(`${panel}-`) && isWidget(model))
      .map((model) => ofWidget(keyOf(model.name, panel), model)),
    ...inputs.map((input) => ofInput(keyOf(input.id, panel), input)),
    ...[...radios].map((name) => ofRadios(keyOf(name, panel), [...figure.querySelectorAll(`input[name="${name}"]`)])),
  ];
}

/** [[name, what an address says of it]] of the panels. */
export function addressedPanels(doc) {
  const models = [...doc._all_models.values()];
  return [...document.querySelectorAll(".panel[id]")].map((figure) =>
    [figure.id, addressedBy(settingsOf(figure.id.replace(/^panel-/, ""), figure, models))]);
}
