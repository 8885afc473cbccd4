"""A copy of the project whose files tests may change."""

import os
import shutil
import subprocess
import sys

from builder.project import CACHE, NODE_MODULES, ROOT

NAMES = (
    *("app", "py", "static", "index.html", "pyproject.toml", "package.json", "package-lock.json"),
    *("requirements.lock", "requirements-fetched.lock", "requirements-test.lock", "README.md", "LICENSE"),
)
UNUSED = shutil.ignore_patterns("__pycache__", "zig", "ziglang", "stock", "carrier", "*.part")


class Project:
    """The copy in a folder, with what the build has made and stamped so far."""

    def __init__(self, folder):
        self.folder = folder
        for name in NAMES:
            self._copy(ROOT / name, folder / name)
        shutil.copytree(CACHE, folder / ".cache", ignore=UNUSED, copy_function=link)
        (folder / "node_modules").symlink_to(NODE_MODULES)

    def _copy(self, source, target):
        if source.is_dir():
            shutil.copytree(source, target, ignore=UNUSED)
        else:
            shutil.copy2(source, target)

    def edit(self, name, old, new):
        """Replace the first place of a text that a file has."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def start(self, program, **options):
        """A process that runs a Python program with the copy's modules."""
        path = os.pathsep.join([str(self.folder / "py"), str(self.folder)])
        environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=self.folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            **options,
        )

    def run(self, program):
        """What a Python program prints."""
        with self.start(program) as process:
            out, _ = process.communicate()
        assert process.returncode == 0
        return out


def link(source, target):
    """Files in .cache are replaced as a whole, never written to, so that a link is as good as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
