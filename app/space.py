"""The embedding map: real word vectors in a plane, with analogies as arrows, and questions to all 50,000 words.

The models carry what is drawn; static/space.js shows and hides it, so that toggles and clicks need no Python.
"""
import numpy as np
import panel as pn
from bokeh.models import (Arrow, BooleanFilter, CDSView, ColumnDataSource, HoverTool, NormalHead, PanTool, ResetTool,
                          TapTool, WheelZoomTool)
from bokeh.plotting import figure

from app import palette
from app.dynamics import PAGE_ONLY
from embedlab.projection import PCA
from embedlab.vectors import mean_offset_cosine

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
NAMES = {"france": "France", "japan": "Japan", "usa": "USA", "uk": "UK", "paris": "Paris", "tokyo": "Tokyo",
         "nyc": "NYC", "london": "London"}
ANALOGIES = {
    "gender": [("man", "woman"), ("king", "queen"), ("boy", "girl"), ("prince", "princess")],
    "royalty": [("man", "king"), ("woman", "queen"), ("boy", "prince"), ("girl", "princess")],
    "capitals": [("france", "paris"), ("japan", "tokyo"), ("uk", "london")],
    "comparatives": [("big", "bigger"), ("small", "smaller"), ("happy", "happier")],
}
YOURS = "your pairs"
GROUP_COLOURS = {"gender": "#cc3b2e", "royalty": "#8a7a1f", "capitals": "#0077bb", "comparatives": "#00877a",
                 YOURS: "#a154a8"}
NEIGHBOURS = 5
RANDOM_PAIRS = 500


def plane_of(vectors):
    """The PCA that the map is drawn in: of the starting words, and of each analogy's mean offset both ways.

    With the words alone the two components are spent on the categories, and a small but constant difference such
    as man → woman stands almost upright on the plane.
    """
    words = np.array([vectors.vector(word) for word in START])                            # (V, D)
    offsets = [np.mean([vectors.vector(b) - vectors.vector(a) for a, b in pairs], axis=0)
               for pairs in ANALOGIES.values()]
    centre = words.mean(axis=0)
    return PCA(2).fit(np.vstack([words, centre + offsets, centre - np.array(offsets)]))   # (V + 2 groups, D)


def map_words(glove):
    """The words whose vectors the page carries from the start: those drawn, then their neighbours."""
    near = [word for start in START for word, _ in glove.neighbours(start, NEIGHBOURS)]
    return list(dict.fromkeys(START + near))


def neighbour_table(glove):
    """{word: [(neighbour, cosine)]} of the starting words, among all words of `glove`."""
    return {word: glove.neighbours(word, NEIGHBOURS) for word in START}
