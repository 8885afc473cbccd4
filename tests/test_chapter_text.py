"""The chapter: every cell runs, alone and after those before it, and what the text says of its figures is so."""

import math
import re
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest

from app.chapter.render import Chapter, cells, parser
from builder import outputs
from embedlab import cbow, sgns, subword
from embedlab.attention import attend
from embedlab.charlm import CharConfig, bigram_counts, letters_of, train
from embedlab.corpora import exercise_corpus, small_corpus
from embedlab.formats import load_packed
from embedlab.names import NAMES
from embedlab.pmi import cooccurrence, sgns_target
from embedlab.projection import parting_line
from embedlab.softmax import dot_products
from embedlab.text import Vocabulary, tokenize
from embedlab.vectors import WordVectors, unit_rows
from tests.running import run

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "index.html").read_text(encoding="utf-8")
SECTIONS = re.findall("<!-- place: (.+?) -->", PAGE)
FIGURES = re.findall("<!-- figure: (.+?) -->", PAGE)


@cache
def text(section):
    return (ROOT / "app" / "chapter" / f"{section}.md").read_text(encoding="utf-8")


CELLS = {name: source for section in SECTIONS for name, source in cells(text(section)).items()}
COLUMNS = 94  # of code, in a window of 1280 pixels


class CellRunner(outputs.CellRunner):
    def run(self, name):
        """Run a cell; the names that there are after it, and what it `printed`."""
        return run(super().run(CELLS[name], name)) | {"printed": self.printed}


@cache
def run_alone(name):
    """The CellRunner of a cell that was run alone, and the names that there are after it."""
    runner = CellRunner()
    return runner, runner.run(name)


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_runs_alone_and_shows_something(name):
    runner, _ = run_alone(name)
    assert runner.printed or runner.pictures


def test_all_cells_run_in_reading_order_and_print_what_they_print_alone():
    together = CellRunner()
    for name in CELLS:
        alone, _ = run_alone(name)
        together.printed = ""
        together.run(name)
        if name != "lookup-time":  # counts how often
            assert together.printed == alone.printed, name


# What the text says of a cell's figures: (section, cell, words of the text, what must hold after the cell). What is in
# braces is worked out from the cell's names, so that a figure in the text is the one that the cell arrives at.
CLAIMS = [
    ("why-embeddings", "one-hot-cost", "50,000 words and 768 dimensions", "(V, D) == (50_000, 768)"),
    (
        "why-embeddings",
        "one-hot-cost",
        "one integer costs {V * D:,} multiplications, of which all but {D} are by zero",
        "",
    ),
    (
        "one-hot-and-distributed",
        "stamps",
        "every distance stays the square root of 2",
        "np.allclose(distance + 2 ** 0.5 * np.eye(5), 2 ** 0.5) and (cosines == np.eye(5)).all()",
    ),
    ("one-hot-and-distributed", "direction", "nine pairs", "len(pairs) == 9"),
    (
        "one-hot-and-distributed",
        "direction",
        "None of the words ranked below was used to find it",
        "not {w for pair in pairs for w in pair.split('-')} & set(words)",
    ),
    (
        "one-hot-and-distributed",
        "direction",
        "all 36 combinations in order",
        "all(reach[w] > reach[m] for w in words[:6] for m in words[6:12])",
    ),
    (
        "one-hot-and-distributed",
        "direction",
        "Below *girl* and *waitress*, but above *niece*, stands *nurse*",
        "min(reach['girl'], reach['waitress']) > reach['nurse'] > reach['niece']",
    ),
    (
        "one-hot-and-distributed",
        "direction",
        "*engineer* is far down among the men",
        "reach['prince'] > reach['engineer'] > reach['nephew']",
    ),
    (
        "one-hot-and-distributed",
        "direction",
        "the 5,000 most frequent words lie at −{-np.mean(glove.unit[:5000] @ direction):.2f} along the direction of "
        "*he* and *she*, on average",
        "",
    ),
    ("one-hot-and-distributed", "weat", "Careers and family differ by {effect_size(x, y):.2f} standard", ""),
    (
        "one-hot-and-distributed",
        "weat",
        "only {p_value(x, y) * math.comb(16, 8):.0f} of the {math.comb(16, 8):,} ways to divide the 16 words",
        "len(career) == len(family) == 8",
    ),
    (
        "one-hot-and-distributed",
        "weat",
        "The paper lets the names differ: then $d$ is "
        "{effect_size(*(associations(glove, career, family)[glove.indices(names)] for names in (men, women))):.2f}",
        "",
    ),
    (
        "one-hot-and-distributed",
        "weat",
        "*table* at +{s[glove.index('table')]:.2f} is ordinary, "
        "since {np.mean(s[:5000] > 0):.0%} of the frequent words are above 0",
        "0.5 < np.mean(s[:5000] < s[glove.index('table')]) < 0.6",
    ),
    (
        "one-hot-and-distributed",
        "weat",
        "*soldier* at +{s[glove.index('soldier')]:.2f} is nearer to the women's names than most, "
        "*nurse* at −{-s[glove.index('nurse')]:.2f} than nearly all",
        "np.mean(s[:5000] > s[glove.index('soldier')]) > 0.7 and np.mean(s[:5000] > s[glove.index('nurse')]) > 0.98",
    ),
    (
        "one-hot-and-distributed",
        "coordinate",
        "Coordinate {d} does almost as well on these twelve words, {each[d]} of 36",
        "",
    ),
    ("one-hot-and-distributed", "coordinate", "Half of the 50 get no more than {sorted(each)[24]} in order", ""),
    ("one-hot-and-distributed", "coordinate", "By chance, 18 of the 36", "len(women) * len(men) == 36"),
    (
        "one-hot-and-distributed",
        "coordinate",
        "leads to *princess*, *sister* and *actress*",
        "set('princess sister actress'.split()) <= set(printed.split('direction: ')[1].split('...')[0].split())",
    ),
    (
        "one-hot-and-distributed",
        "coordinate",
        "leads to *switzerland*, *foreigners* and *france*",
        "set('switzerland foreigners france'.split()) <= "
        "set(printed.split('coordinate 42: ')[1].split('...')[0].split())",
    ),
    (
        "one-hot-and-distributed",
        "coordinate",
        "Number 30 holds a quarter of the squared length of the 5,000 most frequent",
        "round(4 * (glove.matrix[:5000, 30] ** 2).sum() / (glove.matrix[:5000] ** 2).sum()) == 1 "
        "and (glove.matrix[:5000] ** 2).sum(axis=0).argmax() == 30",
    ),
    (
        "one-hot-and-distributed",
        "coordinate",
        "is above zero in all but four of them",
        "(glove.matrix[:5000, 30] <= 0).sum() == 4",
    ),
    (
        "one-hot-and-distributed",
        "coordinate",
        "roughly, it says how common a word is",
        "np.corrcoef(glove.matrix[:5000, 30], np.log(np.arange(1, 5001)))[0, 1] < -0.6",
    ),
    (
        "one-hot-and-distributed",
        "rotation",
        "Every number has changed, and not one cosine",
        "(abs(before - after) > 1e-6).all() and np.allclose(before @ before.T, after @ after.T, atol=1e-6)",
    ),
    (
        "embedding-layer",
        "initialisation",
        "With 0.02 the scores spread by about 0.02 × √768 ≈ {0.02 * 768 ** 0.5:.2f}",
        "'spread 0.020: scores spread  0.5' in printed and loss[0.02] < 1.05 * np.log(V)",
    ),
    ("embedding-layer", "initialisation", "it is more than ten times as high", "loss[1] > 10 * np.log(V)"),
    ("embedding-layer", "lookup", "gives the very same numbers", "printed.count('True') == 2"),
    (
        "embedding-layer",
        "repeats",
        "Row 2 should receive 1 + 100. The buffered `+=` leaves it with {wrong[2, 0]:.0f}",
        "right[2, 0] == 101",
    ),
    (
        "embedding-layer",
        "touched",
        "Two rows of five have a gradient, that of row 3 three times as long as that of row 1",
        "lengths[3] == 3 * lengths[1] > 0 and (lengths > 0).sum() == 2",
    ),
    (
        "word2vec",
        "optimisers",
        "drifts on by 0.19, about as far as ten real steps",
        "'Adam        moved: row 1 2.00, row 3 0.19; row 4 has 100.0%' in printed",
    ),
    (
        "word2vec",
        "optimisers",
        "it drifts and shrinks, and even row 4 loses a tenth of its length",
        "'AdamW       moved: row 1 1.89, row 3 0.15; row 4 has 90.5%' in printed",
    ),
    (
        "word2vec",
        "optimisers",
        "Under SGD and row-wise Adam, both stay where they are",
        "printed.count('row 3 0.00; row 4 has 100.0%') == 2",
    ),
    (
        "word2vec",
        "full-softmax",
        "starts near log 22 ≈ {np.log(len(vocabulary)):.2f}",
        "'epoch 0: loss 3.1' in printed",
    ),
    ("word2vec", "full-softmax", "soon knows which words occur near *cat*", "'near cat: dog 0.59 horse' in printed"),
    (
        "word2vec",
        "noise",
        "makes the rarest of these words nine times as frequent among the negatives",
        "round(noise_distribution(counts, 0.75)[-1] / noise_distribution(counts, 1)[-1]) == 9",
    ),
    (
        "word2vec",
        "noise",
        "{noise_distribution(counts, 0.75)[0]:.0%} instead of {noise_distribution(counts, 1)[0]:.0%}",
        "",
    ),
    (
        "word2vec",
        "train",
        "The corpus has {len(sentences)} sentences and {len(vocabulary)} words",
        "config.epochs == 100",
    ),
    (
        "word2vec",
        "train",
        "its nearest neighbour is *fish* ({vectors.cosine('cat', 'fish'):.2f})",
        "vectors.neighbours('cat', 1)[0][0] == 'fish'",
    ),
    (
        "word2vec",
        "train",
        "no sentence has them both. They share *horse* and *dog*",
        "not any({'cat', 'fish'} <= set(s) for s in sentences) and all(any({a, b} <= set(s) for s in sentences) "
        "for a in ('cat', 'fish') for b in ('horse', 'dog'))",
    ),
    (
        "word2vec",
        "train",
        "The categories are there",
        "all(corpus.categories[near] == kind for word, kind in corpus.categories.items() if kind != 'connector' "
        "for near, _ in vectors.neighbours(word, 3))",
    ),
    (
        "word2vec",
        "train",
        "The two connectors find each other",
        "vectors.neighbours('and', 1)[0][0] == 'or' and vectors.neighbours('or', 1)[0][0] == 'and'",
    ),
    (
        "word2vec",
        "senses",
        "*cat* moves away from *dog* and *fish* towards *grep*",
        "all(found['with commands']['cat', a] < found['animals only']['cat', a] - 0.15 for a in ('dog', 'fish'))",
    ),
    (
        "word2vec",
        "senses",
        "closer to each than they are to one another (*dog* and *grep*: {found['with commands']['dog', 'grep']:.2f})",
        "min(found['with commands'].values()) == found['with commands']['dog', 'grep']",
    ),
    (
        "geometry",
        "analogies",
        "the answer to *king − man + woman* is *king*",
        "'queen, throne, prince   (inputs kept: king,' in printed",
    ),
    (
        "geometry",
        "analogies",
        "For *italy* the arithmetic needs no such help",
        "'rome, milan, turin   (inputs kept: rome' in printed",
    ),
    (
        "geometry",
        "analogies",
        "*bigger − big + small* gives *larger*, a near miss",
        "'bigger - big + small: larger, smaller' in printed",
    ),
    (
        "geometry",
        "autopsy",
        "right one in 76% of the questions even with the inputs kept",
        "f\"{score.categories['capital'].share(score.categories['capital'].kept):.0%}\" == '76%'",
    ),
    (
        "geometry",
        "autopsy",
        "the nearest neighbour of a country alone is never its capital",
        "score.categories['capital'].near_c == 0",
    ),
    (
        "geometry",
        "autopsy",
        "the answer is *c* itself in 87%",
        "f\"{score.categories['-ing'].share(score.categories['-ing'].gives_c):.0%}\" == '87%'",
    ),
    (
        "geometry",
        "autopsy",
        "right nearly as often (70%) as the arithmetic (72%)",
        "[f'{t.share(n):.0%}' for t in [score.categories['-ing']] for n in (t.near_c, t.correct)] == ['70%', '72%']",
    ),
    (
        "geometry",
        "autopsy",
        "currencies fail either way",
        "max(score.categories['currency'].correct, score.categories['currency'].kept) < 0.15 * 90",
    ),
    (
        "geometry",
        "autopsy",
        "Family lies between",
        "score.categories['-ing'].kept < score.categories['family'].kept < score.categories['capital'].kept",
    ),
    (
        "geometry",
        "pmi",
        "*cat* and *fish* are such a pair, though they were close neighbours in the last part",
        "information[cat, vocabulary.index('fish')] == information[cat, vocabulary.index('red')] == -np.inf",
    ),
    ("geometry", "bends", "Of ten nearest, about four stay", "0.35 < kept < 0.45"),
    (
        "geometry",
        "bends",
        "a rank correlation of 0.3, where 1 is the same order",
        "printed.count('with 50 dimensions 0.3') == 2",
    ),
    (
        "geometry",
        "bends",
        "agree on who stands how near in a neighbourhood (0.8), much less on how far apart any two words are (0.5)",
        "[line.split()[-1] for line in printed.splitlines()[1:]] == ['0.8', '0.5']",
    ),
    (
        "geometry",
        "converge",
        "In two dimensions the products agree with their target only loosely (correlation 0.28)",
        "'D =  2: loss 2.295, correlation 0.28' in printed",
    ),
    (
        "geometry",
        "converge",
        "in eight, all {(target == target).sum()} are within 0.03",
        "'D =  8: loss 1.612, correlation 1.00, largest difference 0.03' in printed",
    ),
    (
        "geometry",
        "svd",
        "No epochs, no sampling, and the same groups",
        "all({corpus_of[near] for near, _ in vectors.neighbours(word, 3)} == {kind} "
        "for word, kind in corpus_of.items() if kind != 'connector')",
    ),
    (
        "geometry",
        "svd",
        "With `dim=8`, where trained vectors have their groups too, the three others are spent on single sentences, "
        "and *dog* and *cat* come apart (0.24)",
        "round(WordVectors(vocabulary.words, factorise(sppmi(counts), 8)[0]).cosine('dog', 'cat'), 2) == 0.24",
    ),
    ("geometry", "recall", "Five in six survive here", "abs(kept.mean() - 5 / 6) < 1e-9"),
    ("geometry", "recall", "The worst is *apple*", "words[kept.argmin()] == 'apple' and sorted(kept)[1] > kept.min()"),
    (
        "geometry",
        "recall",
        "in 50 dimensions its nearest are *plum*, *pear* and *lemon*",
        "[words[i] for i in np.argsort(-full @ full[4])[1:4]] == ['plum', 'pear', 'lemon']",
    ),
    (
        "geometry",
        "recall",
        "in the picture *yellow*, *green* and *red*",
        "[words[i] for i in np.argsort(((picture - picture[4]) ** 2).sum(axis=1))[1:4]] == ['yellow', 'green', 'red']",
    ),
    ("modern-language-models", "letters", "A model that knows nothing has a loss of {np.log(27):.3f}", ""),
    ("modern-language-models", "letters", "only how frequent each letter is {-p @ np.log(p):.3f}", ""),
    ("modern-language-models", "letters", "ours is already better, 2.654", "'D =  1: loss 2.654' in printed"),
    (
        "modern-language-models",
        "letters",
        "With {dim} it comes within 0.001 of the floor",
        "0 < chunk.loss - conditional_entropy(counts) < 0.001",
    ),
    (
        "modern-language-models",
        "letters",
        "{chunk.model.parameters()} parameters against the {counts.size} counts of the table",
        "",
    ),
    (
        "modern-language-models",
        "letters",
        "With fewer, all 27 rows of scores are mixtures of D rows",
        "np.linalg.matrix_rank(chunk.model.E @ chunk.model.P.T) == dim == 16",
    ),
    (
        "modern-language-models",
        "held-out",
        "Train on 1,000 and test on the other {len(NAMES) - 1000}",
        "sorted(names) == NAMES",
    ),
    (
        "modern-language-models",
        "held-out",
        "have {np.sum((held > 0) & (counts == 0))} letter pairs that none of the 1,000 has",
        "",
    ),
    (
        "modern-language-models",
        "held-out",
        "with one added to every count it is {-np.sum(held * np.log(p)) / held.sum():.3f}",
        "np.allclose(p.sum(axis=1), 1) and (p > 0).all()",
    ),
    ("modern-language-models", "held-out", "smooths: {test[3]:.3f} with {dims[3]} dimensions", ""),
    (
        "modern-language-models",
        "held-out",
        "With 16 it is {test[4]:.3f}, though the training loss still falls",
        "dims[4] == 16 and sorted(training, reverse=True) == list(training) and min(test) == test[3]",
    ),
    (
        "modern-language-models",
        "vowels",
        "*j* and *q*, almost always followed by a vowel, are far out",
        "set(shown[np.argsort(-np.linalg.norm(E, axis=1))[:2]]) == {'j', 'q'}",
    ),
    (
        "modern-language-models",
        "tying",
        "Tied, the model has 715 parameters in place of 1,147",
        "'untied: loss 2.405, 1,147 parameters' in printed",
    ),
    ("modern-language-models", "tying", "2.406 against 2.405", "'tied: loss 2.406, 715 parameters' in printed"),
    (
        "modern-language-models",
        "tying",
        "(correlation 0.86 untied, {correlation:.2f} tied)",
        "'log frequency 0.86' in printed",
    ),
    (
        "modern-language-models",
        "tied-rows",
        "Looking *q* up reaches one row of $E$; the softmax reaches every row of $W_{{\\mathrm{{out}}}}$",
        "printed.splitlines() == ['untied: 1 of 27 rows of E have a gradient', 'tied: 27 of 27 rows of E have a "
        "gradient'] and (model.P is model.E) and '.abcdefghijklmnopqrstuvwxyz'[17:22:4] == 'qu'",
    ),
    ("modern-language-models", "model-sizes", "{MODELS['GPT-2'].table / 1e6:.1f} million", ""),
    ("modern-language-models", "model-sizes", "million, {MODELS['GPT-2'].share:.0%} of the whole model", ""),
    (
        "modern-language-models",
        "model-sizes",
        "GPT-2 and Gemma tie; Llama 2, Llama 3 and Mistral do not by default",
        "{name for name, m in MODELS.items() if not m.tied} == {'Llama 2 7B', 'Llama 3 8B', 'Mistral 7B'}",
    ),
    (
        "modern-language-models",
        "model-sizes",
        "Size alone does not decide: Llama 3.2 ties at 1B and 3B, but Gemma 2 ties even at 9B",
        "MODELS['Llama 3.2 1B'].tied and MODELS['Gemma 2 9B'].tied "
        "and MODELS['Gemma 2 9B'].total > max(m.total for m in MODELS.values() if not m.tied)",
    ),
    (
        "modern-language-models",
        "bank",
        "close to money, less close to water",
        "'money 0.35  river 0.20  (static)' in printed "
        "and rows[glove.index('bank')] @ rows[glove.index('water')] < 0.2",
    ),
    (
        "modern-language-models",
        "bank",
        "moves towards money in the first two sentences and towards the river in the next",
        "[re.findall(r'0[.]..', line) for line in printed.splitlines()[1:5]] == "
        "[['0.64', '0.16'], ['0.44', '0.20'], ['0.24', '0.54'], ['0.18', '0.52']]",
    ),
    (
        "modern-language-models",
        "bank",
        "the last one gives nothing away, and moves it to neither",
        "'money 0.19  river 0.19  she sat' in printed",
    ),
    (
        "modern-language-models",
        "bank",
        "the second sentence, where only *the* comes first, gives 0.28 for money and 0.26 for the river",
        "causally('the bank raised the interest on my loan') == [0.28, 0.26]",
    ),
    (
        "modern-language-models",
        "bank",
        "the third 0.39 for the river. In the fourth the river comes first: still 0.52",
        "causally('they fished from the bank of the river')[1] == 0.39 "
        "and causally('the river burst its bank after the flood')[1] == 0.52",
    ),
    (
        "modern-language-models",
        "bank",
        "after four layers two of them have a cosine of 0.98 on average",
        "np.mean((X @ X.T)[~np.eye(8, dtype=bool)]).round(2) == 0.98 and printed.endswith('0.98\\n')",
    ),
    (
        "modern-language-models",
        "bank",
        "*bank* takes smaller steps to the river",
        "re.findall('layer .*river (0...)', printed) == ['0.36', '0.48', '0.53', '0.55'] "
        "and re.findall('river (0...)  they', printed) == ['0.54']",
    ),
    (
        "token-to-context",
        "pieces",
        "With 30 merges the vocabulary has 26 + 30 entries",
        "merge == 29 and len(set(''.join(NAMES))) == 26",
    ),
    (
        "token-to-context",
        "order",
        "each word gets the very same vector, unless a mask hides what follows",
        "re.findall('(.+): same vectors after shuffling[?] True', printed) == ['unmasked, without positions']",
    ),
    (
        "token-to-context",
        "ngrams",
        "GloVe's 50,000 include *befriends* and *befriended* but not *befriend*",
        "len(glove) == 50_000 and [w in glove for w in ('befriends', 'befriended', 'befriend')] == [True, True, False]",
    ),
    (
        "token-to-context",
        "ngrams",
        "None of these five is among GloVe's 50,000 words",
        "len(new) == 5 and not any(word in glove for word in new)",
    ),
    (
        "token-to-context",
        "ngrams",
        "Four land among relatives; *walkability* is taken for an *ability*",
        "[line.split()[1] for line in printed.splitlines()[1:6]] == "
        "['tomatoes', 'mathematics', 'photographers', 'unhappy', 'ability']",
    ),
    (
        "token-to-context",
        "ngrams",
        "For {np.mean(nearer == 0):.0%} of {len(held)} words held out, the word itself is nearest to the vector that "
        "its spelling gives; for {np.mean(nearer < 10):.0%} it is among the ten nearest",
        "not set(held) & set(seen)",
    ),
    ("token-to-context", "ngrams", "by chance {10 / len(frequent):.1%}", ""),
]


def test_no_code_is_wider_than_its_cell():
    wide = [
        (path.stem, line)
        for path in (ROOT / "app").rglob("*.md")
        for block in parser().parse(path.read_text(encoding="utf-8"))
        if block.type == "fence"
        for line in block.content.splitlines()
        if block.info.startswith("python") and len(line) > COLUMNS
    ]
    assert wide == []


@pytest.mark.parametrize(
    "section, cell, words, holds", CLAIMS, ids=[f"{cell}: {words}" for _, cell, words, _ in CLAIMS]
)
def test_what_the_text_says_of_a_cell_is_so(section, cell, words, holds):
    names = {"np": np, "re": re, "math": math, "corpus_of": small_corpus().categories} | run_alone(cell)[1]
    names["causally"] = causally
    words = re.sub(
        r"(?<!\{)\{([^{}]+?)(?::([^:{}]+))?\}(?!\})", lambda found: format(eval(found[1], names), found[2] or ""), words
    )
    assert words.replace("{{", "{").replace("}}", "}") in text(section)
    assert eval(holds or "True", names)


def mixed(sentence, mix):
    """The cosines of *bank* with money and with river, after its sentence was mixed: (T, 50) -> (T, 50)."""
    names = run_alone("bank")[1]
    words = sentence.split()
    bank = unit_rows(mix(names["rows"][names["glove"].indices(words)]))[words.index("bank")]
    return [round(float(bank @ names[other]), 2) for other in ("money", "river")]


def causally(sentence):
    return mixed(sentence, lambda X: attend(X, temperature=1, causal=True)[0])


def test_the_switch_of_the_cell_bank_is_the_mask():
    runner = CellRunner()
    run(outputs.CellRunner.run(runner, CELLS["bank"].replace("causal = False", "causal = True"), "bank"))
    lines = runner.printed.splitlines()[1:6]
    assert [[float(x) for x in re.findall(r"\d[.]\d\d", line)] for line in lines] == [
        causally(line.split("  ")[2]) for line in lines
    ]


def test_a_plain_average_does_nearly_what_attention_does():
    assert "a plain average of the sentence would do nearly the same" in text("modern-language-models")
    for line in run_alone("bank")[0].printed.splitlines()[1:6]:
        attended = [float(x) for x in re.findall(r"\d[.]\d\d", line)]
        average = mixed(line.split("  ")[2], lambda X: np.tile(X.mean(axis=0), (len(X), 1)))
        assert np.abs(np.subtract(average, attended)).max() < 0.1


def test_over_twenty_splits_fewer_dimensions_mostly_do_better_on_names_held_out():
    assert "Of 20 random splits, 8 dimensions beat 16 in 15, and counts plus one in 11" in text(
        "modern-language-models"
    )
    losses = []  # of 8 dimensions, of 16, of counts plus one
    for seed in range(20):
        names = [NAMES[i] for i in np.random.default_rng(seed).permutation(len(NAMES))]
        counts, held = (bigram_counts(part, letters_of(NAMES)) for part in (names[:1000], names[1000:]))
        models = [list(train(counts, CharConfig(dim=dim), 500))[-1].model.probabilities() for dim in (8, 16)]
        smoothed = (counts + 1) / (counts.sum(axis=1, keepdims=True) + 27)
        losses.append([-(held * np.log(P)).sum() / held.sum() for P in (*models, smoothed)])
    eight, sixteen, plus_one = np.array(losses).T
    assert (sum(eight < sixteen), sum(eight < plus_one)) == (15, 11)


def test_a_tied_table_resembles_the_output_embedding():
    assert "correlate 0.75 with those of the untied $W_{\\mathrm{out}}$, 0.51 with those of the untied $E$" in text(
        "modern-language-models"
    )

    def cosines(table):
        return (unit_rows(table) @ unit_rows(table).T)[np.triu_indices(27, 1)]

    for seed in range(8):
        config = partial(CharConfig, dim=16, hidden=True, seed=seed)
        counts = bigram_counts(NAMES, letters_of(NAMES))
        untied, tied = (list(train(counts, config(tied=tied), 500))[-1].model for tied in (False, True))
        to_E, to_out = (np.corrcoef(cosines(tied.E), cosines(table))[0, 1] for table in (untied.E, untied.P))
        assert to_out > to_E + 0.1
        assert seed or (round(to_out, 2), round(to_E, 2)) == (0.75, 0.51)


def test_how_many_held_out_words_their_ngrams_find_over_ten_seeds():
    assert "over ten seeds 36 to 44%" in text("token-to-context")
    names, found = run_alone("ngrams")[1], []
    frequent = names["frequent"]
    for seed in range(10):
        words = np.random.default_rng(seed).permutation(sorted(names["words"], key=frequent.index)).tolist()
        seen, held = words[500:], words[:500]
        fitted = subword.fit(seen, frequent.unit[frequent.indices(seen)])
        near = np.argsort(-unit_rows([fitted.vector(word) for word in held]) @ frequent.unit.T, axis=1)[:, :10]
        found.append(np.mean(near == frequent.indices(held)[:, None]) * 10)
    assert (round(min(found), 2), round(max(found), 2)) == (0.36, 0.44)
    assert (
        names["held"] == np.random.default_rng(0).permutation(sorted(names["words"], key=frequent.index)).tolist()[:500]
    )


@pytest.mark.parametrize("epochs, off", [(100, 0.38), (400, 0.11)])
def test_how_far_training_is_from_its_target(epochs, off):
    assert (
        "after the 100 epochs of [the last part](#word2vec) its products are off by 0.38 (root mean square), "
        "after 400 by 0.11" in text("geometry")
    )
    sentences = tokenize(small_corpus().text)
    vocabulary = Vocabulary.from_sentences(sentences)
    target = sgns_target(cooccurrence(vocabulary.encode(sentences), len(vocabulary), 3), vocabulary.counts, 5)
    *_, end = sgns.train(sentences, vocabulary, sgns.Config(dim=8, window=3, negatives=5, epochs=epochs))
    assert np.nanmean((end.U @ end.V.T - target) ** 2) ** 0.5 == pytest.approx(off, abs=0.005)


def exercise(name):
    return (ROOT / "app" / "chapter" / "exercises" / f"{name}.md").read_text(encoding="utf-8")


def test_what_bends_the_words_of_the_first_exercise_together():
    said = exercise("1-separation")
    assert "`sgns.Config(dim=4, negatives=1)`, and the mean cosine across categories falls from 0.22 to 0.05" in said
    assert "Above zero with five negatives: +0.25. Far below with one: −0.57" in said
    corpus = exercise_corpus()
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    across = [
        (a, b)
        for a, of_a in corpus.categories.items()
        for b, of_b in corpus.categories.items()
        if len({of_a, of_b, "connector"}) == 3
    ]
    kinds = corpus.categories.items()
    mixed = [(a, b) for a, of_a in kinds for b, of_b in kinds if of_a == "connector" != of_b]
    for negatives, mean, connectors in [(5, "0.22", "+0.25"), (1, "0.05", "-0.57")]:
        *_, end = sgns.train(sentences, vocabulary, sgns.Config(dim=4, negatives=negatives))
        vectors = WordVectors(vocabulary.words, end.U)
        assert f"{np.mean([vectors.cosine(a, b) for a, b in across]):.2f}" == mean
        assert f"{np.mean([vectors.cosine(a, b) for a, b in mixed]):+.2f}" == connectors


def mean_cosines(seed, words):
    """Of each word the mean cosine with the others, in the vectors of the second exercise."""
    sentences = tokenize(exercise_corpus().text)
    vocabulary = Vocabulary.from_sentences(sentences)
    *_, end = sgns.train(sentences, vocabulary, sgns.Config(dim=4, seed=seed))
    vectors = WordVectors(vocabulary.words, end.U)
    return {a: np.mean([vectors.cosine(a, b) for b in words if a != b]) for a in words}


def test_the_intruder_among_words_of_four_kinds_is_chance():
    assert "the four averages are 0.16, 0.37, 0.11 and 0.24" in exercise("2-intruder")
    mixed, tidy = ["car", "red", "cat", "and"], ["cat", "dog", "fish", "car"]
    means = mean_cosines(0, mixed)
    assert [round(means[word], 2) for word in mixed] == [0.16, 0.37, 0.11, 0.24]
    assert len({min(means := mean_cosines(seed, mixed), key=means.get) for seed in range(3)}) > 1
    assert "0.04 against 0.58 for *car* among three animals" in exercise("2-intruder")
    lowest, second, *_ = sorted(mean_cosines(0, tidy).values())
    assert (round(lowest, 2), round(second, 2)) == (0.04, 0.58)


def within_of_cbow(sentences, epochs):
    """Mean cosine of two words of one category, after CBOW with true gradients."""

    def step(U, V, centre, context, negatives, rate):
        context, negatives = context[context >= 0], negatives[negatives != centre]
        gradients = cbow.gradients(U[context], V[centre], V[negatives])
        for matrix, rows, gradient in zip((U, V, V), (context, [centre], negatives), gradients):
            np.subtract.at(matrix, rows, rate * gradient)
        return 0.0

    corpus, vocabulary = exercise_corpus(), Vocabulary.from_sentences(sentences)
    config = sgns.Config(dim=4, epochs=epochs)
    *_, end = sgns.descend(step, *cbow.training_windows(sentences, vocabulary, config), vocabulary, config, 1000)
    vectors, kinds = WordVectors(vocabulary.words, end.U), corpus.categories
    words = [word for word in vocabulary.words if kinds[word] != "connector"]
    return np.mean([vectors.cosine(a, b) for a in words for b in words if a != b and kinds[a] == kinds[b]])


def test_what_becomes_of_cbow_with_more_epochs():
    assert "it falls from 0.77 to 0.13" in exercise("3-cbow")
    sentences = tokenize(exercise_corpus().text)
    assert [round(within_of_cbow(sentences, epochs), 2) for epochs in (40, 120)] == [0.77, 0.13]
    assert "In sentences of eight words, drawn with repeats, *within* stays above 0.8" in exercise("3-cbow")
    rng, kinds, longer = np.random.default_rng(0), {}, []
    for word, kind in exercise_corpus().categories.items():
        kinds.setdefault(kind, []).append(word)
    connectors = kinds.pop("connector")
    for i in range(24):
        a, b, c, d, e, f = rng.choice(kinds[list(kinds)[i % 3]], 6).tolist()
        first, second = rng.choice(connectors, 2).tolist()
        longer.append([a, first, b, second, c, d, e, f])
    assert min(within_of_cbow(longer, epochs) for epochs in (40, 120)) > 0.8


def test_how_often_an_input_wins_in_the_last_exercise():
    assert "In one: *king*" in exercise("4-analogy") and "*rome*, for *swim* it is *swam*" in exercise("4-analogy")
    glove = load_packed(ROOT / "app" / "data" / "glove-400k.npz")
    questions = ["man king woman", "france paris italy", "walk walked swim", "big bigger small"]
    best = [[word for word, _ in glove.analogy(*q.split(), n=2, keep_inputs=True)] for q in questions]
    assert best[0][0] == "king" and best[1] == ["rome", "italy"] and best[2] == ["swam", "swim"]
    assert best[3][0] == glove.analogy("big", "bigger", "small", n=1)[0][0] == "larger"


def test_what_a_step_touches_and_costs():
    assert "more than 1,024 of 50,000 rows, 2.0%. With word frequencies as in text it touches about 1.2%" in text(
        "embedding-layer"
    )
    assert f"{1024 / 50_000:.1%}" == "2.0%"
    p = 1 / np.arange(1, 50_001)  # Zipf's law
    assert f"{(1 - (1 - p / p.sum()) ** 1024).mean():.1%}" == "1.2%"  # expected share of the rows
    for numbers in ("3 × 50,000 × 768 = 115,200,000", "3 × 1,024 × 768 = 2,359,296"):
        product, result = (part.replace(",", "") for part in numbers.split("="))
        assert numbers in text("word2vec") and eval(product.replace("×", "*")) == int(result)


def test_what_a_pair_costs():
    said = "the tree is the cheapest, with 3.8 turns on average; at 20,000 it takes 10.2, and negative sampling still"
    assert said in text("word2vec")
    for V, turns in [(22, "3.8"), (20_000, "10.2")]:
        counts = [1 + 1_000_000 // n for n in range(1, V + 1)]
        assert f"{dot_products(counts, negatives=5)['hierarchical']:.1f}" == turns


@pytest.mark.parametrize("seed", range(5))
def test_the_groups_stay_whatever_the_seed(seed):
    assert "Change `seed`: the groups stay while every number changes" in text("word2vec")
    corpus = small_corpus()
    sentences = tokenize(corpus.text)
    vocabulary = Vocabulary.from_sentences(sentences)
    *_, chunk = sgns.train(sentences, vocabulary, sgns.Config(dim=8, window=3, negatives=5, epochs=100, seed=seed))
    vectors = WordVectors(vocabulary.words, chunk.U)
    for word in set(vocabulary.words) - {"and", "or"}:
        assert {corpus.categories[near] for near, _ in vectors.neighbours(word, 3)} == {corpus.categories[word]}


@pytest.mark.parametrize("seed", range(12))
def test_vowels_lie_apart_whatever_the_seed(seed):
    assert "we tried seeds 0 to 11" in text("modern-language-models")
    *_, chunk = train(bigram_counts(NAMES, letters_of(NAMES)), CharConfig(dim=2, seed=seed))
    for vowels in ("aeiou", "aeiouy"):
        assert parting_line(chunk.model.E[1:], [letter in vowels for letter in letters_of(NAMES)[1:]])[2] == 26


def test_in_names_vowels_are_followed_by_consonants_and_consonants_by_vowels():
    assert "In names, vowels are mostly followed by consonants and the end, consonants by vowels" in text(
        "modern-language-models"
    )
    counts, letters = bigram_counts(NAMES, letters_of(NAMES)), np.array(letters_of(NAMES))
    vowel = np.isin(letters, list("aeiou"))
    consonant = ~vowel & (letters != ".")
    assert counts[vowel][:, ~vowel].sum() > counts[vowel][:, vowel].sum()
    assert counts[consonant][:, vowel].sum() > counts[consonant][:, ~vowel].sum()


def rendered():
    return Chapter(
        ROOT / "app" / "chapter", SECTIONS, panels=ROOT / "app" / "panels", figures=dict.fromkeys(FIGURES, "")
    )


def figure(name):
    return (ROOT / "app" / "figures" / name / f"{name}.html").read_text(encoding="utf-8")


def test_the_figures_are_numbered_in_their_order():
    assert [re.search(r"<p>(Figure \d+)</p>", figure(name))[1] for name in FIGURES] == [
        f"Figure {i + 1}" for i in range(len(FIGURES))
    ]


def test_chips_call_figures_by_their_number_and_every_figure_can_be_brought_into_the_chapter():
    chips = re.findall(r'data-figure="(.+?)".*?>(.*?)</button>', "".join(rendered().sections.values()))
    assert {name for name, _ in chips} == set(FIGURES)
    assert all(f"Figure {FIGURES.index(name) + 1} " in words for name, words in chips)


def test_every_link_within_the_page_has_its_place():
    page = PAGE + "".join(
        [*(figure(name) for name in FIGURES), *rendered().sections.values(), *rendered().exercises.values()]
    )
    links, places = (set(re.findall(pattern, page)) for pattern in ('href="#([^"?]+)', ' id="(.+?)"'))
    assert set(SECTIONS) <= links and links <= places, links - places
