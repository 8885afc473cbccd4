"""The kernel stays inside its arrays and C's rules: odd sizes under address and undefined-behaviour sanitizers."""

import os
import shutil
import subprocess
import sys

import pytest

from builder.kernel import SOURCES
from builder.project import CACHE, ROOT

OPTIONS = ["-O1", "-g", "-fPIC", "-shared", "-ffp-contract=off", *map(str, SOURCES)]


def odd_sizes(library, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "tests/kernel_odd_sizes.py", library, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )


@pytest.fixture(scope="module")
def address_sanitized(tmp_path_factory):
    """A library with the address sanitizer, and the environment that it needs: by gcc or clang, whichever is there."""
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("neither gcc nor clang is here, and zig's clang brings no address sanitizer")
    library = tmp_path_factory.mktemp("kernel") / "kernel.so"
    subprocess.run(
        [compiler, "-fsanitize=address,undefined", "-fno-sanitize-recover=all", *OPTIONS, "-o", library], check=True
    )
    name = "libasan.so" if compiler.endswith("gcc") else "libclang_rt.asan-x86_64.so"
    runtime = subprocess.run([compiler, f"-print-file-name={name}"], capture_output=True, text=True, check=True).stdout
    return library, dict(LD_PRELOAD=runtime.strip(), ASAN_OPTIONS="detect_leaks=0", PYTHONMALLOC="malloc")


def test_no_read_or_write_outside_the_arrays(address_sanitized):
    library, environment = address_sanitized
    done = odd_sizes(library, **environment)
    assert done.returncode == 0 and "every size ran" in done.stdout, done.stderr[-3000:]


def test_the_address_sanitizer_sees_too_little_room(address_sanitized):
    library, environment = address_sanitized
    done = odd_sizes(library, "plant", **environment)
    assert done.returncode != 0 and "heap-buffer-overflow" in done.stderr


def test_no_undefined_behaviour(tmp_path):
    library = tmp_path / "kernel.so"
    cache = str(CACHE / "zig")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ziglang",
            "cc",
            "-fsanitize=undefined",
            "-fsanitize-trap=undefined",
            *OPTIONS,
            "-o",
            library,
        ],
        check=True,
        env=os.environ | dict(ZIG_GLOBAL_CACHE_DIR=cache, ZIG_LOCAL_CACHE_DIR=cache),
    )
    done = odd_sizes(library)
    assert done.returncode == 0 and "every size ran" in done.stdout, done.stderr[-3000:]
