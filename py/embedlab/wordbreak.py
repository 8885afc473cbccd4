"""Where words and sentences begin and end: the word boundaries of Unicode (UAX #29), in NumPy.

A letter or digit takes the marks after it along, and a mark between two words joins them if both are of a kind that
it joins: "." letters (u.s.a) or digits (3.14), "," digits, "·" letters (l·l). This is the whole of rules WB4 to WB13.
Where it is not UAX #29, for the sake of word vectors: "-" and "'" join any two words (well-known, o'2); "_" joins but
never begins or ends one; ":" joins none (as in CLDR), nor do ";" and a narrow space; numerals such as ² are letters.

Sentences end as UAX #29's STerm has it, at a line's end and at ".", but for one that follows a letter or two after
another "." (u.s.a., e.g.), a capital alone (J. Smith) or one of TITLES, or that stands right before a word. That a
small letter follows does not count: many texts have no others.

Axes: N characters, B those that are no marks.
"""

import codecs
import re
import sys
import unicodedata

import numpy as np

LETTER, DIGIT, HEBREW, WORD = 1, 2, 4, 8  # what a character is, or, with MIDDLE, what must stand on both its sides
MARK, MIDDLE, END, UPPER = 16, 32, 64, 128
SIDES = LETTER | DIGIT | HEBREW | WORD
UNKNOWN = 255
STAYS, SPACE, STOPPED, ENDED = 0, ord(" "), 1, 2  # what becomes of a character

MIDDLES = {  # between two of these: one word
    WORD: "'-_",
    LETTER | DIGIT: ".․．",
    LETTER: "\u00b7\u055f\u05f4\u2027",  # Catalan and Greek middle dot, Armenian abbreviation, gershayim, hyphenation
    DIGIT: ",\u066b\u066c，\ufe50",
    HEBREW: '"',
}
TERMINALS = (  # the property Sentence_Terminal, the ends of lines, the ellipsis and the Tibetan shads
    ".․．!?…།༎\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    "։؝؞؟۔܀܁܂߹࠷࠹࠽࠾।॥၊။።፧፨᙮᜵᜶។៕᠃᠉᥄᥅᪨᪩᪪᪫᭎᭏᭚᭛᭞᭟᭽᭾᭿᰻᰼᱾᱿‼‽⁇⁈⁉⳹⳺⳻⸮⸼⹓⹔。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒︕︖﹒﹖﹗！？｡"
    "𐩖𐩗𐽕𐽖𐽗𐽘𐽙𐾆𐾇𐾈𐾉𑁇𑁈𑂾𑂿𑃀𑃁𑅁𑅂𑅃𑇅𑇆𑇍𑇞𑇟𑈸𑈹𑈻𑈼𑊩𑏔𑏕𑑋𑑌𑗂𑗃𑗉𑗊𑗋𑗌𑗍𑗎𑗏𑗐𑗑𑗒𑗓𑗔𑗕𑗖𑗗𑙁𑙂𑜼𑜽𑜾𑥄𑥆𑩂𑩃𑪛𑪜𑱁𑱂𑻷𑻸𑽃𑽄𖩮𖩯𖫵𖬷𖬸𖭄𖵮𖵯𖺘𛲟𝪈"
)
MARKS = "\u055b\u055c\u055e"  # tone marks inside Armenian words; all others by their category
TITLES = (
    *(" mr", " mrs", " ms", " dr", " prof", " rev", " st", " jr", " sr"),
    *(" vs", " etc", " cf", " ca", " fig", " inc", " ltd"),
)

ENDS = STOP, OTHER = ".", "!"  # tokens where a sentence ends: at a full stop, at anything else
# Vanish: hyphens and joiners of lines, marks of direction, of emoji and of nothing.
IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
ALIKE = (*("’'", "‘'", "＇'", "‐-", "‑-"), ("İ", "i"))
# Scripts whose words have no spaces between them: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u17d7\u17dc\u17dd"
    "\u3005-\u3007\u3031-\u3035\u303b\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f"
    "\U00016fe3-\U00016ff6\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{_UNSPACED}][{_UNSPACED}\ufe00-\ufe0d\U000e0100-\U000e01ef]*")

_kinds = np.full(sys.maxunicode + 1, UNKNOWN, dtype=np.uint8)  # of the characters that were met
_every = np.arange(256)  # kinds
_BESIDE = np.where(_every & MIDDLE, 0, _every & SIDES).astype(np.uint8)  # as a neighbour
_FATES = bytes(np.where(_BESIDE, STAYS, np.where((_every & END != 0) & (_every & MIDDLE == 0), ENDED, SPACE)).tolist())


def tokens(text, cut=None):
    """The lower-cased words of a text, composed (NFC), with one of ENDS where a sentence ends: list[str].

    cut(text) puts spaces between the words of the scripts that have none; without it, what stands together stays.
    """
    if text.isascii():
        return _split(text, codecs.ascii_encode, codecs.ascii_decode, np.uint8)
    text = unicodedata.normalize("NFC", IGNORED.sub("", text))
    for other, plain in ALIKE:
        text = text.replace(other, plain)
    return _split(spaced(text, cut), codecs.utf_32_le_encode, codecs.utf_32_le_decode, np.dtype("<u4"))


def spaced(text, cut=None):
    """The text with spaces around each run of characters of an unspaced script, and between the words found in it."""
    runs = UNSPACED.findall(text)
    if not runs:
        return text
    runs = iter(cut("\n".join(runs)).split("\n") if cut else runs)
    return UNSPACED.sub(lambda _: f" {next(runs)} ", text)


def _split(text, encode, decode, dtype):
    """`tokens` of a text in which every two characters that mean the same are the same."""
    codes = np.frombuffer(encode(f" {text} ", "replace")[0], dtype)  # (N,); the space: a mark always has a base
    kinds = kinds_of(codes)
    marks = kinds & MARK != 0
    if marks.any():
        base = np.flatnonzero(~marks)  # (B,)
        fate = np.repeat(fates(kinds[base]), np.diff(base, append=len(codes)))  # (N,): a mark's is that of its base
    else:
        fate = fates(kinds)
    text = decode(np.where(fate == STAYS, codes, fate).astype(dtype, copy=False).tobytes())[0].lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u200c ", " ")  # a ZWNJ at a word's end joins nothing
    text = text.replace(chr(ENDED), f" {OTHER} ")
    *parts, last = text.split(chr(STOPPED))
    parts = [part + (" " if part.endswith(TITLES) else f" {STOP} ") for part in parts]
    return "".join([*parts, last]).split()


def translated(codes, table):
    """table[codes] of bytes, (N,) uint8; NumPy's indexing takes seven times as long."""
    return np.frombuffer(bytearray(codes).translate(table), np.uint8)


def kinds_of(codes):
    """What each character is, as bits: uint8, of the shape of codes."""
    if codes.itemsize == 1:
        return translated(codes, _ASCII)
    kinds = _kinds[codes]
    unknown = kinds == UNKNOWN
    if unknown.any():
        unknown = np.unique(codes[unknown])
        _kinds[unknown] = [_kind(chr(code)) for code in unknown.tolist()]
        kinds = _kinds[codes]
    return kinds


def _kind(char):
    """What a character is, by its Unicode category where no table above has it; 0 for all that is in no word."""
    end = END * (char in TERMINALS)
    for neighbours, chars in MIDDLES.items():
        if char in chars:
            return MIDDLE | neighbours | end
    category = unicodedata.category(char)
    if char in MARKS or category in ("Mn", "Mc", "Me") or category == "Cf" and char != "\u200b":  # a space of no width
        return MARK
    if char.isdecimal():
        return WORD | DIGIT
    if char.isalnum() or char == "׳":
        return WORD | LETTER | UPPER * char.isupper() | HEBREW * unicodedata.name(char, "").startswith("HEBREW")
    return end


_ASCII = bytes(map(_kind, map(chr, range(256))))


def fates(kinds):
    """What becomes of each character that is no mark: STAYS, SPACE, STOPPED or ENDED, (B,) uint8; kinds: (B,)."""
    kinds = np.pad(kinds, 3)  # (3 + B + 3,), so that each has neighbours
    fate = translated(kinds, _FATES)  # right but for what stands between two words, and the full stops
    middle = np.flatnonzero(kinds & MIDDLE)
    joins = _BESIDE[kinds[middle - 1]] & _BESIDE[kinds[middle + 1]] & kinds[middle] != 0
    fate[middle[joins]] = STAYS
    stop = middle[~joins & (kinds[middle] & END != 0)]
    fate[stop] = np.where(_ends_nothing(stop, kinds, fate), SPACE, STOPPED)
    return fate[3:-3]


def _ends_nothing(stop, kinds, fate):
    """Whether a full stop belongs to an abbreviation or begins a word; stop: places of full stops."""
    before = _BESIDE[kinds[stop - np.array([[1], [2], [3]])]]
    joins = (fate[stop - np.array([[2], [3]])] == STAYS) & (before[1:] == 0)  # a mark that joins has no side
    letter = before & LETTER != 0
    abbreviation = letter[0] & (joins[0] | letter[1] & joins[1])  # u.s.a. or m.sc.
    initial = (kinds[stop - 1] & UPPER != 0) & (before[1] == 0)  # J. Smith
    return abbreviation | initial | (_BESIDE[kinds[stop + 1]] != 0)
