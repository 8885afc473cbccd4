// Loads what is small while nothing else is to do, so that it is here when the connection is not.

import { idle } from "../ui/turns.js";

/** Call functions that load something one after the other; what fails is loaded when it is wanted, or told then. */
export async function loadAhead(loads) {
  if (navigator.connection?.saveData) return;
  for (const load of loads) {
    await idle();
    await load().catch(() => {});
  }
}
