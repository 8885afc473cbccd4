// What saves files, together: as modules of their own they would cut the page's first module into many.

export { perform as data } from "./data.js";
export { perform as film } from "./film.js";
export { perform as picture } from "./picture.js";
