// A figure with a player: its keys, its loss plot that goes to a frame, Play that begins again after the last frame.

/** element: holds the figure; last(): number of the last frame; frameAt(x): the frame at a place of the loss plot. */
export function attachPlayer(element, player, loss, last, frameAt) {
  const goTo = (frame) => Object.assign(player, { direction: 0, value: Math.max(0, Math.min(last(), frame)) });
  const toggle = () => { player.direction = player.direction === 0 ? 1 : 0; };
  element.onkeydown = (event) => {
    if (!isFree(event)) return;
    const frame = frameOfKey(event.key, player.value, last());
    if (frame !== undefined) goTo(frame);
    else if (event.key === " ") toggle();
    else return;
    event.preventDefault();
  };
  for (const event of ["pan", "panstart", "tap"]) loss.on_event(event, ({ x }) => goTo(frameAt(x)));
  player.properties.direction.change.connect(() => {
    if (player.direction === 1 && player.value >= last()) player.value = 0;
  });
}

/** The frame that a key asks for, undefined if it asks for none. */
export const frameOfKey = (key, frame, last) => ({ ArrowLeft: frame - 1, ArrowRight: frame + 1, Home: 0, End: last })[key];

/** Whether no control has a use for a key itself. */
function isFree(event) {
  const target = event.composedPath()[0];
  const typing = /^(input|textarea|select)$/i.test(target.tagName);
  const pressing = /^button$/i.test(target.tagName) && event.key === " ";
  return !(typing || pressing || event.altKey || event.ctrlKey || event.metaKey);
}
