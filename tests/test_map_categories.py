"""Categories of the user's own, out of text and files in the ways that these come."""

import pytest

from app.figures.map.categories import MOST_CATEGORIES, parse_file, parse_text

FRUIT = {"fruit": ["apple", "pear"], "tools": ["saw"]}


@pytest.mark.parametrize(
    "text",
    [
        "fruit: apple, pear\ntools: saw",
        "fruit:apple,pear\r\ntools:saw\r\n",
        "\ufefffruit: apple, pear,\n\n  \ntools: saw,,\n",
        "fruit: apple; pear\ntools: saw",
        "fruit:\tapple\tpear\ntools:\tsaw",
        '"fruit": "apple", “pear”\ntools: saw',
        "fruit: apple\ntools: saw\nfruit: pear",
        "fruit: apple, apple, pear\ntools: saw",
    ],
)
def test_lines_of_text(text):
    assert parse_text(text) == FRUIT


def test_no_text_has_no_categories_and_words_may_have_spaces_and_colons():
    assert parse_text(" \n") == {}
    assert parse_text("places: new york, a:b") == {"places": ["new york", "a:b"]}


@pytest.mark.parametrize(
    "text, why",
    [
        ("fruit: apple\n\nfruit apple", "Line 3: “fruit apple” has no colon: write"),
        ("fruit: apple\n: pear", "Line 2: There is no name before the colon: write"),
        ("fruit: , ;", "Line 1: “fruit” has no words: write"),
        ("fruit: apple\nfirms: saw, apple", "Line 2: “apple” is in “fruit” already .line 1.: leave one out"),
        ("\n".join(f"c{i}: w{i}" for i in range(30)), f"30 categories; the map has room for {MOST_CATEGORIES}"),
    ],
)
def test_what_is_wrong_with_a_text(text, why):
    with pytest.raises(ValueError, match=why):
        parse_text(text)


@pytest.mark.parametrize(
    "data",
    [
        b"word\tcategory\napple\tfruit\npear\tfruit\nsaw\ttools\n",
        b"apple\tfruit\npear\tfruit\nsaw\ttools",
        b"\xef\xbb\xbfWord,Category\r\napple,fruit\r\npear,fruit\r\nsaw,tools\r\n",
        b"apple;fruit\npear;fruit\nsaw;tools\n",
        b'"apple","fruit"\n"pear" ,"fruit"\nsaw, tools\n'.replace(b'" ,', b'",'),
        b"\n\napple,fruit,\n,,\npear,fruit,\n   \nsaw,tools,\n",
        b"id,category,count,word\n1,fruit,9,apple\n2,fruit,8,pear\n3,tools,7,saw\n",
        b"label\tclass\napple\tfruit\npear\tfruit\nsaw\ttools\n",
        b"word\tlabel\napple\tfruit\napple\tfruit\npear\tfruit\nsaw\ttools\n",
        "word\tcategory\napple\tfruit\npear\tfruit\nsaw\ttools\n".encode("utf-16"),
    ],
)
def test_files(data):
    assert parse_file(data, "mine.tsv") == FRUIT


def test_a_name_from_a_file_can_be_written_as_a_line():
    found = parse_file('apple,"sweet: and\nround"\nrouge,été\n'.encode(), "mine.csv")
    assert found == {"sweet and round": ["apple"], "été": ["rouge"]}
    assert parse_text("sweet and round: apple\nété: rouge") == found


@pytest.mark.parametrize(
    "data, why",
    [
        (b"apple\tfruit\n\npear\n", "“mine.tsv”, line 3: “pear” has no category"),
        (b"apple\tfruit\n\tfruit\n", "“mine.tsv”, line 2: there is no word"),
        (b"apple,fruit\npear,tools\napple,tools\n", "“mine.tsv”, line 3: “apple” is in “fruit” already .line 1."),
        (b'apple,fruit\n"pear,fruit\n', "“mine.tsv”, line 2: a quotation mark"),
        (b'"a,b",fruit\n', "“mine.tsv”, line 1: “a,b” has a comma"),
        (b"apple,fruit\np\xff,fruit\n", "“mine.tsv”: Byte 13 .line 2, after “p”. .* not UTF-8: save"),
        (b"", "“mine.tsv” holds no words"),
        (b"word,category\n", "“mine.tsv” holds no words"),
        (b"".join(b"w%d,c%d\n" % (i, i) for i in range(30)), "30 categories"),
    ],
)
def test_what_is_wrong_with_a_file(data, why):
    with pytest.raises(ValueError, match=why):
        parse_file(data, "mine.tsv")
