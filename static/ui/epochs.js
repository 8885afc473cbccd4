// Marks of epochs under a scrubber: where epochs begin, and those of them that have room.

/** Where epochs begin, [{epoch, frame}], from the epoch of each frame. */
export function epochStarts(epochs) {
  const whole = Array.from(epochs, (epoch) => Math.floor(epoch + 1e-6));
  return whole.map((epoch, frame) => ({ epoch, frame }))
    .filter(({ epoch, frame }) => Number.isFinite(epoch) && epoch !== whole[frame - 1]);
}

const apart = (marks, least) => marks.every(({ at }, i) => i === 0 || at - marks[i - 1].at >= least);

/** Those of the marks [{epoch, at}] that stand `least` px apart, the round ones first; between two, all others or none. */
export function spaced(marks, least) {
  let kept = [];
  for (const unit of [100, 50, 10, 5, 1]) {
    const ends = [{ at: -Infinity }, ...kept, { at: Infinity }];
    kept = ends.slice(1).flatMap((right, i) => {
      const inside = marks.filter(({ epoch, at }) => epoch % unit === 0 && at > ends[i].at && at < right.at);
      const row = apart([ends[i], ...inside, right], least) ? inside : [];
      return right.at === Infinity ? firstApart(inside, least, ends[i]) : [...row, right];
    });
  }
  return kept;
}

/** Each of the marks that stands far enough from the one before it. */
function firstApart(marks, least, before) {
  return marks.filter((mark) => {
    const fits = mark.at - before.at >= least;
    if (fits) before = mark;
    return fits;
  });
}
