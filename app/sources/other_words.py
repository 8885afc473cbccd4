"""More words of the map's categories, and pairs of its analogies, that no plane is fitted to.

What the map's plane keeps of them says what it is worth beyond the words that it was chosen for.
"""

OTHERS = {
    "animals": "rabbit cow sheep goat wolf bear fox monkey elephant snake frog rat duck whale shark deer pig camel "
    "donkey eagle owl",
    "colours": "orange pink brown grey violet crimson scarlet turquoise beige maroon golden silver",
    "countries": "germany italy spain china india brazil russia canada mexico egypt greece sweden norway poland "
    "australia austria ireland",
    "cities": "berlin rome madrid beijing moscow cairo athens stockholm chicago boston sydney toronto vienna "
    "dublin seoul mumbai",
    "people": "uncle aunt father mother son daughter brother sister husband wife lord lady duke duchess emperor "
    "empress nephew niece",
    "food": "bread cheese rice soup sandwich cake noodles potato tomato chocolate sausage bacon curry pie steak",
    "professions": "nurse scientist journalist architect accountant chef painter writer musician farmer politician "
    "professor physician",
    "actions": "climb crawl throw catch dance ride sit stand kick push pull dive march skip",
    "comparatives": "fast faster slow slower tall taller strong stronger weak weaker old older young younger cheap "
    "cheaper rich richer poor poorer long longer high higher",
}
OTHER_CATEGORY_OF = {word: category for category, words in OTHERS.items() for word in words.split()}


def _pairs(words):
    """[(start, end)] of words that come in turns."""
    words = words.split()
    return list(zip(words[::2], words[1::2]))


OTHER_ANALOGIES = {
    "gender": _pairs(OTHERS["people"].replace("lord lady ", "")),
    "capitals": _pairs(
        "germany berlin italy rome spain madrid china beijing russia moscow egypt cairo greece athens austria vienna "
        "ireland dublin sweden stockholm"
    ),
    "comparatives": _pairs(OTHERS["comparatives"]),
}
