// Turns of the event loop: work in pieces leaves room for what the user does meanwhile.

/** The next frame. */
export const frame = () => new Promise(requestAnimationFrame);

/** A later task, after the messages and the frames that are due. */
export const later = () => new Promise((done) => { setTimeout(done); });

/** The next task, before other work of the page but not before the user's. */
export const task = () => globalThis.scheduler?.yield?.() ?? later();

/** A moment when there is nothing else to do. */
export const idle = () => new Promise((done) => {
  if (globalThis.requestIdleCallback) requestIdleCallback(done);
  else setTimeout(done, 200);
});
