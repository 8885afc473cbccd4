"""The kernel compiled for the page (a WebAssembly side module) and for usual machines; without it NumPy is used.

Every machine gets the same floating-point operations in the same order (no contraction to fused multiply-add, no
reordering, vectors of four), so the same seed gives the same vectors on all of them, bit for bit.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec

from builder.downloads import locked_wheel
from builder.project import CACHE, FETCHED_LOCK, ROOT, BuildError
from builder.stamps import Step

KERNEL = ROOT / "py" / "embedlab" / "kernel"
SOURCES = KERNEL / "kernel.c", KERNEL / "layout.c"
HEADER = KERNEL / "common.h"
PAGE = "emscripten-wasm32"
TARGETS = {  # sys.platform and the processor as Python names them (embedlab.kernel.library_path): zig's name for it
    "linux-x86_64": "x86_64-linux-none",  # without any C library, so for glibc and musl
    "linux-aarch64": "aarch64-linux-none",
    "darwin-x86_64": "x86_64-macos.11.0",
    "darwin-arm64": "aarch64-macos.11.0",
    "win32-amd64": "x86_64-windows-gnu",
    "win32-arm64": "aarch64-windows-gnu",
}
C_OPTIONS = ("-O3", "-fPIC", "-ffp-contract=off", "-fno-builtin", "-Wall", "-Wextra", "-Werror")
FOR_THE_PAGE = ("-target", "wasm32-freestanding", "-msimd128")
NOT_NEEDED = tuple(f"ziglang/lib/{part}/" for part in ("libc/include", "libcxx", "libtsan"))  # most of zig's files
SIDE_MODULE = (
    "--experimental-pic",
    "-shared",
    "--no-entry",
    "--strip-all",
    "--export=sgns",
    "--export=sgns_shared",
    "--export=cbow",
    "--export=products",
    "--export=nearest_rows",
    "--export=layout_samples",
    "--export=fields",
)


def library(machine):
    """Where the library for a machine lies. It is not called .so: installers for Pyodide load whatever is."""
    return KERNEL / f"kernel-{machine}.bin"


def make():
    recipes = {library(PAGE): for_the_page} | {library(name): for_machine(target) for name, target in TARGETS.items()}
    for path in recipes:
        path.unlink(missing_ok=True)
    try:
        with compiler() as zig, ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda path: compile_kernel(path, recipes[path], zig), recipes))
    except BuildError as error:
        print(f"There is no compiler, so training will take NumPy's slow path: {error}", flush=True)


@contextmanager
def compiler():
    """The command of zig: the installed one, which comes with the tests, else out of its wheel for the time of this."""
    if find_spec("ziglang"):
        yield [sys.executable, "-m", "ziglang"]
        return
    folder = CACHE / "ziglang"
    shutil.rmtree(folder, ignore_errors=True)  # of a build that was cut off
    try:
        with zipfile.ZipFile(locked_wheel("ziglang")) as wheel:
            wheel.extractall(folder, [name for name in wheel.namelist() if not name.startswith(NOT_NEEDED)])
        zig = folder / "ziglang" / ("zig.exe" if os.name == "nt" else "zig")
        zig.chmod(0o755)
        yield [zig]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compile_kernel(library, recipe, compiler):
    """Run a recipe's commands and put the library in place; a failure is printed, not raised: it only costs speed."""
    aside = CACHE / f"{library.name}.part"
    CACHE.mkdir(exist_ok=True)
    zig = os.environ | {"ZIG_GLOBAL_CACHE_DIR": str(CACHE / "zig"), "ZIG_LOCAL_CACHE_DIR": str(CACHE / "zig")}
    for arguments in recipe(SOURCES, aside):
        done = subprocess.run(
            [str(part) for part in (*compiler, *arguments)], env=zig, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            complaint = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
            print(
                f"{library.name} could not be compiled ({complaint}): training will take NumPy's slow path.", flush=True
            )
            return
    aside.replace(library)


def for_the_page(sources, library):
    objects = [CACHE / f"{source.stem}.o" for source in sources]
    return [
        *(["cc", *FOR_THE_PAGE, *C_OPTIONS, "-c", source, "-o", made] for source, made in zip(sources, objects)),
        ["wasm-ld", *SIDE_MODULE, *objects, "-o", library],
    ]


def for_machine(target):
    """The recipe for one of TARGETS: the oldest processor of its kind, and no C library."""
    named = ["-install_name", "kernel"] if "macos" in target else []  # else it would hold the path of this machine
    return lambda sources, library: [
        ["cc", "-target", target, *C_OPTIONS, *named, "-shared", "-s", "-nostdlib", *sources, "-o", library]
    ]


STEP = Step(
    "kernel",
    make,
    tuple(library(machine) for machine in (PAGE, *TARGETS)),
    ("builder.kernel",),
    (*SOURCES, HEADER, FETCHED_LOCK),
    "Compiling the training kernel",
)
