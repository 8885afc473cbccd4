// ← → Home End Space for a figure with a player, except where a control has a use for them itself.

/** figure: the element that holds the figure; last: gives the number of the last frame. */
export function playOnKeys(figure, player, last) {
  figure.onkeydown = (event) => {
    const target = event.composedPath()[0];
    const typing = /^(input|textarea|select)$/i.test(target.tagName);
    const pressing = /^button$/i.test(target.tagName) && event.key === " ";
    if (typing || pressing || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowLeft: player.value - 1, ArrowRight: player.value + 1, Home: 0, End: last() }[event.key];
    if (to !== undefined) {
      player.direction = 0;
      player.value = Math.max(0, Math.min(last(), to));
    } else if (event.key === " ") {
      player.direction = player.direction === 0 ? 1 : 0;
    } else {
      return;
    }
    event.preventDefault();
  };
}
