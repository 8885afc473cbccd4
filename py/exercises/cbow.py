"""Exercise 3: the gradients of CBOW with negative sampling, and a step down them.

Everything is compared with central differences of the loss; a step's, with those of the whole tables, in which a
word that is met twice counts twice by itself.

Axes: n words around a centre, K negatives, D dimensions, V vocabulary.
"""

import numpy as np

from embedlab import cbow
from embedlab.gradients import numeric_gradient
from exercises.checking import Wrong, agree, call, expect, numbers, random_vectors

PASSED = (
    "The gradients agree with differences of the loss, and the step with the gradients, also where a word stands "
    "twice in the window or is drawn twice."
)
ROWS = ("context", "centre", "negatives")  # what the gradients are taken by, in their order
# what is special, centre, context, negatives
STEPS = [
    ("", 1, [0, 3], [2, 4, 5]),
    ("with one word in the window", 4, [2], [0, 1]),
    ("with a word that stands twice in the window", 3, [1, 2, 1], [0, 4]),
    ("with a word drawn twice from the noise", 0, [4, 1], [2, 5, 2, 2]),
    ("with the centre's own word in the window", 2, [2, 0, 1], [3, 5]),
    ("with no negative left", 5, [1, 3], []),
]


def check_gradients(functions):
    rng = np.random.default_rng(3)
    for n, K, D in [(1, 1, 2), (2, 2, 2), (3, 2, 4), (4, 0, 3)]:
        check_window(functions, random_vectors(rng, n, D), *random_vectors(rng, 1, D), random_vectors(rng, K, D))


def check_step(functions):
    rng = np.random.default_rng(3)
    for dtype in (np.float64, np.float32):
        for special, centre, context, negatives in STEPS:
            U, V = random_vectors(rng, 6, 2).astype(dtype), random_vectors(rng, 6, 2).astype(dtype)
            check_move(
                functions,
                special,
                {
                    "U": U,
                    "V": V,
                    "centre": centre,
                    "context": np.array(context, np.int64),
                    "negatives": np.array(negatives, np.int64),
                    "rate": 0.3,
                },
            )


def check_window(functions, u_context, v_centre, v_negatives):
    rows = (u_context, v_centre, v_negatives)
    inputs = dict(zip(("u_context", "v_centre", "v_negatives"), rows))
    given, _ = call(functions, "gradients", inputs)
    if not isinstance(given, (tuple, list)) or len(given) != 3:
        raise Wrong(
            "`gradients` should give three arrays: by `u_context`, by `v_centre` and by `v_negatives`.",
            inputs,
            {"yours": given},
        )
    n = len(u_context)
    for name, part, x in zip(ROWS, given, rows):
        right = numeric_gradient(lambda: cbow.loss(*rows), x)
        slips = {"the sign is turned round": -right}
        if name == "context" and n > 1:
            slips["the mean's whole gradient goes to each word: here it is shared, 1/n to each"] = right * n
        expect(part, right, f"The gradient for the {name}", inputs, slips)


def check_move(functions, special, inputs):
    given, after = call(functions, "step", inputs, changed=("U", "V"))
    before = float_tables(inputs)
    right, loss = stepped(inputs)
    what = f" {special}" if special else ""
    for name in ("U", "V"):
        moved = numbers(after[name], right[name].shape, f"`{name}` after the step", inputs)
        bad = [row for row in range(len(moved)) if not agree(after[name][row], right[name][row])]
        if bad:
            change, wanted = moved[bad[0]] - before[name][bad[0]], right[name][bad[0]] - before[name][bad[0]]
            raise Wrong(
                f"After a step{what}, row {bad[0]} of `{name}` is not where it should be."
                f"{guessed(name, moved, inputs)}",
                {key: inputs[key] for key in (*ROWS, "rate", "U", "V")},
                {f"{name}[{bad[0]}] moved by": change, "expected": wanted},
            )
    given = numbers(given, (), "What `step` gives, the loss before it,", inputs)
    if not agree(given, loss):
        late = cbow.loss(right["U"][inputs["context"]], right["V"][inputs["centre"]], right["V"][inputs["negatives"]])
        slip = " It is the loss after the step." if agree(given, late) else ""
        raise Wrong(
            f"The step is right{what}, but the loss that it gives is not.{slip}",
            inputs,
            {"yours": float(given), "expected": float(loss)},
        )


def float_tables(inputs):
    return {name: inputs[name].astype(np.float64) for name in ("U", "V")}


def stepped(inputs):
    """({"U", "V"} after the step, the loss before it), by central differences."""
    tables = float_tables(inputs)
    U, V = tables["U"], tables["V"]

    def loss():
        return cbow.loss(U[inputs["context"]], V[inputs["centre"]], V[inputs["negatives"]])

    moves = {name: inputs["rate"] * numeric_gradient(loss, table) for name, table in tables.items()}
    return {name: table - moves[name] for name, table in tables.items()}, loss()


def guessed(name, moved, inputs):
    """What the user may have done instead, if a known slip leads to the table `moved`."""
    guess = next((slip for slip, tables in slips(inputs).items() if agree(moved, tables[name])), "")
    return guess and f" It is where it comes to if {guess}."


def slips(inputs):
    """{what may have been done: {"U", "V"} after it}."""
    start, right = float_tables(inputs), stepped(inputs)[0]
    context, centre, negatives, rate = (inputs[key] for key in ("context", "centre", "negatives", "rate"))
    n = len(context)
    du, dv, dn = cbow.gradients(start["U"][context], start["V"][centre], start["V"][negatives])
    lost = {name: table.copy() for name, table in start.items()}
    lost["U"][context] -= rate * du
    lost["V"][centre] -= rate * dv
    lost["V"][negatives] -= rate * dn
    late_V = cbow.gradients(start["U"][context], right["V"][centre], right["V"][negatives])
    late_U = cbow.gradients(right["U"][context], start["V"][centre], start["V"][negatives])
    late = {name: table.copy() for name, table in start.items()}
    np.subtract.at(late["U"], context, rate * late_V[0])
    late["V"][centre] -= rate * late_U[1]
    np.subtract.at(late["V"], negatives, rate * late_U[2])
    return {
        "nothing moves: `U` and `V` are to be changed in place, as `U[…] -= …` and `np.subtract.at` do": start,
        "the step goes up instead of down": {name: 2 * start[name] - right[name] for name in start},
        "rows that are met twice move once: `U[ids] -= …` keeps the last, `np.subtract.at` takes all": lost,
        "each word gets the mean's whole gradient: here it is shared, 1/n to each": {
            "U": start["U"] + n * (right["U"] - start["U"]),
            "V": right["V"],
        },
        "one table is moved before the gradient of the other is taken": late,
    }


CHECKS = {"gradients": check_gradients, "step": check_step}
