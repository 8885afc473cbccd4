"""The page's way to the checks of the exercises: what is checked are the names of the reader's interpreter."""

import sys

import exercises
from exercises.checking import Broke, Verdict
from lab.cells import explained


def begin(name):
    """Forget the functions that an exercise asks for, so that those of an earlier run are not checked instead."""
    for function in exercises.asked(name):
        vars(sys.modules["__main__"]).pop(function, None)


def check(name):
    """The Verdict on what the reader has defined; an error of theirs is told in their own lines."""
    try:
        return exercises.check(name, vars(sys.modules["__main__"]))
    except Broke as broke:
        return Verdict(False, str(broke), broke.inputs, error=explained(broke.__cause__))
    except Exception as error:
        return Verdict(False, "Your code ended with an error.", error=explained(error))
