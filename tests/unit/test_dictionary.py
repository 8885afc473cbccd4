import pytest

from embedlab.dictionary import dictionary_sentences, pack, unpack, unpacked_size
from embedlab.text import tokenize

SENSES = """\
  1 This software and database is being provided to you, the LICENSEE, by
00220330 04 n 02 deathblow 0 coup_de_grace 0 001 @ 00219879 n 0000 | the blow that kills (usually mercifully){}
00020447 00 s 0a out_of_reach(p) 0 b 0 c 1 d 0 e 0 f 0 g 0 h 0 i 0 j 0 001 & 1 a 0 | far; "is it in St. Louis?"; "no"{}
""".format("  ", "  ")


def test_a_sense_is_one_sentence_of_its_words_gloss_and_examples():
    # 0a is ten words, each followed by its number
    assert list(dictionary_sentences(SENSES)) == [
        "deathblow coup de grace the blow that kills (usually mercifully)",
        'out of reach b c d e f g h i j far; "is it in St Louis "; "no"',
    ]
    assert [len(tokenize(line)) for line in dictionary_sentences(SENSES)] == [1, 1]


def test_packed_text_comes_back_in_pieces_and_damage_is_told():
    text = "\n".join(f"é {i}" for i in range(9999))
    packed = pack(text)
    pieces = list(unpack(packed, step=1000))
    assert len(pieces) > 5 and b"".join(pieces).decode() == text and packed == pack(text)
    assert unpacked_size(packed) == len(text.encode())
    with pytest.raises(OSError, match="cut off: fetch it again"):
        list(unpack(packed[:-9]))
    with pytest.raises(OSError, match="damaged"):
        list(unpack(packed[:5000] + b"xx" + packed[5002:]))
    with pytest.raises(OSError, match="damaged"):
        list(unpack(b"<html>not found</html>"))
