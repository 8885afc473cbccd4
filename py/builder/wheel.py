"""dist/embedlab-VERSION-py3-none-any.whl: the science, its command line, and what notebooks of the chapter import.

The same files give the same bytes: members in order, without times. The kernel comes as package data for all machines
of kernel.py; embedlab.kernel takes the one that fits at import, else NumPy does its work.
"""

import base64
import hashlib
import re
import tomllib
import zipfile

from builder import closure, kernel
from builder.project import CACHE, ROOT, BuildError
from builder.stamps import Step

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME, VERSION = "embedlab", PROJECT["version"]
INFO = f"{NAME}-{VERSION}.dist-info"
WHEEL = CACHE / f"{NAME}-{VERSION}-py3-none-any.whl"
README, LICENSE = ROOT / "README.md", ROOT / "LICENSE"
FOR_NOTEBOOKS = ("lab", "lab.checks", *closure.modules_of("exercises"))
SECTION = re.compile(r"^## As a package\n(.*?)^## ", re.DOTALL | re.MULTILINE)  # of README.md: the wheel's own
NUMPY = "numpy>=2.0"


def modules():
    """The Python files: all of embedlab, and of the rest what notebooks import; browser is the page's."""
    files = closure.files(*closure.modules_of(NAME), *FOR_NOTEBOOKS)
    return [path for path in files if path.relative_to(ROOT / "py").parts[0] != "browser"]


def metadata():
    """METADATA, version 2.4 of https://packaging.python.org/en/latest/specifications/core-metadata/."""
    found = SECTION.search(README.read_text(encoding="utf-8"))
    if not found:
        raise BuildError("README.md has no section ## As a package, which the wheel is described by: write one.")
    return (
        f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {VERSION}\nSummary: {PROJECT['description']}\n"
        f"License-Expression: {PROJECT['license']}\nLicense-File: LICENSE\n"
        f"Requires-Python: {PROJECT['requires-python']}\nRequires-Dist: {NUMPY}\n"
        f"Description-Content-Type: text/markdown\n\n# {NAME}\n{found[1]}"
    )


def members():
    """{name: bytes} of the wheel but for RECORD."""
    kernels = [path for path in kernel.STEP.made if path.exists()]
    code = {path.relative_to(ROOT / "py").as_posix(): path.read_bytes() for path in (*modules(), *kernels)}
    return code | {
        f"{INFO}/METADATA": metadata().encode(),
        f"{INFO}/WHEEL": b"Wheel-Version: 1.0\nGenerator: embedding-lab\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{INFO}/entry_points.txt": f"[console_scripts]\n{NAME} = {NAME}.__main__:main\n".encode(),
        f"{INFO}/licenses/LICENSE": LICENSE.read_bytes(),
    }


def record(files):
    """RECORD: each file's SHA-256 and length."""
    hashed = lambda data: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")  # noqa: E731
    lines = [f"{name},sha256={hashed(data)},{len(data)}\n" for name, data in sorted(files.items())]
    return "".join([*lines, f"{INFO}/RECORD,,\n"]).encode()


def write(path):
    """The wheel, its RECORD last."""
    files = members()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name, data in [*sorted(files.items()), (f"{INFO}/RECORD", record(files))]:
            about = zipfile.ZipInfo(name)  # of 1 January 1980
            about.create_system, about.external_attr = 3, 0o644 << 16  # also where it is built on Windows
            about.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(about, data)


def make():
    aside = WHEEL.with_name(f"{WHEEL.name}.part")
    write(aside)
    aside.replace(WHEEL)


STEP = Step(
    "wheel",
    make,
    (WHEEL,),
    ("builder.wheel", *closure.modules_of(NAME), *FOR_NOTEBOOKS),
    (*kernel.STEP.made, README, LICENSE, ROOT / "pyproject.toml"),
    "Packing the wheel",
)
