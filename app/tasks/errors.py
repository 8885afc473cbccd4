"""Errors of a task as messages to the user."""

from contextlib import contextmanager


class Stopped(Exception):
    """The user pressed Stop."""


@contextmanager
def reported(report):
    """Turn what the user can do something about into report(message); all other errors are raised."""
    try:
        yield
    except Stopped:
        report("Stopped.")
    except ValueError as error:  # BadVectors, EmptyCorpus, NothingShared, UnknownWord ...: all explain
        report(capitalised(error))
    except MemoryError:
        report("This tab has not enough memory for that: use fewer words or fewer dimensions. Nothing was changed.")
    except OSError as error:
        report(f"Something could not be fetched ({error}): check the connection and try again.")


def capitalised(error):
    """The message of an error as a sentence."""
    return str(error)[:1].upper() + str(error)[1:]
