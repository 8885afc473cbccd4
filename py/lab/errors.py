"""An exception as the user reads it: lines of cells only, by the cells' titles."""

import re
import traceback

from lab import missing, source

MOST = 20_000  # characters of a text that reach the page
FRAME = re.compile(r'^( *)File "(cell [^"]*)", line (\d+)(?:, in <module>)?', re.MULTILINE)


def explained(error):
    """The traceback as Python prints it, but only with lines of cells: neither ours nor a library's."""
    missing.note(error)
    whole = traceback.TracebackException.from_exception(error, compact=True)
    parts = [whole]
    for part in parts:
        of_cells = [frame for frame in part.stack if source.is_cell(frame.filename)]
        part.stack = traceback.StackSummary.from_list(of_cells) if of_cells else None
        parts += [other for other in (part.__cause__, part.__context__, *(part.exceptions or [])) if other]
    return shortened(FRAME.sub(titled, "".join(whole.format()).rstrip("\n")))


def titled(match):
    """Python's `File "cell ids 1f", line 3` by the cell's title."""
    indent, file, line = match.groups()
    return indent + source.place(file, line) if source.is_cell(file) else match[0]


def line_of(error, file):
    """The line of a file at which an error arose or went through, None if it did not."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else None


def warned(message, category, file, line, text=None):
    """A warning as the user reads it: warnings.formatwarning."""
    where = f"{source.place(file, line)}: " if source.is_cell(file) else ""
    return f"{where}{category.__name__}: {message}\n"


def shortened(text):
    """The text, its middle left out if there is more of it than MOST."""
    over = len(text) - MOST
    half = MOST // 2
    return text if over <= 0 else f"{text[:half]}\n… {over:,} characters left out …\n{text[-half:]}"
