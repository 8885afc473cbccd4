// Sizes in full screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { times } from "../../static/ui/full-screen.js";

test("sizes of any kind grow, those of a column do not", () => {
  assert.deepEqual([times(11, 1.6), times("13px", 1.6), times({ value: "13px" }, 1.6), times({ value: 10 }, 1.6)],
    [17.6, "20.8px", { value: "20.8px" }, { value: 16 }]);
  assert.deepEqual([times({ field: "size" }, 2), times(null, 2)], [null, null]);
});
