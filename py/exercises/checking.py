"""What the checks share: calling the user's functions, comparing results, and showing what is wrong by an example."""

import copy
from dataclasses import dataclass, field

import numpy as np

LONGEST = 600  # characters of a value in an example


class Wrong(Exception):
    """What is wrong with an answer, in words, code in `these`; inputs and found: {what: value} that show it."""

    def __init__(self, message, inputs=(), found=()):
        super().__init__(message)
        self.inputs, self.found = dict(inputs), dict(found)


class Broke(Exception):
    """The user's function `name` has raised, for these inputs; what it raised is the cause."""

    def __init__(self, name, inputs):
        super().__init__(f"Your `{name}` ended with an error.")
        self.inputs = inputs


@dataclass(frozen=True)
class Fault:
    """message: what is wrong; inputs, found: {what: value}, an example of it; error: the user's traceback."""

    message: str
    inputs: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)
    error: str = ""

    def plain(self):
        inputs, found = ([[what, shown(value)] for what, value in part.items()] for part in (self.inputs, self.found))
        return {"message": self.message, "error": self.error, "inputs": inputs, "found": found}


@dataclass(frozen=True)
class Verdict:
    """message: of all functions, empty where one Fault says all; faults: of each function that does not hold."""

    passed: bool
    message: str
    faults: tuple = ()

    def __repr__(self):
        """As the page says it, in plain text: for Jupyter."""
        lines = [self.message] if self.message else []
        for fault in (fault.plain() for fault in self.faults):
            values = [f"{what} = {value}" for what, value in fault["inputs"] + fault["found"]]
            lines += filter(None, [fault["message"], fault["error"], *values])
        return f"{'Right.' if self.passed else 'Not yet.'} " + "\n".join(lines)

    def _to_page_(self):
        faults = [fault.plain() for fault in self.faults]
        return "verdict", {"passed": self.passed, "message": self.message, "faults": faults}


def fault_of(check, functions, explained):
    """The Fault that a check finds in one of the user's functions, None if it holds."""
    try:
        check(functions)
    except Wrong as wrong:
        return Fault(str(wrong), wrong.inputs, wrong.found)
    except Broke as broke:
        return Fault(str(broke), broke.inputs, error=explained(broke.__cause__))
    except Exception as error:  # of what it returned
        return Fault("Your code ended with an error.", error=explained(error))


def counted(faults):
    """How many functions hold, of {name: Fault or None}: "2 of 3 hold: `a`, `b`."; nothing where there is but one."""
    if len(faults) == 1:
        return ""
    holding = [f"`{name}`" for name, fault in faults.items() if fault is None]
    if not holding:
        return f"None of the {len(faults)} functions holds."
    return f"{len(holding)} of {len(faults)} hold{'s' * (len(holding) == 1)}: {', '.join(holding)}."


def shown(value):
    """A value as text, arrays with few digits and their commas, so that it can be pasted into a cell."""
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=4, separator=", ", suppress_small=True)
    elif isinstance(value, (float, np.floating)):
        text = f"{value:.4g}"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key!r}: {shown(part)}" for key, part in value.items()) + "}"
    elif isinstance(value, (tuple, list)) and any(isinstance(part, (float, np.floating, np.ndarray)) for part in value):
        text = ",\n".join(map(shown, value)) if any(np.ndim(part) for part in value) else ", ".join(map(shown, value))
    else:
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def call(functions, name, inputs, changed=()):
    """What the user's function returns for copies of inputs {name: value}, by position; also the copies.

    Raises Broke if it raises, Wrong if there is no such function, if it gives None, or if it changes an input that is
    not among `changed`.
    """
    function = functions.get(name)
    if not callable(function):
        raise Wrong(f"There is no function `{name}`: keep the line with its `def`, and the names in it, as they were.")
    handed = copy.deepcopy(inputs)
    try:
        given = function(*handed.values())
    except Exception as error:
        raise Broke(name, inputs) from error
    for key, before in inputs.items():
        if key not in changed and not same(before, handed[key]):
            raise Wrong(
                f"`{name}` changes `{key}`, which belongs to whoever called it: work on a copy.",
                found={f"{key} before": before, f"{key} after": handed[key]},
            )
    if given is None:
        raise Wrong(f"`{name}` gives nothing back yet: write its code, and end it with `return`.", inputs)
    return given, handed


def same(a, b):
    return np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b


def numbers(given, shape, what, inputs):
    """What the user's function returned as a float64 array; raises Wrong if it is not numbers of this shape."""
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise Wrong(
            f"{what} is {type(given).__name__}, where numbers of shape {shape} are wanted.", inputs, {"yours": given}
        ) from None
    if array.shape != shape:
        raise Wrong(f"{what} has shape {array.shape}, where {shape} is wanted.", inputs, {"yours": given})
    if not np.isfinite(array).all():
        raise Wrong(f"{what} holds a number that is not finite: a division by zero?", inputs, {"yours": array})
    return array


def agree(given, expected):
    """Equal but for rounding to four decimals or by half precision."""
    given = np.asarray(given)
    rough = 5e-3 if given.dtype == np.float16 else 6e-4
    return np.allclose(given.astype(np.float64), expected, rtol=rough / 6, atol=rough / 10)


def off(array, expected):
    """How far numbers are from those expected, if so little that they look the same when shown; else nothing."""
    most = np.abs(array - expected).max(initial=0)
    return f" It is off by up to {most:.1g}: is it rounded? Give it with all its digits." if most < 0.01 else ""


def expect(given, expected, what, inputs, slips=()):
    """Raises Wrong unless the given numbers are the expected; slips: {what may have been done instead: its result}."""
    array = numbers(given, np.shape(expected), what, inputs)
    if agree(given, expected):
        return
    guess = next(
        (f" It is what comes out if {slip}." for slip, value in dict(slips).items() if agree(array, value)),
        off(array, expected),
    )
    raise Wrong(f"{what} is not right.{guess}", inputs, {"yours": array, "expected": np.asarray(expected)})


def random_vectors(rng, n, D):
    """n vectors (n, D) of very different lengths, so that a cosine is no dot product."""
    return rng.normal(size=(n, D)) * rng.uniform(0.3, 3, size=(n, 1))
