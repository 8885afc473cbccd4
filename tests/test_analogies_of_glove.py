"""How GloVe's analogy scores come about, against asking one question at a time."""

import pytest

from app.sources import packaged
from embedlab.evaluate import analogies, parse_analogies
from embedlab.formats import load_packed
from tests.running import run


@pytest.fixture(scope="module")
def glove():
    return load_packed(packaged.DATA / packaged.GLOVE)


@pytest.fixture(scope="module")
def sections():
    return parse_analogies(run(packaged.test_sets().get())["questions-words.txt"])


@pytest.mark.parametrize("name", ["family", "currency", "gram5-present-participle"])
def test_a_section_agrees_with_one_question_at_a_time(glove, sections, name):
    asked = [[word.lower() for word in question] for question in sections[name][::7]]
    asked = [question for question in asked if all(word in glove for word in question)]
    found = dict.fromkeys(("correct", "kept", "gives_b", "gives_c", "near_c"), 0)
    for a, b, c, answer in asked:
        kept = glove.analogy(a, b, c, n=1, keep_inputs=True)[0][0]
        found["correct"] += glove.analogy(a, b, c, n=1)[0][0] == answer
        found["kept"] += kept == answer
        found["gives_b"] += kept == b
        found["gives_c"] += kept == c
        found["near_c"] += glove.neighbours(c, 1)[0][0] == answer
    *_, score = analogies(glove, {name: asked})
    tally = score.overall
    assert len(asked) == tally.asked > 50
    assert found == {count: getattr(tally, count) for count in found}


def test_the_arithmetic_adds_nothing_to_the_nearest_neighbour_for_present_participles(glove, sections):
    names = ["family", "currency", "capital-world", "gram5-present-participle", "gram7-past-tense"]
    *_, score = analogies(glove, {name: sections[name] for name in names})
    shares = {name: [tally.share(n) for n in counts(tally)] for name, tally in score.categories.items()}
    barred, kept, _, gives_c, near_c = shares["gram5-present-participle"]
    assert near_c >= barred > 0.4 and kept < 0.1 and gives_c > 0.75
    barred, kept, gives_b, gives_c, near_c = shares["currency"]
    assert gives_b > 2 * barred > 0.2 and gives_c < kept and near_c == 0  # most often b comes back, not c
    assert shares["gram7-past-tense"][3] > 0.75 and shares["capital-world"][1] > 0.5
    assert shares["family"][0] > 1.4 * shares["family"][1]


def counts(tally):
    return tally.correct, tally.kept, tally.gives_b, tally.gives_c, tally.near_c
