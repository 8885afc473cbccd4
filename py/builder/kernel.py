"""kernel.c compiled for the page (a WebAssembly side module) and for this machine; without them NumPy is used."""

import os
import subprocess
import sys

from builder.project import CACHE, PYTHON_LOCK, ROOT
from builder.stamps import Step

KERNEL = ROOT / "py" / "embedlab" / "kernel"
PAGE, NATIVE = KERNEL / "kernel-page.so", KERNEL / "kernel-native.so"
C_OPTIONS = ("-O3", "-fPIC", "-ffp-contract=off", "-fno-builtin", "-Wall", "-Wextra", "-Werror")
FOR_THE_PAGE = ("-target", "wasm32-freestanding", "-msimd128")
SIDE_MODULE = (
    "--experimental-pic",
    "-shared",
    "--no-entry",
    "--strip-all",
    "--export=sgns",
    "--export=cbow",
    "--export=layout",
)


def make():
    for library, recipe in [(PAGE, for_the_page), (NATIVE, for_this_machine)]:
        library.unlink(missing_ok=True)
        compile_kernel(library, recipe)


def compile_kernel(library, recipe):
    """Run a recipe's commands and put the library in place; a failure is printed, not raised: it only costs speed."""
    aside, object_file = CACHE / f"{library.name}.part", CACHE / "kernel.o"
    CACHE.mkdir(exist_ok=True)
    zig = os.environ | {"ZIG_GLOBAL_CACHE_DIR": str(CACHE / "zig"), "ZIG_LOCAL_CACHE_DIR": str(CACHE / "zig")}
    for arguments in recipe(KERNEL / "kernel.c", object_file, aside):
        done = subprocess.run(
            [sys.executable, "-m", "ziglang", *map(str, arguments)], env=zig, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            complaint = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
            print(
                f"{library.name} could not be compiled ({complaint}): training will take NumPy's slow path.", flush=True
            )
            return
    aside.replace(library)


def for_the_page(source, object_file, library):
    return [
        ["cc", *FOR_THE_PAGE, *C_OPTIONS, "-c", source, "-o", object_file],
        ["wasm-ld", *SIDE_MODULE, object_file, "-o", library],
    ]


def for_this_machine(source, object_file, library):
    return [["cc", *C_OPTIONS, "-shared", "-s", source, "-o", library]]


STEP = Step(
    "kernel",
    make,
    (PAGE,),
    ("builder.kernel",),
    (KERNEL / "kernel.c", PYTHON_LOCK),
    "Compiling the training kernel",
)
