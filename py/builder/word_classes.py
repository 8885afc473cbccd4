"""What kind of thing a word names: WordNet's lexicographer classes, of its commonest sense.

A line of WordNet's index.sense is "lemma%type:class:...  offset  number  count": the part of speech, the number of the
lexicographer's file (lexnames(5WN)), which sense it is among the word's, and how often it was tagged in texts.
"""

from builder.dictionary import wordnet_texts

INDEX = "dict/index.sense"
CONTENT = "a1e024aecb7a28a073c4824a9913dc6973453700e1ab9d5629144a7445221611"  # `dictionary.content` of it

# The atlas's classes, in the order of its legend: {name: lexicographer's files}. What stands in none of them is grey.
CLASSES = {
    "animals": (5,),
    "food": (13,),
    "plants": (20,),
    "people": (18,),
    "body": (8,),
    "things": (6,),
    "places": (15, 17),
    "time": (28,),
    "numbers": (23,),
    "ideas and acts": (3, 4, 7, 9, 10, 11, 12, 14, 16, 19, 21, 22, 24, 25, 26, 27),
    "verbs": tuple(range(29, 44)),
    "adjectives, adverbs": (0, 1, 2, 44),
}
NUMBER_OF = {file: number for number, files in enumerate(CLASSES.values(), 1) for file in files}  # 0: none

# Endings that WordNet's own look-up takes off (morphy(7WN)), for words that are not lemmas: [(ending, replacements)].
ENDINGS = (
    ("men", ("man",)),
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ing", ("", "e")),
    ("ed", ("", "e")),
    ("er", ("", "e")),
    ("est", ("", "e")),
)
SHORTEST = 3  # letters of a base form: "as" is no plural
# What WordNet has, if at all, as something else: "he" as helium, "or" as Oregon.
FUNCTION_WORDS = """
    a an the and or but nor if as at by for from in into of off on onto out over per than to under until up upon via
    with i me my we us our you your he him his she her it its they them their who whom whose which what that this these
    those am is are was were be been being has have had having do does did doing will would shall should can could may
    might must not no so
"""
FUNCTION_WORDS = frozenset(FUNCTION_WORDS.split())


def senses():
    """{lemma: (class number, how often it was tagged)} of the commonest sense, out of WordNet."""
    (text,) = wordnet_texts((INDEX,), CONTENT)
    return commonest(text)


def commonest(text):
    """{lemma: (class number, count)} of an index.sense: the sense tagged most often, of equal ones the first noun."""
    best = {}
    for line in text.splitlines():
        key, _, number, count = line.split()
        lemma, rest = key.split("%")
        kind, file = map(int, rest.split(":")[:2])
        rank = -int(count), int(number), kind  # kind 1 is a noun
        if lemma not in best or rank < best[lemma][0]:
            best[lemma] = rank, file
    return {lemma: (NUMBER_OF[file], -rank[0]) for lemma, (rank, file) in best.items()}


def class_of(word, senses):
    """The number of a word's class, 0 if it has none: its own, else that of the commonest of its base forms."""
    if word in FUNCTION_WORDS or len(word) < 2:
        return 0
    if word.replace(",", "").replace(".", "").isdecimal():
        return list(CLASSES).index("numbers") + 1
    if word in senses:
        return senses[word][0]
    return max((senses[form] for form in base_forms(word) if form in senses), key=lambda it: it[1], default=(0, 0))[0]


def base_forms(word):
    """What a word may be a form of, without what is too short."""
    for ending, replacements in ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            return [stem + other for other in replacements if len(stem + other) >= SHORTEST]
    return []
