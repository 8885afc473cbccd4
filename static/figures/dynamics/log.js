// Who took part in each step of the run on show: from a file for the runs that the build has made, else from Python.

import { DYNAMICS_LOG } from "../../contract/messages.js";
import { fetchFile, logOf } from "../../ui/addresses.js";
import { gunzip } from "../../ui/arrival.js";
import { columnView, onChange } from "../../ui/models.js";

/** Step i of flat ids, K + 2 a step. */
export function drawAt(ids, i, K) {
  const [centre, context, ...negatives] = Array.prototype.slice.call(ids, i * (K + 2), (i + 1) * (K + 2));
  return { centre, context, negatives };
}

export class Log {
  constructor(models, frames, runs, ask) {
    Object.assign(this, { models, frames, runs, ask, files: new Map(), waiting: null });
    onChange(models.log, "data", () => this.answered());
  }

  /** The ids of the steps from frame f to the next; rejects when they cannot be had. */
  async between(f) {
    const { K, isMade } = this.runs;
    if (!isMade) return this.asked(f);
    const ids = await this.file(K), steps = this.frames.steps;
    return ids.subarray(steps[f] * (K + 2), (steps[f + 1] ?? steps[f]) * (K + 2));
  }

  file(K) {
    if (!this.files.has(K)) {
      const ids = fetchFile(logOf(K)).then(gunzip);
      ids.catch(() => this.files.delete(K));
      this.files.set(K, ids);
    }
    return this.files.get(K);
  }

  asked(f) {
    return new Promise((resolve) => {
      this.waiting = { f, resolve };
      this.ask(DYNAMICS_LOG, f);
    });
  }

  answered() {
    if (columnView(this.models.log, "frame")[0] !== this.waiting?.f) return;
    const ids = columnView(this.models.log, "ids")[0];
    this.waiting.resolve(ids);
    this.waiting = null;
  }
}
