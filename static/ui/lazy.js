// Parts of the page that are loaded when they are first wanted.

import { showAlert } from "./alert.js";

/**
 * A function that gives the promise of what load() gives, which is loaded once. A failure is shown in the alert and
 * forgotten: the next call tries again, and so does Retry, which calls retry() if there is one.
 */
export function lazy(what, load, retry) {
  let loading = null;
  let hideAlert = () => {};
  const get = () => loading ??= load().then((loaded) => {
    hideAlert();
    return loaded;
  }, (error) => {
    loading = null;
    hideAlert = showAlert(`${what} could not be loaded (${error.message}). Is the connection up? Retry tries again.`,
      retry ?? (() => get().catch(() => {})));
    throw error;
  });
  return get;
}
