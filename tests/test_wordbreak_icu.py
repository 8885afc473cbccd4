"""The word boundaries against another implementation of UAX #29, the ICU inside Node, where ours is not to differ."""

import json
import random
import subprocess
import unicodedata

from embedlab.wordbreak import ENDS, TERMINALS, UNSPACED, tokens

PROGRAM = """
import { readFileSync } from "node:fs";
const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const words = (text) => [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => s.segment);
const every = [...Array(0x110000).keys()].filter((i) => i < 0xd800 || i > 0xdfff).map((i) => String.fromCodePoint(i));
console.log(JSON.stringify({
  words: JSON.parse(readFileSync(0)).map(words),
  terminals: every.filter((c) => /\\p{Sentence_Terminal}/u.test(c)),
  unspaced: every.filter((c) => /[\\p{L}]/u.test(c) &&
    /[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]/u.test(c)),
}));
"""
ALPHABET = (
    list("abzéßя١५3700.,.,·״' (!?/")
    + list("שהא")
    + list("कहिन्दीমাதிశుം")
    + ["\u0301", "\u200d", "ẹ̀", "ا", "َ", "€", "\n"]
)


def asked(texts):
    done = subprocess.run(
        ["node", "--input-type=module", "-e", PROGRAM], input=json.dumps(texts), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differs_on_purpose(text):
    """An apostrophe beside a digit, or at a Hebrew word's end: see wordbreak."""
    return "'" in text and any(char.isdigit() or "א" <= char <= "ת" for char in text)


def test_words_are_those_of_icu_and_the_lists_of_characters_are_unicodes():
    draw = random.Random(0)
    texts = ["".join(draw.choices(ALPHABET, k=draw.randint(1, 14))) for _ in range(20_000)]
    texts = [text for text in texts if not differs_on_purpose(text)]
    icu = asked(texts)
    assert len(texts) > 10_000
    for text, words in zip(texts, icu["words"]):
        words = [unicodedata.normalize("NFC", word) for word in words]
        assert [token for token in tokens(text) if token not in ENDS] == words, text
    assert set(TERMINALS) >= set(icu["terminals"])
    assert [char for char in icu["unspaced"] if not UNSPACED.match(char)] == []
