"""Numbers in sentences: 10,000; −0.36; 1 word."""


def written(number):
    """A number as it is: 10,000; 0.025; −0.5."""
    return f"{number:,.10g}".replace("-", "−")


def decimal(number, digits):
    """A number with so many digits behind the point: −0.36; what rounds to zero has no sign."""
    return f"{number:z,.{digits}f}".replace("-", "−")


def counted(number, noun, several=None):
    """So many of something: 1 word, 10,000 words; several: its plural, if it is not made by an s."""
    return f"{written(number)} {noun if number == 1 else several or noun + 's'}"


def sized(V, D):
    """The shape of a table of vectors: 400,000 words, 50 numbers each."""
    return f"{counted(V, 'word')}, {counted(D, 'number')} each"
