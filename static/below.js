// The figures and panels below the first two, which main.js loads when those are drawn.

export { attachModels } from "./figures/models/models.js";
export { attachTraining } from "./figures/training/training.js";
export { addressedPanels } from "./panels/address.js";
export { attachPanels } from "./panels/panels.js";
