"""What build.py promises when things go wrong; without any network."""
import errno
import json

import pytest

import build


def lock():
    return json.loads((build.PYODIDE / "pyodide-lock.json").read_text())


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "CACHE", tmp_path)
    build.numpy_wheel.cache_clear()
    yield tmp_path
    build.numpy_wheel.cache_clear()


def test_a_wheel_with_another_hash_is_refused(cache, monkeypatch):
    for source in ("numpy_from_cdn", "numpy_from_carrier"):
        fake = lambda version, file: b"not the wheel"       # noqa: E731
        fake.__doc__ = source
        monkeypatch.setattr(build, source, fake)
    file = lock()["packages"]["numpy"]["file_name"]
    (cache / file).write_bytes(b"damaged in the cache")
    with pytest.raises(build.BuildError) as refused:
        build.numpy_wheel()
    assert str(refused.value).count("SHA-256") == 2 and file in str(refused.value)
    assert (cache / file).read_bytes() == b"damaged in the cache"


def test_no_wheel_to_be_had_names_both_sources(cache, monkeypatch):
    def nowhere(version, file):
        """nowhere"""
        raise OSError("no route to host")

    for source in ("numpy_from_cdn", "numpy_from_carrier"):
        monkeypatch.setattr(build, source, nowhere)
    with pytest.raises(build.BuildError, match="no route to host.*no route to host.*check the connection"):
        build.numpy_wheel()
    assert list(cache.iterdir()) == []


def test_a_write_cut_off_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    build.write_whole(path, b"old")

    def full(self, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(path), "replace", full)
    with pytest.raises(OSError):
        build.write_whole(path, b"new")
    assert path.read_bytes() == b"old"


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
