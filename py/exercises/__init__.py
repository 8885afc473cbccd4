"""Checks of the user's answers to the exercises, by the exercise's name; lab.checks calls them for the page."""

from importlib import import_module

from exercises.checking import Verdict, Wrong


def asked(name):
    """The names of the functions that an exercise asks for."""
    return import_module(f"exercises.{name}").ASKED


def check(name, functions):
    """The Verdict on the user's functions {name: function} as answers to the exercise `name`.

    Raises Broke if one of them raises; any other exception of the user's code passes through.
    """
    exercise = import_module(f"exercises.{name}")
    try:
        exercise.check(functions)
    except Wrong as wrong:
        return Verdict(False, str(wrong), wrong.inputs, wrong.found)
    return Verdict(True, exercise.PASSED)
