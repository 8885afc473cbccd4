import random
import sys
import time
import unicodedata

import numpy as np
import pytest

from embedlab import reader
from embedlab.reader import CUT, BadText, CorpusReader
from embedlab.text import END, EmptyCorpus, Vocabulary, tokenize
from embedlab.wordbreak import tokens

HARD = (
    "The cat sat; the cat ran. Don’t stop!\r\nÉlan e\u0301lan (well-known) 東京、東京。 ΑΣ ΣΑ.Σ ΑΣ,\u0301Α \u0338x "
    "rock-'n'-roll snake_case … İstanbul ﬀ 42nd\n\n... a\u0323\u0301b 𝒳𝒴 the\tcat’s\x1cend?! Straße -- 'q' "
    '1,000,2 a,b,1 3.14. 5.x e.g. U.S.A. (Mr. J. Po) ex\xadample 1\xad,2 א"ב "a" می\u200c هم हिन्दी। ภาษา，１，０'
)


def read(pieces, min_count=1, **options):
    corpus_reader = CorpusReader(**options)
    for piece in pieces:
        corpus_reader.feed(piece)
    return corpus_reader.finish(min_count)


def cut_anywhere(data, draw):
    """data in pieces of 0 to about 9 items."""
    at = sorted(draw.choices(range(len(data) + 1), k=len(data) // 4))
    return [data[i:j] for i, j in zip([0, *at], [*at, len(data)])]


def expected_tokens(text, min_count):
    """The same by the plain way: all sentences, the vocabulary, each sentence encoded."""
    sentences = tokenize(text)
    vocabulary = Vocabulary.from_sentences(sentences, min_count)
    return vocabulary, [i for ids in vocabulary.encode(sentences) if len(ids) for i in [*ids.tolist(), END]]


def test_a_corpus_by_hand():
    # a b a | c a b | d: a 3, b 2, then c and d by first appearance
    corpus = read(["A b a. c", " a b\n...\nd"])
    assert corpus.vocabulary.words == ["a", "b", "c", "d"] and corpus.vocabulary.counts.tolist() == [3, 2, 1, 1]
    assert corpus.tokens.tolist() == [0, 1, 0, END, 2, 0, 1, END, 3, END] and corpus.tokens.dtype == np.int32
    assert (corpus.running_words, corpus.sentences) == (7, 3)


def test_rare_words_leave_and_so_do_the_sentences_that_they_leave_empty():
    corpus_reader = CorpusReader()
    corpus_reader.feed("a b x. y. a z b. z")
    corpus = corpus_reader.finish(min_count=2)
    assert corpus.vocabulary.words == ["a", "b", "z"] and corpus.vocabulary.dropped == {"x", "y"}
    assert corpus.tokens.tolist() == [0, 1, END, 0, 2, 1, END, 2, END]
    assert corpus_reader.finish(min_count=1).running_words == 8  # the same reader, asked again


@pytest.mark.parametrize(
    "encode",
    [
        str,
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: "\ufeff".encode("utf-16-be") + text.encode("utf-16-be"),
    ],
)
def test_any_cut_of_any_text_gives_what_tokenize_gives(encode):
    draw = random.Random(0)
    for trial in range(150):
        text = HARD if trial < 50 else "".join(draw.choices(HARD, k=draw.randint(2, 80)))
        try:
            vocabulary, tokens = expected_tokens(text, min_count=1 + trial % 2)
        except EmptyCorpus:
            continue
        if len(vocabulary) == 1 or not any(a != END != b for a, b in zip(tokens, tokens[1:])):
            continue
        corpus = read(cut_anywhere(encode(text), draw), min_count=1 + trial % 2)
        assert corpus.tokens.tolist() == tokens
        assert corpus.vocabulary.words == vocabulary.words and corpus.vocabulary.dropped == vocabulary.dropped
        assert corpus.vocabulary.counts.tolist() == vocabulary.counts.tolist()


def test_no_character_is_changed_by_what_stands_beyond_a_place_to_cut():
    every = [chr(i) for i in range(sys.maxunicode + 1) if not 0xD800 <= i < 0xE000]
    cuts = [c for c in every if CUT.match(f"a{c}")]
    marks = [c for c in every if unicodedata.combining(c)]
    assert {" ", "\n", ",", "。"} <= set(cuts) and not CUT.match("1,") and not CUT.match('"') and len(marks) > 800
    for cut in cuts:
        assert tokens(f"a{cut}b") == [*tokens(f"a{cut}"), "b"] and tokens(f"ΑΣ{cut}Α") == [*tokens(f"ας{cut}"), "α"]
        assert not any(
            unicodedata.is_normalized("NFC", mark) and len(unicodedata.normalize("NFC", f"{cut}{mark}")) == 1
            for mark in marks
        )


def test_scripts_without_spaces_are_cut_by_what_is_given_else_told():
    for text, cut, uncut, words in [
        ("我爱北京。 x y", None, True, 3),
        ("我爱北京。 x y", " ".join, False, 6),
        ("हिन्दी x", None, False, 2),
    ]:
        corpus_reader = CorpusReader(cut)
        for piece in text:
            corpus_reader.feed(piece)
        corpus_reader.finish()
        assert (corpus_reader.uncut, corpus_reader.words) == (uncut, words)


def test_one_line_of_ten_megabytes_is_read_in_short_steps():
    line = b"one two, three four five six seven eight nine ten " * 210_000
    corpus_reader, times = CorpusReader(), []
    for start in range(0, len(line), reader.PIECE):
        began = time.perf_counter()
        corpus_reader.feed(line[start : start + reader.PIECE])
        times.append(time.perf_counter() - began)
    corpus = corpus_reader.finish()
    assert corpus.vocabulary.counts.tolist() == [210_000] * 10 and corpus.sentences == 1
    quarter = len(times) // 4
    assert np.median(times[-quarter:]) < 5 * np.median(times[:quarter])  # what came before is not gone through again


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_wrong_byte_is_named_wherever_the_pieces_end(size):
    data = "one twö\nthree ".encode() + b"caf\xe9 au lait"
    with pytest.raises(BadText) as refused:
        read([data[i : i + size] for i in range(0, len(data), size)])
    # o n e _ t w ö(2) \n t h r e e _ c a f: 18 bytes before it
    assert str(refused.value).startswith("Byte 18 (line 2") and "E9" in str(refused.value)
    assert "is not UTF-8: save the text as UTF-8" in str(refused.value)


def test_the_mark_counts_among_the_bytes():
    with pytest.raises(BadText, match="Byte 5 .line 1, after “ab”. begins FF"):
        read([b"\xef\xbb", b"\xbfab\xff"])


def test_text_before_the_wrong_byte_is_quoted():
    with pytest.raises(BadText, match="Byte 18 .line 2, after “three caf”. begins E9 20 61 75"):
        read(["one twö\nthree ".encode() + b"caf\xe9 au lait"])


@pytest.mark.parametrize("data,encoding", [("ein Café".encode()[:-1], "UTF-8"), ("ab".encode("utf-16")[:-1], "UTF-16")])
def test_a_text_that_ends_inside_a_character_is_an_error(data, encoding):
    with pytest.raises(BadText, match=f"is not {encoding}"):
        read([data])


def test_nul_characters_are_located():
    with pytest.raises(BadText, match="NUL character .line 2, after “b”.*plain text"):
        read([b"a\n", b"b\0c"])
    with pytest.raises(BadText, match="NUL character .line 1, after “a”."):
        read(["a\0"])
    with pytest.raises(BadText, match="NUL"):
        read(["plain".encode("utf-16-le")])  # without its mark


@pytest.mark.parametrize(
    "pieces,message",
    [
        ([], "The text is empty: type or paste"),
        ([b""], "is empty"),
        ([b"\xef\xbb\xbf"], "holds no words"),
        (["... !? — , ;\n\n"], "holds no words, only other characters"),
        (["hello"], "“hello” is the only word, and a word is learnt from others: use a longer"),
        (["hello hello Hello"], "“hello” is the only word"),
        (["one\ntwo\nthree"], "No sentence has two words"),
    ],
)
def test_nothing_to_learn_from_is_told(pieces, message):
    with pytest.raises(EmptyCorpus, match=message):
        read(pieces)


def test_min_count_that_leaves_too_little_is_told():
    with pytest.raises(EmptyCorpus, match="No word occurs min_count=5 times, the commonest .“a”. 2 times"):
        read(["a b a"], min_count=5)
    with pytest.raises(EmptyCorpus, match="“a” is the only word that occurs min_count=2 times or.*lower min_count"):
        read(["a b a"], min_count=2)


def test_limits_are_told(monkeypatch):
    monkeypatch.setattr(reader, "LONGEST_RUN", 1000)
    read(["ab " + "x" * 900, "y" * 90 + " z"])
    with pytest.raises(BadText, match="1,000 characters on line 3 follow each other without a space"):
        read(["ab\n\n" + "x" * 900, "y" * 190, " z"])
    monkeypatch.setattr(reader, "MOST_WORDS", 100)
    with pytest.raises(BadText, match="More than 100 different words by line 2"):
        read(["\n" + " ".join(map(str, range(101)))])
    with pytest.raises(BadText, match="larger than 1 MB"):
        read(["é " * 333_334], largest=10**6)  # three bytes each


def test_a_finished_reader_takes_no_more():
    corpus_reader = CorpusReader()
    corpus_reader.feed("a b")
    corpus_reader.finish()
    with pytest.raises(ValueError, match="new CorpusReader"):
        corpus_reader.feed("c")
