"""Requests from the page to Python: their names, and who answers them; and the way of downloads.

In the page, `ask(message, value)` of static/live/session.js sends them.
"""

from inspect import isawaitable

MESSAGES = {
    "dynamics-log": "Send the steps from a frame of the run on show to the next. Value: the number of the frame.",
    "dynamics-train": "Train with the settings of the controls. No value.",
    "map-vectors": "All vectors of the map will be needed soon: load them. No value.",
    "map-rows": "Send the vectors of words that the plane of the map is to be turned to. Value: JSON, a list of words.",
    "map-near": "Send the neighbours of a word on the map. Value: the word.",
    "map-compare": "Compare two words. Value: JSON, a list of a word on the map and one that the user chose.",
    "map-put": "Put words on the map. Value: JSON, a list of words.",
    "map-keep": "Put words of the sum on the map. Value: JSON, a list of words.",
    "map-pairs": "Draw the pairs in the field of the user's own. No value.",
    "map-sum": "Work the sum out. No value.",
    "map-odd": "Find the odd one out. No value.",
    "map-remove-pair": "Take a pair of the user's off the map. Value: JSON, a list of its two words.",
    "map-add": "Put words on the map. Value: the text as it was typed, commas and the like between them.",
    "map-spell": "Say whether the word that is being typed is known. Value: the text.",
    "map-remove": "Take a word off the map. Value: the word.",
    "map-undo": "Go back to the user's words, pairs and categories before the last change. No value.",
    "map-reset": "Take the user's words, pairs and categories off the map. No value.",
    "map-show-near": "Show the words near a word. Value: the word, empty if none is selected or typed.",
    "map-categories": "Draw the user's own categories. Value: the text, a line each.",
    "map-categories-file": "Draw the categories of a file. Value: a UserFile.",
    "map-restore": "Put the user's words, pairs and categories back. Value: the text in the column `choice` of "
    "`space-choice`, which the page stores while Python is restarted.",
    "map-source": "Draw the vectors of a model. Value: its name.",
    "models-tick": "Tick a model in the table, or tick it no more. Value: JSON, a list of its name and whether it is.",
    "models-rename": "Give a model another name. Value: JSON, a list of its name and the new one.",
    "models-switch": "Choose a trained model's table. Value: JSON, a list of its name and the table.",
    "models-remove": "Let a model go. Value: its name.",
    "models-save": "Write a model as a file. Value: its name.",
    "models-score": "Score a model beside another one. Value: its name.",
    "models-test": "Score with a test of the user's. Value: a UserFile.",
    "models-remove-test": "Let a test of the user's go. Value: its name.",
    "models-compare": "Put a model beside another one. Value: its name.",
    "models-word": "Show a word on both planes of the comparison. Value: the word.",
    "models-file": "Load word vectors. Value: a list of UserFiles.",
    "atlas-near": "Send the nearest words to one of the atlas's. Value: the word.",
    "atlas-cosines": "Send the cosines of all words of the atlas with one. Value: the word.",
    "atlas-odd": "Say which of some words of the atlas is the odd one out. Value: JSON, a list of words.",
    "atlas-source": "Show all words of a model, and lay them out if that was not done yet. Value: its name.",
    "atlas-vectors": "Load word vectors, and show all their words. Value: a list of UserFiles.",
    "atlas-file": "Show the words of a table with their places. Value: a UserFile.",
    "training-corpus": "Train on a text. Value: a UserFile.",
    "training-resume": "Go on with a training that was kept. Value: two UserFiles, its state and its corpus.",
    "keep-open": "Bring models back that were kept. Value: a list of UserFiles, named by the models' ids.",
    "keep-close": "Let go of a model that is kept no more. Value: its id.",
}  # the files' messages are named in the `data-file` of their inputs, those of links in their `data-next`


class UnknownMessage(LookupError):
    """A message that is not in MESSAGES, or that nothing answers."""


class Bridge:
    """The handlers of the page's messages.

    What the session sets when it joins the page: keep(record, pieces) has the browser keep bytes under record["id"], or
    drop what it keeps there if pieces is None; refuse(id, why) says that what it kept cannot be used.
    """

    def __init__(self):
        self._handlers = {}
        self.send = None
        self.keep = self.refuse = lambda *args: None

    def on(self, message, handler):
        """Let handler(value), a plain or a coroutine function, answer a message."""
        if message not in MESSAGES:
            raise UnknownMessage(f"“{message}” is not a message of the bridge: add it to MESSAGES.")
        self._handlers[message] = handler

    async def receive(self, message, value=None):
        """Have a message answered; raises UnknownMessage if nothing answers it."""
        if message not in self._handlers:
            raise UnknownMessage(f"Nothing answers the message “{message}”.")
        answer = self._handlers[message](value)
        if isawaitable(answer):
            await answer

    def download(self, name, data):
        """Let the user save bytes under a name; the session sets send(name, data) when it joins the page."""
        self.send(name, data)
