"""Files that were chosen together: those of the Embedding Projector belong in pairs."""

from embedlab.formats import recognised
from embedlab.vectors import BadVectors

HEAD = 1 << 16  # bytes by which rows of numbers are known
TABLES = (".tsv", ".txt", ".csv")
METADATA = "meta"  # in the name of a file that has words and more for the rows of another


async def paired(files):
    """[(UserFile of vectors, UserFile of their metadata or None)] of UserFiles, in their order."""
    if len(files) == 1:
        return [(files[0], None)]
    bare = [file for file in files if await _is_bare(file)]
    words = [file for file in files if file not in bare and METADATA in file.name.lower()]
    rest = [file for file in files if file not in words]
    if len(files) == 2 and not words and len(bare) == 1:
        words = [file for file in files if file not in bare]
    elif len(files) == 2 and len(words) == 1:
        bare = rest
    if len(words) != len(bare):
        return [(file, None) for file in files]
    by_name = dict(zip(sorted(bare, key=_name), sorted(words, key=_name)))
    return [(file, by_name.get(file)) for file in files if file not in words]


def _name(file):
    return file.name.lower()


async def _is_bare(file):
    """Whether a file holds rows of numbers without words."""
    if not _name(file).endswith(TABLES):
        return False
    head = await file.read(0, min(HEAD, file.size))
    try:
        return recognised(head[: head.rfind(b"\n") + 1] or head) == "numbers"
    except BadVectors:
        return False
