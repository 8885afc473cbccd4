"""What notebooks and scripts import, outside the page: its data, pictures, verdicts, and awaiting without a cell."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from builder.server import serving
from embedlab.arrayfiles import save_packed
from embedlab.formats import load_packed
from embedlab.vectors import WordVectors
from exercises.checking import Fault, Verdict
from lab import Plot, outside


@pytest.fixture
def site(tmp_path):
    """A folder with a file of the page's."""
    (tmp_path / "data").mkdir()
    with open(tmp_path / "data" / "glove-50k.npz", "wb") as file:
        save_packed(file, WordVectors(["a", "b"], [[1, 0], [0, 1]]))
    (tmp_path / "data" / "glove-400k.npz").write_text("<!doctype html>Log in to the Wi-Fi")
    return tmp_path


@pytest.fixture(autouse=True)
def untold(monkeypatch):
    monkeypatch.setattr(outside, "_source", "")


def fetched(name):
    return outside.wait(outside.fetch(f"data/{name}"))


def test_data_comes_from_a_folder_or_from_an_address_however_it_is_written(site):
    with serving(site) as url:
        for source in (site, f"{site}/", url, url.removesuffix("/"), f"{url}index.html", f"{url}#map?on=gender"):
            outside.data_from(source)
            assert load_packed(io.BytesIO(fetched("glove-50k.npz"))).words == ["a", "b"]


def test_without_being_told_it_says_what_to_say():
    with pytest.raises(OSError, match=r"say lab\.data_from\(…\) first"):
        fetched("glove-50k.npz")


def test_a_page_in_the_place_of_a_file_and_a_missing_file_are_told(site):
    outside.data_from(site)
    with pytest.raises(OSError, match="glove-400k.npz is something else, such as a page that asks for a login"):
        fetched("glove-400k.npz")
    with pytest.raises(FileNotFoundError):
        fetched("nothing.npz")


def test_waiting_gives_what_is_awaited_and_its_error_whether_or_not_a_loop_runs():
    async def slow(value):
        await asyncio.sleep(0)
        return 1 / value

    async def inside():
        return outside.wait(slow(4))

    def both():
        return outside.wait(slow(2)), asyncio.run(inside())

    with ThreadPoolExecutor() as threads:  # in this one Playwright's loop may run
        assert threads.submit(both).result() == (0.5, 0.25)
    with pytest.raises(ZeroDivisionError):
        outside.wait(slow(0))


@pytest.mark.parametrize(
    "plot",
    [
        Plot("Loss", x="step", y="nats").line([0, 1, 2], [3, np.nan, 1], name="ours").scatter([1], [2]),
        Plot(equal=True).scatter([0, np.inf], [0, 1], labels=["a", "b"]),
        Plot().bars(["a", "b"], [1, 2], name="one").bars(["a", "b"], [2, 1], name="two"),
        Plot().bars([1, 2, 4], [1, -2, 1]),
        Plot().bars([3], [1]),
    ],
)
def test_jupyter_shows_a_plot_as_a_picture(plot):
    picture = plot._repr_png_()
    assert picture.startswith(b"\x89PNG") and len(picture) > 3000


def test_without_matplotlib_a_plot_is_told_in_words(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    assert Plot("Loss").line([0, 1], [1, 0])._repr_png_() is None


def test_a_verdict_reads_as_in_the_page():
    fault = Fault("`f` is not right.", {"x": np.array([1.0, 2.0])}, {"yours": 3, "expected": 4})
    assert repr(Verdict(True, "`f` holds.")) == "Right. `f` holds."
    assert repr(Verdict(False, "", (fault,))).splitlines() == [
        "Not yet. `f` is not right.",
        "x = [1., 2.]",
        "yours = 3",
        "expected = 4",
    ]
