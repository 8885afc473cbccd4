"""What a user types or pastes becomes code: prompts come off, a last semicolon keeps the result back, and what only
IPython knows is answered in words. Each text has a name of its own, by which tracebacks find its lines and its title.
"""

import ast
import io
import keyword
import linecache
import re
import tokenize
import zlib

PYTHON = re.compile(r"[ \t]*(?:>>>|\.\.\.)(?: |$)")
IPYTHON = re.compile(r"[ \t]*(?:In \[\d*\]:|\.{3,}:)(?: |$)")
FIRST = re.compile(r"\s*(?:(>>>)|In \[\d*\]:)(?: |$)", re.MULTILINE)
NOT_SAID = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)

HERE = "A cell has Python with its standard library, NumPy, embedlab and lab."
INSTALL = f"nothing can be installed in this page. {HERE}"
SHELL = "there is no shell in this page, only Python."
TIMING = "the time that a run took stands below its cell; timeit.timeit(lambda: …, number=1000) times a call."
PLOTTING = "a cell needs no setting for pictures: from lab import Plot, and end it with Plot().line(x, y)."
MAGICS = {
    **dict.fromkeys(("pip", "conda", "mamba", "uv"), INSTALL),
    **dict.fromkeys(("time", "timeit", "prun"), TIMING),
    **dict.fromkeys(("matplotlib", "pylab"), PLOTTING),
    **dict.fromkeys(("bash", "sh", "system", "sx", "cd", "ls", "pwd"), SHELL),
    **dict.fromkeys(("who", "whos"), "dir() lists the names that the cells have defined."),
    "reset": "Restart, beside Run, forgets all names.",
}
MAGIC = "what begins with % is a command of IPython, and this is plain Python."

_titles, _newest = {}, {}  # {file: (cell, title)}, {cell: file}


class NotPython(SyntaxError):
    """Says what to do in the place of a line that is IPython's or a shell's."""

    __module__ = "builtins"  # so that tracebacks show the bare name


def stored(source, cell, title):
    """The file name of a cell's text, the same for the same text; tracebacks, too of older texts, find its lines."""
    file = f"cell {cell} {zlib.crc32(source.encode('utf-8', 'surrogatepass')):08x}"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    _titles[file] = (cell, title)
    _newest[cell] = file
    return file


def is_cell(file):
    return file in _titles


def place(file, line):
    """Where that is, for the user: "Line 3 of “Three numberings”"."""
    cell, title = _titles[file]
    changed = "" if _newest[cell] == file else " as it was before"
    return f"Line {line} of “{title}”{changed}" if title else f"Line {line}{changed}"


def without_prompts(source):
    """The code of a pasted session, line for line, output as blank lines; and how many lines of output there were."""
    first = FIRST.match(source)
    if not first:
        return source, 0
    prompt = PYTHON if first[1] else IPYTHON
    pairs = [(line, prompt.match(line)) for line in source.split("\n")]
    output = sum(not found and bool(line.strip()) for line, found in pairs)
    return "\n".join(line[found.end() :] if found else "" for line, found in pairs), output


def compiled(source, file):
    """The code objects of a cell: its statements, then its last expression, if it ends in one without a semicolon.

    Raises NotPython where a line is IPython's, SyntaxError where it is nobody's.
    """
    try:
        tree = ast.parse(source, file)
    except SyntaxError as error:
        raise instead(error, source) or error from None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if last and ends_in_semicolon(source):
        tree.body.append(last)
        last = None
    options = dict(filename=file, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    yield compile(tree, mode="exec", **options)
    if last:
        yield compile(ast.Expression(last.value), mode="eval", **options)


def ends_in_semicolon(source):
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type not in NOT_SAID][-1:] == [";"]


def instead(error, source):
    """A NotPython in the place of a SyntaxError at a line that is IPython's or a shell's, else None."""
    lines = source.splitlines()
    line = lines[error.lineno - 1].strip() if error.lineno and error.lineno <= len(lines) else ""
    words = answer(line)
    return words and NotPython(words, (error.filename, error.lineno, None, line))


def answer(line):
    """What to do in the place of a line of IPython or of a shell; None for any other."""
    asked = re.fullmatch(r"\?{1,2}\s*([\w.]+)|([\w.]+)\s*\?{1,2}", line)
    if asked:
        return f"help({asked[1] or asked[2]}) tells of it."
    if re.match(r"[!%]*\s*(?:python3? -m )?(?:pip3?|conda|mamba|uv)\s+\w", line):
        return INSTALL
    if re.match(r"(?:[\w, ]+=\s*)?!", line):
        return SHELL
    magic = re.match(r"(?:[\w, ]+=\s*)?%%?(\w+)", line)
    if magic and not keyword.iskeyword(magic[1]):
        return MAGICS.get(magic[1], MAGIC)
    return None
