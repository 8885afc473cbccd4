"""What build.py promises when things go wrong; without any network."""

import ast
import errno
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

import build


def lock():
    return json.loads((build.PYODIDE / "pyodide-lock.json").read_text())


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "CACHE", tmp_path)
    build.pyodide_wheel.cache_clear()
    yield tmp_path
    build.pyodide_wheel.cache_clear()


def test_a_wheel_with_another_hash_is_refused(cache, monkeypatch):
    for source in ("wheel_from_cdn", "wheel_from_carrier"):
        fake = lambda version, file: b"not the wheel"  # noqa: E731
        fake.__doc__ = source
        monkeypatch.setattr(build, source, fake)
    file = lock()["packages"]["numpy"]["file_name"]
    (cache / file).write_bytes(b"damaged in the cache")
    with pytest.raises(build.BuildError) as refused:
        build.pyodide_wheel("numpy")
    assert str(refused.value).count("SHA-256") == 2 and file in str(refused.value)
    assert (cache / file).read_bytes() == b"damaged in the cache"


def test_no_wheel_to_be_had_names_both_sources(cache, monkeypatch):
    def nowhere(version, file):
        """nowhere"""
        raise OSError("no route to host")

    for source in ("wheel_from_cdn", "wheel_from_carrier"):
        monkeypatch.setattr(build, source, nowhere)
    with pytest.raises(build.BuildError, match="no route to host.*no route to host.*check the connection"):
        build.pyodide_wheel("numpy")
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    build.write_whole(path, b"old")
    (tmp_path / "file.part").symlink_to("/dev/full")
    monkeypatch.setattr(build, "main", lambda: build.write_whole(path, b"new"))
    with pytest.raises(SystemExit, match="The disk is full: free about 2 GB and run it again"):
        build.explained()
    assert path.read_bytes() == b"old"


def test_a_command_that_fails_for_want_of_room_says_so(monkeypatch):
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    with pytest.raises(build.BuildError, match=r"Nothing was made \(status 1\)"):
        build.run(command, "nothing was made")
    monkeypatch.setattr(build, "LEAST_DISK", float("inf"))
    with pytest.raises(OSError) as full:
        build.run(command, "nothing was made")
    assert full.value.errno == errno.ENOSPC


def test_a_stamp_is_given_only_when_the_work_was_done(cache, monkeypatch):
    monkeypatch.setattr(build, "ROOT", cache)
    source, made = cache / "source", cache / "made"
    source.write_text("1")
    with pytest.raises(ZeroDivisionError), build.stamped("work", source, made=made):
        made.write_text("half")
        raise ZeroDivisionError
    for expected in (True, False):
        with build.stamped("work", source, made=made) as stale:
            assert stale is expected
    source.write_text("2")
    with build.stamped("work", source, made=made) as stale:
        assert stale


def test_an_old_python_is_named(monkeypatch):
    ast.parse(Path(build.__file__).read_text(), feature_version=(3, 8))  # so that an old one gets as far as saying it
    monkeypatch.setattr(build.sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(build.sys, "version", "3.10.4 (main)")
    with pytest.raises(build.BuildError, match=r"Python 3\.10\.4, but 3\.11 or newer is needed"):
        build.set_up()


def test_an_old_node_is_named(monkeypatch):
    class Finished:
        stdout = "v18.1.0\n"

    monkeypatch.setattr(build.shutil, "which", lambda name: "/somewhere/node")
    monkeypatch.setattr(build.subprocess, "run", lambda *args, **options: Finished)
    with pytest.raises(build.BuildError, match=r"Node v18\.1\.0.*20"):
        build.check_node()


def test_the_pinned_pyodide_is_the_installed_one():
    wanted = json.loads((build.ROOT / "package.json").read_text())["dependencies"]["pyodide"]
    assert lock()["info"]["version"] == wanted


def test_without_a_compiler_the_build_goes_on_and_says_what_it_costs(cache, capsys):
    library = cache / "kernel-page.so"
    build.compile_kernel(library, lambda *paths: [["cc", "--no-such-option"]])
    assert list(cache.glob("*.so*")) == []
    told = capsys.readouterr().out
    assert told.startswith("kernel-page.so could not be compiled (") and told.endswith("NumPy's slow path.\n")
    assert told.count("\n") == 1


def test_a_kernel_is_compiled_aside_and_put_in_place(cache):
    library = cache / "kernel-page.so"
    build.compile_kernel(library, build.for_the_page)
    assert library.read_bytes().startswith(b"\0asm") and not library.with_name("kernel-page.so.part").exists()


def test_an_old_kernel_does_not_outlive_a_failure(cache, monkeypatch):
    monkeypatch.setattr(build, "KERNEL", cache)
    (cache / "kernel.c").write_text("this is not C")
    for name in ("kernel-page.so", "kernel-native.so"):
        (cache / name).write_bytes(b"of yesterday")
    monkeypatch.setattr(build, "digest", lambda *paths: "changed")
    build.kernel()
    assert list(cache.glob("*.so")) == []


def test_the_page_carries_the_kernel():
    packed = [gzip.decompress(archive.read_bytes()) for archive in (build.DIST / "runtime").glob("*.zip.bin")]
    names = [name for data in packed for name in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    assert names.count("embedlab/kernel/kernel-page.so") == 1
    assert "embedlab/kernel/kernel-native.so" not in names
