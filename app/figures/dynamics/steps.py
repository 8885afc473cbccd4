"""Single steps of a History as columns, one row a step."""

import numpy as np


def step_columns(run, steps):
    """StepRecords of the given steps as columns, one row a step; each cell holds K + 1 numbers or 2 (K + 1)."""
    records = [run.explain(step) for step in steps]
    return dict(
        step=[r.step for r in records],
        centre=[r.centre for r in records],
        rows=[r.rows.tolist() for r in records],
        skipped=[r.skipped.tolist() for r in records],
        dot=[r.dots.round(4).tolist() for r in records],
        sigmoid=[r.sigmoids.round(4).tolist() for r in records],
        gradient=[r.gradient_sizes.round(4).tolist() for r in records],
        u_before=[r.u_before.round(4).tolist() for r in records],
        u_move=[(r.u_after - r.u_before).round(5).tolist() for r in records],
        v_before=[r.v_before.round(4).ravel().tolist() for r in records],
        v_move=[(r.v_after - r.v_before).round(5).ravel().tolist() for r in records],
        rate=[r.learning_rate for r in records],
        loss=[round(r.loss, 4) for r in records],
    )


def recorded_steps(run):
    """One step to look at per frame: the one that follows it (after the last frame, the run's last step)."""
    return np.minimum(run.steps, len(run.log) - 1).tolist()
