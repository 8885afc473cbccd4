"""How words are told apart where scripts have no spaces, in this browser; None if it cannot."""

from browser.segmenter import cutter

CUT = cutter()
