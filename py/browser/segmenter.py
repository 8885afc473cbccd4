"""Words of the scripts that have no spaces between them, by the browser's own segmentation."""

import json
import re

# Engines put a copy of the whole text beside each word found in it, so that long texts would fill the memory.
PART = re.compile(r".{1,400}\n|.{1,400}", re.DOTALL)  # ends with a line where one ends in time


def cutter():
    """A function that puts spaces between the words of a text, for wordbreak.tokens; None where there is no browser
    or an old one, which has no Intl.Segmenter.
    """
    try:
        from js import JSON, Array, Intl, Object
        from pyodide.ffi import to_js

        options = to_js({"granularity": "word"}, dict_converter=Object.fromEntries)
        segmenter, wanted = Intl.Segmenter.new("und", options), to_js(["segment"])
    except (ImportError, AttributeError):
        return None
    array = getattr(Array, "from")

    def cut(text):
        parts = (JSON.stringify(array(segmenter.segment(part)), wanted) for part in PART.findall(text))
        return " ".join(segment["segment"] for part in parts for segment in json.loads(part))

    return cut
