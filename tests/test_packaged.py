"""The large files: fetched once, with progress, and again after a failure."""

import asyncio

import pytest

from app.sources import packaged
from embedlab.evaluate import parse_analogies, parse_pairs
from embedlab.reader import CorpusReader
from tests.running import run


@pytest.fixture
def host(monkeypatch):
    """A browser's fetch: counts what is asked for; a reply may be an error."""
    asked, replies = [], []

    async def fetch(path, progress):
        asked.append(path)
        await asyncio.sleep(0)
        for received in (3, 6):
            progress(received, 6)
        reply = replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    monkeypatch.setattr(packaged, "fetch", fetch)
    monkeypatch.setattr(packaged.sys, "platform", "emscripten")
    return asked, replies


def test_two_who_ask_share_one_fetch_and_each_sees_the_progress(host):
    asked, replies = host
    replies.append(b"abcdef")
    file, first, second = packaged.Large("f.bin", bytes.upper), [], []

    async def ask():
        return await asyncio.gather(
            file.get(lambda *p: first.append(p)), file.get(lambda *p: second.append(p)), file.get()
        )

    assert run(ask()) == [b"ABCDEF"] * 3
    assert asked == ["data/f.bin"] and first == second == [(3, 6), (6, 6)]
    assert run(file.get()) == b"ABCDEF" and len(asked) == 1


def test_after_a_failure_it_is_fetched_again(host):
    asked, replies = host
    replies += [OSError("404"), b"ok"]
    file = packaged.Large("f.bin", bytes)

    async def ask_twice():
        with pytest.raises(OSError, match="404"):
            await file.get()
        return await file.get()

    assert run(ask_twice()) == b"ok" and len(asked) == 2


def test_the_dictionary_and_the_test_sets_are_there_without_a_browser():
    dictionary, sets = run(packaged.dictionary().get()), run(packaged.test_sets().get())
    reader = CorpusReader()
    for piece in dictionary.pieces():
        reader.feed(piece)
    assert reader.size == dictionary.size > 11e6 and reader.finish(min_count=5).running_words > 1.5e6
    assert len(parse_pairs(sets["wordsim353.tsv"])) == 353 and len(parse_pairs(sets["simlex999.txt"])) == 999
    categories = parse_analogies(sets["questions-words.txt"])
    assert len(categories) == 14 and sum(map(len, categories.values())) == 19_544
