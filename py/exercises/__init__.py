"""Checks of the user's answers to the exercises, by the exercise's name; lab.checks calls them for the page."""

from importlib import import_module

from exercises.checking import Verdict, counted, fault_of


def asked(name):
    """The names of the functions that an exercise asks for."""
    return tuple(import_module(f"exercises.{name}").CHECKS)


def check(name, functions, explained=str):
    """The Verdict on the user's functions {name: function} as answers to the exercise `name`: each of them is checked.

    explained(exception) gives the words for what the user's code raises.
    """
    exercise = import_module(f"exercises.{name}")
    faults = {one: fault_of(check, functions, explained) for one, check in exercise.CHECKS.items()}
    found = tuple(filter(None, faults.values()))
    return Verdict(not found, counted(faults) if found else exercise.PASSED, found)
