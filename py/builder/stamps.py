"""Steps of the build: each runs when what it makes is missing, or older than what it is made from."""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from builder import closure
from builder.project import CACHE, ROOT


def sha256(data):
    """The hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


@cache
def _content(path, _modified, _size):
    return hashlib.sha256(path.read_bytes()).digest()


def digest(*paths):
    """SHA-256 over the names and contents of files, and of all files in folders; a missing one counts as such."""
    found = set()
    for path in paths:
        found.update([p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path])
    total = hashlib.sha256()
    for file in sorted(found):
        if "__pycache__" not in file.parts:
            total.update(str(file.relative_to(ROOT)).encode() + b"\0")
            if file.exists():
                status = file.stat()
                total.update(_content(file, status.st_mtime_ns, status.st_size))
    return total.hexdigest()


class Step(NamedTuple):
    """One artefact of the build; its stamp tells what it was last made from."""

    name: str
    make: Callable  # makes it
    made: tuple  # its files and folders
    modules: tuple = ()  # the result depends on all that importing these can reach ...
    inputs: tuple = ()  # ... and on these files and folders
    message: str = ""  # printed when it is made

    @property
    def stamp(self):
        """The file that holds the digest of what the artefact was made from."""
        return CACHE / f"{self.name}.stamp"

    def digest(self):
        """The digest of all that the artefact is made from, as it is now."""
        return digest(*closure.files(*self.modules), *self.inputs)

    def stale(self):
        """Whether a part of the artefact is missing, or was made from something else."""
        missing = not all(path.exists() for path in self.made) or not self.stamp.exists()
        return missing or self.stamp.read_text() != self.digest()

    def needs(self, other):
        """Whether the other makes what this one reads: one of its inputs, or what lies beside its modules."""
        beside = {file.parent for file in closure.files(*self.modules)}
        return any(
            made.parent in beside or any(made in (path, *path.parents) or path in made.parents for path in self.inputs)
            for made in (*other.made, other.stamp)
        )

    def run(self):
        """Make the artefact if it is stale, and tell whether it was."""
        stale = self.stale()
        if stale:
            self.renew()
        return stale

    def renew(self):
        """Make the artefact; it is stamped only if no error came up."""
        if self.message:
            print(f"{self.message} ...\n", end="", flush=True)  # at once, for steps side by side
        if self.stamp.exists():
            self.stamp.unlink()
        now = self.digest()
        self.make()
        CACHE.mkdir(exist_ok=True)
        self.stamp.write_text(now)
