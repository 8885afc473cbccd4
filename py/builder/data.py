"""What the science and the app read from the disk: the kernel and app/data, in the order in which they are made."""

from builder import atlas, dictionary, downloads, glove, kernel, map_words, panels, test_sets, toy_run

STEPS = (
    kernel.STEP,
    glove.SOURCE,
    downloads.GENSIM,
    glove.STEP,
    map_words.STEP,
    dictionary.STEP,
    atlas.STEP,
    test_sets.STEP,
    toy_run.STEP,
    panels.STEP,
)
