"""What Python and the page's modules must agree on besides the models: constants, colours and messages.

py/builder/contract.py writes them for the modules as static/contract/constants.js, colours.js and messages.js.
"""

from app.figures.atlas.classes import CLASSES, GREY, NO_CLASS
from app.figures.map.columns import YOURS as YOUR_PAIRS
from app.figures.map.near import MOST as MOST_NEAR
from app.figures.map.shown import NEAR
from app.panels.layouts import MARKED
from app.sources.corpora import YOURS
from app.sources.map_plane import CHOSEN, SPREAD
from app.sources.map_words import ADDED, ANALOGIES, UNSORTED
from app.sources.vector_sets import GLOVE, TABLES
from app.ui import palette
from app.ui.bridge import MESSAGES as REQUESTS
from app.ui.packing import INT16_MAX
from app.ui.stylesheets import THEMED_TEXT

CONSTANTS = dict(
    ADDED=ADDED,
    ANALOGIES=ANALOGIES,
    ATLAS_CLASSES=[[NO_CLASS, GREY], *map(list, CLASSES.items())],  # by the number that a word has in the atlas's file
    CHOSEN=CHOSEN,
    GLOVE=GLOVE,
    INT16_MAX=INT16_MAX,  # what a coordinate of a packed frame is scaled to
    OWN_TEXT=YOURS,
    MARKED_WORDS=MARKED,
    MARK_LINES=palette.LINES,
    MARK_PATHS=palette.PATHS,
    MOST_NEAR=MOST_NEAR,
    SHOW_NEAR=NEAR,
    SPREAD=SPREAD,
    TABLES=TABLES,
    YOUR_PAIRS=YOUR_PAIRS,
    THEMED=THEMED_TEXT,  # the tag of text in the theme's colour
    UNSORTED=UNSORTED,
)

COLOURS = dict(
    CENTRE=palette.CENTRE,
    CONTEXT=palette.PULL,
    FAINT=palette.FAINT,
    GROUPS={group: colour for group, (colour, _) in palette.GROUP_STYLES.items()},  # of analogies
    NEGATIVE=palette.PUSH,
    OTHER=dict(zip(("colour", "marker"), palette.OTHER)),
    SERIES=[colour for colour, _ in palette.CATEGORY_STYLES.values()][:6],  # of the layers of a cell's plot
)

MESSAGES = {name.upper().replace("-", "_"): name for name in REQUESTS}
