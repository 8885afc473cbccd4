"""Words of the scripts that have no spaces between them, by the browser's own segmentation."""

import json


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

    def cut(text):  # as JSON: a segment at a time would take ten times as long
        segments = JSON.stringify(getattr(Array, "from")(segmenter.segment(text)), wanted)
        return " ".join(segment["segment"] for segment in json.loads(segments))

    return cut
