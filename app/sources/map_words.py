"""The words of the embedding map at the start: their categories, analogies between them, and how they are written."""

CATEGORIES = {
    "animals": "cat dog horse bird fish mouse lion tiger",
    "colours": "red blue green yellow black white purple",
    "countries": "france japan usa uk",
    "cities": "paris tokyo nyc london",
    "people": "king queen man woman boy girl prince princess",
    "food": "pizza sushi burger salad pasta",
    "professions": "doctor lawyer teacher engineer artist",
    "actions": "run walk jump swim fly",
    "comparatives": "big bigger small smaller happy happier",
}
CATEGORY_OF = {word: category for category, words in CATEGORIES.items() for word in words.split()}
START = list(CATEGORY_OF)
NAMES = {
    "france": "France",
    "japan": "Japan",
    "usa": "USA",
    "uk": "UK",
    "paris": "Paris",
    "tokyo": "Tokyo",
    "nyc": "NYC",
    "london": "London",
}
ANALOGIES = {
    "gender": [("man", "woman"), ("king", "queen"), ("boy", "girl"), ("prince", "princess")],
    "royalty": [("man", "king"), ("woman", "queen"), ("boy", "prince"), ("girl", "princess")],
    "capitals": [("france", "paris"), ("japan", "tokyo"), ("uk", "london")],
    "comparatives": [("big", "bigger"), ("small", "smaller"), ("happy", "happier")],
}
ADDED, UNSORTED = "added", "no category"  # the categories of the user's words, and of words of a set that have none


def shown_name(word):
    """The word as it is written on the map: GloVe's are all in lower case."""
    return NAMES.get(word, word)


def category_of(word):
    """The category of a word of the map, ADDED for any that is not of the start."""
    return CATEGORY_OF.get(word, ADDED)
