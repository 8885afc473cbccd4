"""Text files of vectors as other programs, and people, write them."""

import numpy as np
import pytest

from embedlab.formats import load, read
from embedlab.vectors import BadVectors

TWO = ["cat 0.1 0.2", "dog 0.3 0.4"]
CAT_DOG = [[0.1, 0.2], [0.3, 0.4]]


def reads(data, words, matrix=CAT_DOG):
    got = read(data)
    return got.words == words and np.array_equal(got.matrix, np.array(matrix, np.float32))


@pytest.mark.parametrize("header", ["", "2 2", " 2 2", "\t2\t2 ", "2 2  "])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", " \n", " \t\r\n"])
@pytest.mark.parametrize("end", ["", "{}", "{0}{0}", "{0} {0}", "\r\n \r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_blank_lines_at_the_end_do_not_matter(header, line_end, end, start):
    lines = [header, *TWO] if header else TWO
    assert reads((start + line_end.join(lines) + end.format(line_end)).encode(), ["cat", "dog"])


def test_a_header_may_have_commas_in_its_numbers():
    lines = "".join(f"w{i} 0.5\n" for i in range(2000))
    assert len(read(f"2,000 1\n{lines}".encode())) == 2000
    with pytest.raises(BadVectors, match="line 2: it has 1 number, the header says 50"):
        read(f"2,000 50\n{lines}".encode())


def test_an_empty_line_between_others_is_named():
    with pytest.raises(BadVectors, match="line 2: it has 0 numbers"):
        read(b"cat 0.1 0.2\n\ndog 0.3 0.4\n")


def test_a_control_character_in_a_word_makes_no_binary_file():
    assert reads(b"3 2\n\x08 0.1 0.2\ncat 0.3 0.4\ndog 0.5 0.6\n", ["\x08", "cat", "dog"], [*CAT_DOG, [0.5, 0.6]])


@pytest.mark.parametrize(
    "words", [["new york", "dog"], ["dog", "new  york"], ["route 66", "7 up"], ["a b 1 2", "1 2 3"]]
)
def test_the_header_and_tabs_settle_where_words_with_spaces_end(words):
    lines = list(zip(words, ["0.1 0.2", "0.3 0.4"]))
    expected = [" ".join(word.split()) for word in words]
    assert reads("".join(["2 2\n", *(f"{word} {row}\n" for word, row in lines)]).encode(), expected)
    tabs = "".join("\t".join([word, *row.split()]) + "\n" for word, row in lines).encode()
    assert reads(tabs, words) and reads(b"2\t2\n" + tabs, words)


def test_without_a_header_words_with_spaces_are_told_from_the_numbers_wherever_they_stand():
    lines = ["new york 0.1 0.2", "7 0.3 0.4", "los angeles 0.5 0.6", ". . . 0.7 0.8"]
    for first in range(4):
        order = lines[first:] + lines[:first]
        assert read("\n".join(order).encode()).words == [line.rsplit(" ", 2)[0] for line in order]


@pytest.mark.parametrize("first", ["1990", "1", "007"])
def test_numbers_may_be_words_of_a_file_with_tabs(first):
    assert reads(f"{first}\t0.1\t0.2\n1991\t0.3\t0.4\n".encode(), [first, "1991"])
    assert reads(f"{first}\t0.1\t0.2\ncat\t0.3\t0.4\n".encode(), [first, "cat"])


@pytest.mark.parametrize(
    "rows", ["0.1\t0.2\n0.3\t0.4\n", "1\t2\n3\t4\n", "2\t2\n1\t3\n", "0.5\n0.1\n", "-1\t2\n3\t0.5\n"]
)
def test_numbers_alone_ask_for_their_words(rows):
    with pytest.raises(BadVectors, match="numbers without words: choose it together with its metadata.tsv"):
        read(rows.encode())


@pytest.mark.parametrize(
    "text",
    [
        "cat,0.1,0.2\ndog,0.3,0.4\n",
        "cat, 0.1, 0.2\r\ndog, 0.3, 0.4",
        '"cat","0.1","0.2"\ndog,0.3,0.4\n',
        "cat;0.1;0.2\ndog;0.3;0.4\n",
        "cat;0,1;0,2\ndog;0,3;0,4\n",
    ],
)
def test_commas_and_semicolons_may_separate(text):
    assert reads(text.encode(), ["cat", "dog"])


def test_a_quoted_word_of_a_csv_may_hold_what_separates():
    words = ["new, york", 'the "big" apple']
    assert reads(b'"new, york",0.1,0.2\n"the ""big"" apple",0.3,0.4\n', words)


@pytest.mark.parametrize("names", ["word{0}d0{0}d1", "{0}0{0}1", "{0}d0{0}d1", "name{0}x{0}y"])
@pytest.mark.parametrize("separator", [",", "\t", ";", " "])
def test_a_row_of_column_names_is_left_out_and_said(names, separator):
    names = names.format(separator)
    got = load("\n".join([names, *(line.replace(" ", separator) for line in TWO)]).encode())
    assert got.vectors.words == ["cat", "dog"] and got.vectors.matrix.tolist() == np.float32(CAT_DOG).tolist()
    assert got.notes == [f"Left out as the names of the columns: line 1, “{names.strip()}”."] and not got.doubts


@pytest.mark.parametrize("separator", [",", "\t", " "])
@pytest.mark.parametrize("start,D,doubted", [(0, 2, True), (0, 7, True), (1, 7, True), (1, 3, False), (2, 7, False)])
def test_a_word_whose_numbers_count_columns_is_doubted(separator, start, D, doubted):
    lines = [["word", *range(start, start + D)], ["cat", *[0.1] * D], ["dog", *[0.3] * D]]
    text = "\n".join(separator.join(map(str, line)) for line in lines)
    got = load(text.encode())
    assert got.vectors.words == ["word", "cat", "dog"] and len(got.doubts) == doubted
    assert not doubted or text.split("\n")[0] in got.doubts[0] and "pandas" in got.doubts[0]


def test_numbers_of_other_kinds_are_named():
    for bad in ("0,2", "1_0", "0x1", "-", "1e", "½"):
        with pytest.raises(BadVectors, match=f"line 3: number 2 of “cow” is “{bad}”"):
            read(f"cat 0.1 0.2\ndog 0.3 0.4\ncow 0.1 {bad}\n".encode())


def test_a_number_too_few_in_one_line_is_not_made_up_by_another():
    with pytest.raises(BadVectors, match="line 1: "):
        read(b"a\t1 2\t3\nb\t4\t\nc\t5\t6\nd\t7\t8\n")
