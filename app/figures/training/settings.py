"""The settings of a training: what suits each corpus, what each of them does, and their fields."""

import panel as pn

from app.sources.corpora import DICTIONARY, TOYS, YOURS
from app.ui.controls import button, buttons, column, fields, message, widget
from app.ui.numbers import number_field
from app.ui.stylesheets import HELP, NARROW_FIELDS

SMALL = dict(window=3, min_count=1, sample=0.0, epochs=200, learning_rate=0.05)
FOR_CORPUS = {
    DICTIONARY: dict(dim=100, window=5, min_count=5, sample=1e-3, epochs=5, learning_rate=0.025),
    **{name: dict(SMALL, dim=dim) for name, dim in zip(TOYS, (3, 10))},  # for three categories, and for five
    YOURS: dict(dim=50, window=5, min_count=2, sample=1e-3, epochs=20, learning_rate=0.025),
}
EXPLAINED = {
    "model": "Skip-gram: a centre and each word of its window are a pair; they share their negatives, which is faster. "
    "Unshared: each pair draws its own. CBOW: the mean of the window predicts the centre, and each of its words takes "
    "the mean’s whole error, as in word2vec.c.",
    "dim": "Numbers in each vector. Time and memory grow with it.",
    "window": "Words on each side that count as context; each centre draws its own width from 1 up to this.",
    "negatives": "Noise words pushed away for each real pair.",
    "noise_exponent": "Counts to this power give the noise: 1 as in the text, 0 all words alike.",
    "min_count": "Words that occur less often are left out.",
    "phrases_above": "Neighbours that score higher (word2phrase) become one, as new_york: 100 is usual, 0 joins none.",
    "sample": "Frequent words are dropped at random; the smaller, the more. 0 keeps all.",
    "epochs": "How often the whole text is read.",
    "learning_rate": "The size of a step; it falls to nearly nothing by the end.",
    "seed": "The same seed gives the same vectors, digit for digit, in the same version of this page.",
}


def settings_card(state, disabled, actions):
    """All settings but the corpus, bound to a TrainingState; actions: {button: callback}."""
    presets = [
        button(name, f"training-preset-{seconds}", actions[name], disabled)
        for name, seconds in [("20 seconds", 20), ("1 minute", 60)]
    ]
    return column(
        widget(pn.widgets.RadioButtonGroup, state.param.model, "training-model", disabled),
        _explanation("model"),
        buttons(
            *presets,
            button("Defaults", "training-defaults", actions["Defaults"], disabled),
            button("Estimate the time", "training-estimate", actions["Estimate the time"], disabled),
        ),
        message(state.param.estimate, "training-estimate-message"),
        message(state.param.phrases, "training-phrases-message", visible=pn.bind(bool, state.param.phrases)),
        fields(
            *[
                number_field(state.param[name], f"training-{name}", disabled, text)
                for name, text in EXPLAINED.items()
                if name != "model"
            ],
            stylesheet=NARROW_FIELDS,
        ),
    )


def _explanation(name):
    return pn.widgets.StaticText(value=EXPLAINED[name], stylesheets=[HELP], sizing_mode="stretch_width")
