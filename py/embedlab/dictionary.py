"""The dictionary as a corpus: WordNet's senses as sentences, and the packed text in which the page carries them."""

import gzip
import re
import zlib


def dictionary_sentences(text):
    """One sentence a sense of a WordNet file (data.noun, data.verb, ...): its words, its gloss, its examples.

    "00219769 04 n 02 deathblow 0 coup_de_grace 0 ... | the blow that kills; \"...\"" gives "deathblow coup de grace
    the blow that kills; ...". The format is that of the manual page wndb(5WN). Stops inside a gloss ("St. Louis")
    become spaces, so that a sense stays one sentence.
    """
    for line in text.splitlines():
        if line.startswith("  "):  # the licence
            continue
        entry, _, gloss = line.partition(" | ")
        fields = entry.split(" ")
        words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]  # fields[3]: how many, in hexadecimal
        words = " ".join(re.sub(r"\(\w+\)$", "", word) for word in words)  # galore(ip): a mark of its syntax
        yield re.sub(r"[.!?\s]+", " ", f"{words.replace('_', ' ')} {gloss}").strip()


def pack(text):
    """text, gzipped; the same text gives the same bytes."""
    return gzip.compress(text.encode(), 9, mtime=0)


def unpacked_size(packed):
    """How many bytes `unpack` will give, as gzip notes at its end."""
    return int.from_bytes(packed[-4:], "little")


def unpack(packed, step=1 << 16):
    """The bytes of a packed text, piece by piece; raises OSError if it is damaged or cut off."""
    unzip = zlib.decompressobj(wbits=31)  # 16 + 15: gzip's framing, its largest window
    try:
        for start in range(0, len(packed), step):
            yield unzip.decompress(packed[start : start + step])
    except zlib.error as error:
        raise OSError(f"the packed text is damaged ({error}): fetch it again.") from None
    if not unzip.eof:
        raise OSError("the packed text is cut off: fetch it again.")
