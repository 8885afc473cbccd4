// Coordinates as they come in 16 bits; app/ui/packing.py packs them.

import { INT16_MAX } from "../contract/constants.js";

/** Coordinates out of int16, scaled. */
export function unpacked(packed, scale) {
  const numbers = new Float32Array(packed);
  for (let i = 0; i < numbers.length; i++) numbers[i] *= scale / INT16_MAX;
  return numbers;
}

/** [x, y] out of positions x, y, x, y ... in int16, as Python sends them. */
export function positionsOf(xy, scale) {
  return [0, 1].map((axis) => {
    const coordinates = new Int16Array(xy.length / 2);
    for (let i = 0; i < coordinates.length; i++) coordinates[i] = xy[2 * i + axis];
    return unpacked(coordinates, scale);
  });
}
