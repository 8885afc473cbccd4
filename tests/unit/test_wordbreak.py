"""Words and sentences of many scripts; all sentences are our own."""

import sys
import unicodedata

import pytest

from browser.segmenter import cutter
from embedlab.text import tokenize
from embedlab.wordbreak import UNSPACED, tokens


@pytest.mark.parametrize(
    "text",
    [
        "हिन्दी भाषा बहुत सुंदर है",  # Hindi
        "বাংলা ভাষা সুন্দর",  # Bengali
        "தமிழ் மொழி இனிது",  # Tamil
        "ગુજરાતી ભાષા",  # Gujarati
        "తెలుగు భాష",  # Telugu
        "ಕನ್ನಡ ನುಡಿ",  # Kannada
        "മലയാളം ഭാഷ",  # Malayalam
        "ਪੰਜਾਬੀ ਬੋਲੀ",  # Punjabi
        "ଓଡ଼ିଆ ଭାଷା",  # Odia
        "සිංහල ශ්‍රී ක්‍රියා",  # Sinhala, with a joiner
        "שָׁלוֹם עִבְרִית",  # pointed Hebrew
        "السَّلَامُ عَلَيْكُمْ",  # vocalised Arabic
        "می‌خواهم کتاب‌ها",  # Persian, with a non-joiner
        "اردو زبان",  # Urdu
        "ẹ̀kọ́ ọmọ dára",  # Yoruba: ẹ and ọ with marks of tone, for which there are no single characters
        "ភាសាខ្មែរ ស្អាត",  # Khmer
        "ພາສາລາວ ງາມ",  # Lao
        "ภาษาไทย น้ำใจ",  # Thai
        "မြန်မာ ဘာသာ",  # Burmese
        "አማርኛ ቋንቋ",  # Amharic
        "հայերեն ինչո՞ւ",  # Armenian, with its question mark in the word
        "қазақ тілі",  # Kazakh
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ",  # Mongolian
        "한국어 문장",  # Korean
        "ދިވެހި ބަސް",  # Dhivehi
        "ཀྲུང གོ",  # Tibetan, with subjoined letters
        "𞤆𞤵𞤤𞤢𞤪 𞤱𞤮𞤲𞤣𞤫",  # Adlam, beyond the 16-bit characters
    ],
)
def test_words_of_every_script_come_out_whole(text):
    text = unicodedata.normalize("NFC", text).lower()
    assert tokenize(text) == [text.split(" ")]
    assert tokenize(unicodedata.normalize("NFD", text)) == [text.split(" ")]


@pytest.mark.parametrize(
    "text,words",
    [
        ("Tiếng Việt", "tiếng việt"),
        ("exam\u00adple hy\u00adphens", "example hyphens"),
        ("word\u2060join\u2060er \ufeffmark\ufeffed", "wordjoiner marked"),
        ("e\u00ad\u0301lan", "élan"),  # what vanishes does not keep an accent from its letter
        ("\u200fשלום\u200e abc\u200e", "שלום abc"),
        ("می\u200cخواهم کتاب\u200c \u200cابر", "می\u200cخواهم کتاب ابر"),  # inside it stays, at an end it means nothing
        ("ක්\u200dය", "ක්\u200dය"),
        ("zero\u200bwidth", "zero width"),
        ("བོད་སྐད་", "བོད སྐད"),  # Tibetan marks syllables
        ("İstanbul I\u0307stanbul ISTANBUL ılık", "istanbul istanbul istanbul ılık"),
        ("STRAẞE Straße", "straße straße"),
        ("ΟΔΟΣ ὁδός ΣΟΦΟΣ", "οδος ὁδός σοφος"),  # ς at the end of a word
        ("J\u030cX", "ǰx"),  # composed only when lower-cased
        ("ﬁn ½ m² Ⅻ", "ﬁn ½ m² ⅻ"),
    ],
)
def test_what_is_one_word_is_written_one_way(text, words):
    assert tokenize(text) == [words.split(" ")]


@pytest.mark.parametrize(
    "text,words",
    [
        ("3.14 3,14 1,000,000 1.000.000,50 ١٬٠٠٠٫٥ １，０００", "3.14 3,14 1,000,000 1.000.000,50 ١٬٠٠٠٫٥ １，０００"),
        ("1, 2,a,3 b,c .5 v1.2", "1 2 a 3 b c 5 v1.2"),
        ("new_york snake_case_ _a_ __init__ a_1", "new_york snake_case a init a_1"),
        ("well-known well‐known well‑known 1990-2000 rock-'n'-roll a--b", "well-known well-known well-known 1990-2000 "
         "rock n roll a b"),
        ("don't don’t don＇t ‘quoted’ o‘zbek l’été 'tis dogs'", "don't don't don't quoted o'zbek l'été tis dogs"),
        ("col·legi para·lel a·1", "col·legi para·lel a 1"),
        ('צה"ל צה״ל "שלום" a"b ז׳בוטינסקי', 'צה"ל צה״ל שלום a b ז׳בוטינסקי'),
        ("cat🐱dog 👩\u200d💻 ❤️ 1️⃣ 🇩🇪 👍🏽ok", "cat dog 1\u20e3 ok"),
        ("jane.doe@example.com https://www.example.org/a_b #tag @me C++ AT&T", "jane.doe example.com https "
         "www.example.org a_b tag me c at t"),
        ("Москва-река и Київ/Kyiv Ελλάδα(Greece)日本", "москва-река и київ kyiv ελλάδα greece 日本"),
        ("a\u00a0b\tc\u202fd\u3000e:f;g/h", "a b c d e f g h"),
        ("iPhone手机 3月 ภาษา5", "iphone 手机 3 月 ภาษา 5"),
        ("\u0301 x \u0301y", "x y"),  # a mark on a space is no word
        ("", ""),
    ],
)  # fmt: skip
def test_what_joins_and_what_parts_words(text, words):
    assert tokenize(text) == ([words.split(" ")] if words else [])


@pytest.mark.parametrize(
    "text,sentences",
    [
        ("我爱猫。你呢？好！", "我爱猫|你呢|好"),
        ("猫はかわいい｡犬も．", "猫はかわいい|犬も"),
        ("राम घर गया। सीता आई॥ कब?", "राम घर गया|सीता आई|कब"),
        ("هل أنت هنا؟ نعم", "هل أنت هنا|نعم"),
        ("وہ گیا۔ وہ آئی", "وہ گیا|وہ آئی"),
        ("እሱ ሄደ። እሷ መጣች፧ አዎ", "እሱ ሄደ|እሷ መጣች|አዎ"),
        ("Նա եկավ։ Նա գնաց", "նա եկավ|նա գնաց"),
        ("သူ သွား။ သူ လာ", "သူ သွား|သူ လာ"),
        ("គាត់ ទៅ។ គាត់ មក", "គាត់ ទៅ|គាត់ មក"),
        ("ང་ འགྲོ། ཁྱོད་ ཤོག", "ང འགྲོ|ཁྱོད ཤོག"),
        ("wait… what?! yes‼ no", "wait|what|yes|no"),
        ("a b\r\nc d\re f\u2028g h\u2029i j\u0085k l\x0bm\x0cn", "a b|c d|e f|g h|i j|k l|m|n"),
        ("Pi is 3.14. It is not 3. See p.12 and fig.3 there", "pi is 3.14|it is not 3|see p 12 and fig 3 there"),
        ("The U.S.A. is big, e.g. Texas, i.e. this", "the u.s.a is big e.g texas i.e this"),
        ("A Ph.D. and an M.Sc. came at 5 p.m. today", "a ph.d and an m.sc came at 5 p.m today"),
        ("d.h. z.B. heute. д.н. сегодня", "d.h z.b heute|д.н сегодня"),
        ("बी.ए. पास", "बी.ए पास"),
        ("Mr. Smith, Mrs. Hill, Dr. Who and St. Paul met. Yes", "mr smith mrs hill dr who and st paul met|yes"),
        ("Apples, pears, etc. are fruit. (Cf. pears vs. plums.)", "apples pears etc are fruit|cf pears vs plums"),
        ("J. K. Smith wrote. George W. Hill read", "j k smith wrote|george w hill read"),
        ("a b a. c a b. d", "a b a|c a b|d"),  # a small letter alone is a word
        ("The mast. A dr! it", "the mast|a dr|it"),
        ("“It ended.” She left... then .net came", "it ended|she left|then net came"),
        ("U.S.A... then", "u.s.a|then"),
    ],
)
def test_sentences_end_where_they_end(text, sentences):
    assert tokenize(text) == [sentence.split(" ") for sentence in sentences.split("|")]


def spaces(text):
    """A cut of every two characters."""
    return "\n".join(" ".join(run[i : i + 2] for i in range(0, len(run), 2)) for run in text.split("\n"))


def test_scripts_without_spaces_are_cut_by_what_is_given():
    assert tokenize("我爱北京。Tom爱上海, new_york", spaces) == [["我爱", "北京"], ["tom", "爱上", "海", "new_york"]]
    assert tokens("plain élan हिन्दी", lambda text: pytest.fail("not to be cut")) == ["plain", "élan", "हिन्दी"]


def test_runs_without_spaces_are_letters_of_those_scripts():
    names = ("THAI", "LAO", "KHMER", "MYANMAR", "HIRAGANA", "KATAKANA", "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH")
    for char in map(chr, range(0x300, sys.maxunicode + 1)):
        unspaced = unicodedata.name(char, "").startswith(names) and unicodedata.category(char)[0] in "LM"
        if unspaced and not unicodedata.name(char).startswith(("MYANMAR LETTER TAI LAING", "MYANMAR MODIFIER")):
            assert UNSPACED.fullmatch(f"一{char}"), unicodedata.name(char)
        assert not (UNSPACED.match(char) and char.isspace())
    assert not any(map(UNSPACED.match, "aя한。、，！？．3๓\u200b-_ \n"))


def test_the_browser_cuts_words_where_there_is_one():
    cut = cutter()
    if sys.platform != "emscripten":
        assert cut is None
        return
    assert tokenize("我们喜欢北京。猫在这里", cut) == [["我们", "喜欢", "北京"], ["猫", "在", "这里"]]
    assert tokenize("これはペンです。", cut) == [["これ", "は", "ペン", "です"]]
    assert tokenize("ภาษาไทย น้ำใจ", cut) == [["ภาษา", "ไทย", "น้ำใจ"]]
