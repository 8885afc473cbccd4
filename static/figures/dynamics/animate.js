// Motion in stages; for users who asked for less of it, only its end.

/**
 * Run stages [[milliseconds, draw(share of it, 0 to 1)], ...] one after the other, then end(). Returns a function that
 * goes to the end at once; to call it again does nothing.
 */
export function animate(stages, end) {
  let begun, stage = 0, over = false;
  const finish = () => {
    if (over) return;
    over = true;
    end();
  };
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    finish();
    return finish;
  }
  const tick = (now) => {
    if (over) return;
    begun ??= now;
    const [length, draw] = stages[stage], share = Math.min(1, (now - begun) / length);
    draw(share);
    if (share === 1) {
      stage += 1;
      begun = now;
    }
    if (stage < stages.length) requestAnimationFrame(tick);
    else finish();
  };
  requestAnimationFrame(tick);
  return finish;
}
