"""Runs the checks of the exercises for the page, on the names that the user's cells have defined."""

import sys

import exercises
from exercises.checking import Broke, Verdict
from lab.errors import explained


def begin(name):
    """Delete the functions that an exercise asks for, so that those of an earlier run are not checked instead."""
    for function in exercises.asked(name):
        vars(sys.modules["__main__"]).pop(function, None)


def check(name):
    """The Verdict on what the user has defined; the traceback of an error in it shows only lines of the cells."""
    try:
        return exercises.check(name, vars(sys.modules["__main__"]))
    except Broke as broke:
        return Verdict(False, str(broke), broke.inputs, error=explained(broke.__cause__))
    except Exception as error:
        return Verdict(False, "Your code ended with an error.", error=explained(error))
