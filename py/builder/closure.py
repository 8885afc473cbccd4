"""Which of the project's files a module depends on: the closure of its imports, read from the sources with `ast`."""

import ast
from functools import cache

from builder.project import ROOT, BuildError


def search_path():
    """The folders in which the project's modules lie."""
    return ROOT / "py", ROOT


@cache
def _imports(path, _modified):
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        raise BuildError(
            f"{path.relative_to(ROOT)} is not Python in line {error.lineno} ({error.msg}): mend it."
        ) from None
    return frozenset(imported_names(tree, package=".".join(_module_name(path).split(".")[:-1])))


def imports(path):
    """The dotted names that a file imports, also inside functions."""
    return _imports(path, path.stat().st_mtime_ns)


def imported_names(tree, package=""):
    """The dotted names in a syntax tree's import statements; of `from a import b` both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _module_name(path):
    """The dotted name of a file's module; a package's __init__.py gives NAME.__init__."""
    root = next(root for root in search_path() if root in path.parents)
    return ".".join(path.relative_to(root).with_suffix("").parts)


@cache
def located(name):
    """The project's files that importing a dotted name executes: its packages' __init__.py and its own."""
    parts, found = name.split("."), []
    for root in search_path():
        for end in range(1, len(parts) + 1):
            base = root.joinpath(*parts[:end])
            found += [file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()]
        if found:
            break
    return found


def closure(modules):
    """(the project's files, the other dotted names) that importing the modules can reach.

    Another step's module counts as a file, but not what it imports: what that step makes is an input by itself.
    """
    files, outside, todo = set(), set(), set(modules)
    steps = search_path()[0] / "builder"
    entries = {file for module in modules for file in located(module)}
    seen = set()
    while todo:
        name = todo.pop()
        seen.add(name)
        found = located(name)
        if not found:
            outside.add(name)
        for file in set(found) - files:
            files.add(file)
            if file.parent != steps or file in entries:
                todo |= imports(file) - seen
    return files, outside


def files(*modules):
    """The project's files that importing the modules can reach, sorted."""
    return sorted(closure(modules)[0])


def modules_of(package):
    """The dotted names of all modules of a package below py/ or the project."""
    folder = next(folder for root in search_path() if (folder := root / package).is_dir())
    return sorted(_module_name(path).replace(".__init__", "") for path in folder.rglob("*.py"))
