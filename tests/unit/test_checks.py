"""The checks of the exercises: they pass what is right, in whatever form, and fail what is wrong, saying why."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import exercises
from exercises import checking
from lab import cells

FOLDER = Path(__file__).resolve().parents[2] / "app" / "chapter" / "exercises"
FILES = {path.stem.split("-")[1]: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
TEMPLATES = {name: re.search(r"```python cell=exercise-.*?\n(.*?)```", text, re.S)[1] for name, text in FILES.items()}
SOLUTIONS = {name: re.search(r"## Solution\n.*?```python\n(.*?)```", text, re.S)[1] for name, text in FILES.items()}


def functions(name, *sources):
    """What the template and then the sources define."""
    space = {}
    for source in (TEMPLATES[name].replace("dim=4", "dim=4, epochs=1"), *sources):  # a check draws its own vectors
        exec(source, space)
    return space


def verdict(name, *sources):
    return exercises.check(name, functions(name, *sources), lambda error: type(error).__name__)


@pytest.mark.parametrize("name", FILES)
def test_a_template_runs_and_is_told_what_is_missing(name):
    result = verdict(name)
    assert not result.passed
    for fault in result.faults:
        assert re.search(r"nothing back yet|is not right|not where it should be|one of the three inputs", fault.message)
        assert fault.inputs


@pytest.mark.parametrize("name", FILES)
def test_the_solution_passes(name):
    result = verdict(name, SOLUTIONS[name])
    assert result.passed, result
    assert result.faults == ()


# -- other right answers -------------------------------------------------------------------------------------

RIGHT = [
    (
        "separation",
        """
def separation(words, vectors, categories):             # plain Python, without NumPy
    def cosine(a, b):
        product = sum(x * y for x, y in zip(a, b))
        lengths = (sum(x * x for x in a) * sum(x * x for x in b)) ** 0.5
        return float(product / lengths) if lengths else 0.0
    rows = dict(zip(words, vectors.tolist()))
    found, scored = {"within": [], "across": [], "connectors": []}, []
    for i, a in enumerate(words):
        for b in words[:i]:
            value = cosine(rows[a], rows[b])
            scored.append((value, a, b))
            links = [categories[a], categories[b]].count("connector")
            if links < 2:
                found["connectors" if links else "within" if categories[a] == categories[b] else "across"].append(value)
    return {**{key: sum(values) / len(values) for key, values in found.items()},
            "most": list(max(scored)[1:]), "least": set(min(scored)[1:])}
""",
    ),
    (
        "separation",
        """
def separation(words, vectors, categories):             # masks, in single precision
    vectors = np.asarray(vectors, np.float32)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)[:, None]
    cosines = unit @ unit.T
    kinds = np.array([categories[word] for word in words])
    link, off = kinds == "connector", ~np.eye(len(words), dtype=bool)
    plain, same = ~link[:, None] & ~link, kinds[:, None] == kinds
    most = np.unravel_index(np.argmax(np.where(off, cosines, -2)), cosines.shape)
    least = np.unravel_index(np.argmin(np.where(off, cosines, 2)), cosines.shape)
    return {"within": cosines[plain & same & off].mean(), "across": cosines[plain & ~same].mean(),
            "connectors": cosines[link[:, None] ^ link].mean(),
            "most": np.array(words)[list(most)], "least": np.array(words)[list(least)], "note": "more is allowed"}
""",
    ),
    (
        "intruder",
        """
def average_cosines(vectors):                           # a list, by loops
    unit = [v / (np.linalg.norm(v) or 1) for v in vectors]
    return [float(np.mean([u @ w for j, w in enumerate(unit) if j != i])) for i, u in enumerate(unit)]
def intruder(words, vectors):
    return min(reversed(words), key=dict(zip(words, average_cosines(vectors))).get)     # the last of equals
def averages_from_mean(scores):
    return [s - (1 - s) / (len(scores) - 1) for s in scores]
""",
    ),
    (
        "intruder",
        """
def average_cosines(vectors):                           # from the sum of the unit vectors
    unit = np.nan_to_num(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return ((unit @ unit.sum(axis=0) - (unit ** 2).sum(axis=1)) / (len(unit) - 1)).astype(np.float16)
def intruder(words, vectors):
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.array(words)[np.argmin(unit @ unit.sum(axis=0) - (unit ** 2).sum(axis=1))]
def averages_from_mean(scores):
    n = len(scores)
    return (scores - 1 / n) * n / (n - 1)
""",
    ),
    (
        "cbow",
        """
def gradients(u_context, v_centre, v_negatives):        # one matrix of all rows, a list as the result
    rows = np.vstack([v_centre[None], v_negatives])
    label = np.zeros(len(rows)); label[0] = 1
    h = u_context.mean(0)
    error = 1 / (1 + np.exp(-rows @ h)) - label
    dV = error[:, None] * h
    return [np.ones((len(u_context), 1)) * (error @ rows) / len(u_context), dV[0], dV[1:]]
def step(U, V, centre, context, negatives, rate):       # word by word
    before = loss(U[context], V[centre], V[negatives])
    du, dc, dn = gradients(U[context], V[centre], V[negatives])
    for i, g in zip(context, du): U[i] = U[i] - rate * g
    for k, g in zip(negatives, dn): V[k] -= rate * g
    V[centre] = V[centre] - rate * dc
    return float(before)
""",
    ),
    (
        "cbow",
        """
def gradients(u_context, v_centre, v_negatives):        # by differences, in plain lists
    def by(x):
        out = np.zeros_like(x)
        for i in np.ndindex(x.shape):
            x[i] += 1e-5; up = loss(u_context, v_centre, v_negatives)
            x[i] -= 2e-5; down = loss(u_context, v_centre, v_negatives)
            x[i] += 1e-5
            out[i] = (up - down) / 2e-5
        return out.reshape(x.shape).tolist() if x.size else out
    u_context, v_centre, v_negatives = (np.array(x, float) for x in (u_context, v_centre, v_negatives))
    return by(u_context), by(v_centre), by(v_negatives)
def step(U, V, centre, context, negatives, rate):       # dense tables
    before = loss(U[context], V[centre], V[negatives])
    du, dc, dn = gradients(U[context], V[centre], V[negatives])
    dU, dV = np.zeros_like(U), np.zeros_like(V)
    np.add.at(dU, context, du); np.add.at(dV, negatives, np.array(dn)); dV[centre] += dc
    U -= (rate * dU).astype(U.dtype); V[:] = V - rate * dV
    return np.float32(before)
""",
    ),
    (
        "analogy",
        """
def unit_rows(matrix):                                  # a list of rows
    return [row / (sum(row ** 2) ** 0.5 or 1) for row in matrix]
def analogy(words, unit, a, b, c, n=5):                 # a heap and a dict
    import heapq
    rows = {word: np.float32(row) for word, row in zip(words, unit)}
    target = rows[b] - rows[a] + rows[c]
    others = [word for word in reversed(words) if word not in (a, b, c)]
    return tuple(heapq.nlargest(n, others, key=lambda word: target @ rows[word]))
""",
    ),
    (
        "analogy",
        """
def unit_rows(matrix):                                  # rounded to four decimals
    return [(row / (np.linalg.norm(row) or 1)).round(4) for row in matrix]
def analogy(words, unit, a, b, c, n=5):                 # a generator
    rows = dict(zip(words, unit))
    target = rows[b] - rows[a] + rows[c]
    others = [word for word in words if word not in (a, b, c)]
    return (word for word in sorted(others, key=lambda word: -(target @ rows[word]))[:n])
""",
    ),
    (
        "analogy",
        """
def unit_rows(matrix):                                  # divides as it should, by division
    return np.divide(matrix, np.linalg.norm(matrix, axis=1)[:, None], out=np.zeros(matrix.shape),
                     where=matrix.any(1)[:, None])
def analogy(words, unit, a, b, c, n=5):                 # full cosine, sorted pairs, removed afterwards
    where = {word: i for i, word in enumerate(words)}
    target = unit[where[b]] + unit[where[c]] - unit[where[a]]
    scores = unit @ target / np.linalg.norm(target)
    ranked = sorted(zip(-scores, words))
    return np.array([word for _, word in ranked if word not in {a, b, c}][:n])
""",
    ),
    (
        "analogy",
        """
def unit_rows(matrix):                                  # the nearest point: on the sphere the same as the cosine
    return (matrix / (np.sqrt((matrix ** 2).sum(axis=1)) + 1e-20)[:, None]).astype(np.float32)
def analogy(words, unit, a, b, c, n=5):
    A, B, C = (unit[words.index(word)] for word in (a, b, c))
    order = np.argsort(((unit - (B - A + C)) ** 2).sum(axis=1))
    return [words[i] for i in order if words[i] != a and words[i] != b and words[i] != c][:n]
""",
    ),
]


@pytest.mark.parametrize("name,source", RIGHT)
@pytest.mark.filterwarnings("ignore:invalid value")  # one of the solutions divides by zero first and corrects it after
def test_other_right_answers_pass(name, source):
    result = verdict(name, source)
    assert result.passed, result


# -- planted bugs: what is changed in the solution, and what the message has to mention ----------------------

WRONG = [
    ("separation", "vectors / np.where(lengths == 0, 1, lengths)", "vectors", "keep their lengths"),
    ("separation", "np.where(lengths == 0, 1, lengths)", "lengths", "not finite"),
    ("separation", "axis=1", "axis=0", "“within”"),
    ("separation", "if connectors == 1:", "if connectors:", "“connectors”"),
    ("separation", "elif connectors == 0:", "if True:", "taken for one more category"),
    ("separation", "kinds[i] == kinds[j] else", "kinds[i] != kinds[j] else", "“within”"),
    ("separation", "range(len(words))", "range(9)", "IndexError"),
    ("separation", "range(len(words))", "range(len(words) - 1)", "“"),
    (
        "separation",
        "list(combinations(range(len(words)), 2))",
        "[(i, j) for i in range(len(words)) for j in range(len(words))]",
        "“within”",
    ),
    ("separation", "combinations(range(len(words)), 2))", "combinations(range(len(words)), 2)) + [(0, 0)]", "“"),
    ("separation", "max(pairs", "min(pairs", "“most” is another pair"),
    ("separation", "min(pairs", "max(pairs", "“least” is another pair"),
    (
        "separation",
        "max(pairs, key=lambda pair: cosines[pair])",
        "max(pairs, key=lambda pair: abs(cosines[pair]))",
        "“most” is",
    ),
    ("separation", "words[i] for i in least", "i for i in least", "two of the words"),
    ("separation", "for i in most", "for i in most[:1] * 2", "with itself"),
    ("separation", "return answer |", "return", "lacks within, across, connectors"),
    ("separation", "unit = vectors /", "unit = vectors; vectors /=", "changes vectors"),
    ("intruder", "/ np.where(lengths == 0, 1, lengths)", "", "keep their lengths"),
    ("intruder", "np.where(lengths == 0, 1, lengths)", "lengths", "not finite"),
    ("intruder", " - np.diag(cosines)", "", "average_cosines gives is not right"),
    (
        "intruder",
        "(cosines.sum(axis=1) - np.diag(cosines)) / (len(vectors) - 1)",
        "cosines.mean(axis=1)",
        "with itself is counted too",
    ),
    ("intruder", "(len(vectors) - 1)", "len(vectors)", "n instead of n − 1"),
    ("intruder", "- np.diag(cosines)", "- 1", "average_cosines gives is not right"),  # not for a zero row
    ("intruder", "np.argmin", "np.argmax", "most like the others"),
    (
        "intruder",
        "words[int(np.argmin(average_cosines(vectors)))]",
        "int(np.argmin(average_cosines(vectors)))",
        "one of the words",
    ),
    ("intruder", "words[int(np.argmin(average_cosines(vectors)))]", "'car'", "one of the words"),
    ("intruder", "words[int(np.argmin(average_cosines(vectors)))]", "words[-1]", "names another word"),
    (
        "intruder",
        "words[int(np.argmin(average_cosines(vectors)))]",
        "words[np.linalg.norm(vectors - vectors.mean(0), axis=1).argmax()]",
        "names another word",
    ),
    ("intruder", "(n * np.asarray(scores) - 1)", "n * np.asarray(scores)", "is not taken off"),
    ("intruder", " - 1) / (n - 1)", " - 1) / n", "n instead of n − 1"),
    ("intruder", "(n * np.asarray(scores) - 1) / (n - 1)", "scores", "given back as they are"),
    ("intruder", "(n * np.asarray(scores) - 1)", "(4 * np.asarray(scores) - 1)", "averages_from_mean gives is not"),
    ("intruder", "return (n *", "return [] and (n *", "shape (0,)"),
    ("cbow", "dh / n", "dh", "1/n to each"),
    ("cbow", "dh / n", "dh / 2", "gradient for the context is not right"),
    ("cbow", "sigmoid(v_centre @ h) - 1", "sigmoid(v_centre @ h)", "gradient for the context"),
    ("cbow", "sigmoid(v_centre @ h) - 1", "1 - sigmoid(v_centre @ h)", "gradient for the context"),
    (
        "cbow",
        "error_centre * h,",
        "-error_centre * h,",
        "for the centre is not right. It is what comes out if the sign",
    ),
    ("cbow", "np.outer(error_negatives, h)", "-np.outer(error_negatives, h)", "for the negatives is not right. It is"),
    ("cbow", "np.outer(error_negatives, h)", "np.outer(h, error_negatives)", "negatives"),
    ("cbow", "sigmoid(v_negatives @ h)  ", "sigmoid(-v_negatives @ h)  ", "gradient for the context"),
    ("cbow", "h = u_context.mean(axis=0)", "h = u_context.sum(axis=0)", "gradient for the context"),
    ("cbow", "return np.tile(dh / n, (n, 1)), error_centre * h,", "return np.tile(dh / n, (n, 1)),", "three arrays"),
    ("cbow", "np.subtract.at(U, context, rate * du)", "U[context] -= rate * du", "twice move once"),
    ("cbow", "np.subtract.at(V, negatives, rate * dv_negatives)", "V[negatives] -= rate * dv_negatives", "move once"),
    ("cbow", "np.subtract.at(U, context, rate * du)", "np.add.at(U, context, rate * du)", "row"),
    ("cbow", "V[centre] -= rate * dv_centre", "V[centre] += rate * dv_centre", "of V is not where it should be"),
    ("cbow", "np.subtract.at(U, context, rate * du)", "U = U - rate", "in place"),
    ("cbow", "rate * du", "du", "of U is not where"),
    (
        "cbow",
        "    np.subtract.at(U, context, rate * du)\n    V[centre] -= rate * dv_centre\n",
        "    V[centre] -= rate * dv_centre\n    du, _, _ = gradients(U[context], V[centre], V[negatives])\n"
        "    np.subtract.at(U, context, rate * du)\n",
        "of U is not where",
    ),
    (
        "cbow",
        "    V[centre] -= rate * dv_centre\n",
        "    _, dv_centre, dv_negatives = gradients(U[context], V[centre], V[negatives])\n"
        "    V[centre] -= rate * dv_centre\n",
        "before the gradient of the other",
    ),
    ("cbow", "return before", "return loss(U[context], V[centre], V[negatives])", "after the step"),
    ("cbow", "return before", "return before / (1 + len(negatives))", "the loss that it gives is not"),
    (
        "cbow",
        "np.subtract.at(U, context, rate * du)",
        "context[0] = 0; np.subtract.at(U, context, rate * du)",
        "changes context",
    ),
    ("cbow", "(U, context, rate * du)", "(U, context[1:], rate * du[1:])", "of U is not where"),
    ("analogy", "matrix / np.where(lengths == 0, 1, lengths)", "matrix", "given back as it is"),
    ("analogy", "np.where(lengths == 0, 1, lengths)", "lengths", "not finite"),
    ("analogy", "axis=1", "axis=0", "axis=1 goes along a row"),
    ("analogy", "np.linalg.norm(matrix, axis=1, keepdims=True)", "np.linalg.norm(matrix)", "same number"),
    ("analogy", "np.where(lengths == 0, 1, lengths)", "np.where(lengths == 0, 1, lengths ** 2)", "squared"),
    ("analogy", "    scores[inputs] = -np.inf\n", "", "one of the three inputs"),
    ("analogy", "scores[inputs] = -np.inf", "scores[inputs] = 0", "inputs"),
    *[
        ("analogy", "scores[inputs] = -np.inf", f"scores[inputs[{some}]] = -np.inf", "one of the three inputs")
        for some in (":2", "1:", "::2")
    ],
    (
        "analogy",
        "scores[inputs] = -np.inf",
        "scores[inputs + [int(i) for i in (unit @ B > 0.999).nonzero()[0]]] = -np.inf",
        "the 2 nearest",
    ),
    (
        "analogy",
        "return matrix / np.where(lengths == 0, 1, lengths)",
        "out = np.zeros_like(matrix); out[:] = matrix / np.where(lengths == 0, 1, lengths); return out",
        "unit_rows gives is",
    ),
    (
        "analogy",
        "scores = unit @ (B - A + C)",
        "scores = -abs(unit - (B - A + C)).sum(axis=1)",
        "These are not the 6 nearest to b − a + c.",
    ),
    (
        "analogy",
        "/ np.where(lengths == 0, 1, lengths)",
        "/ np.where(lengths == 0, 1, lengths).round(2)",
        "is it rounded?",
    ),
    ("analogy", "B - A + C", "A - B + C", "a and b change places"),
    ("analogy", "B - A + C", "B - A - C", "taken off"),
    ("analogy", "B - A + C", "C", "c alone"),
    ("analogy", "np.argpartition(-scores, n)[:n]", "np.argpartition(scores, n)[:n]", "one of the three inputs"),
    ("analogy", "scores = unit @ (B - A + C)", "scores = -unit @ (B - A + C)", "words of lowest cosine"),
    ("analogy", "best[np.argsort(-scores[best])]", "best[np.argsort(scores[best])]", "not the 6 nearest"),
    ("analogy", "np.argpartition(-scores, n)[:n]", "np.argsort(-scores)[:1]", "where n is 6"),
    (
        "analogy",
        "np.argpartition(-scores, n)[:n]",
        "np.argsort(-scores)[:n + 1]",
        "gives 7 different words where n is 6",
    ),
    ("analogy", "np.argpartition(-scores, n)[:n]", "np.argsort(-scores)[1:n + 1]", "nearest to"),
    ("analogy", "[words[i] for i in best[np.argsort(-scores[best])]]", "[int(i) for i in best]", "list of words"),
    ("analogy", "[words[i] for i in best[np.argsort(-scores[best])]]", "words[scores.argmax()]", "list of words"),
    ("analogy", "[words[i] for i in best[np.argsort(-scores[best])]]", "['queen']", "list of words"),
    ("analogy", "scores[inputs] = -np.inf", "unit[inputs] = -np.inf", "changes unit"),
]


@pytest.mark.parametrize("name,right,wrong,words", WRONG)
@pytest.mark.filterwarnings("ignore")  # of the planted divisions by zero
def test_planted_bugs_are_found_and_named(name, right, wrong, words):
    assert right in SOLUTIONS[name]
    planted = SOLUTIONS[name].replace(right, wrong)
    result = verdict(name, planted)
    assert not result.passed
    told = [(fault, fault.message.replace("`", "")) for fault in result.faults]
    fault, message = next(
        ((fault, text) for fault, text in told if words in text or words == fault.error), (None, told)
    )
    assert fault, message
    assert words[-1:] != "." or message.endswith(words), "more is said than is so"
    assert fault.inputs or fault.found, "no counter-example"


def test_the_printed_search_has_an_end_and_the_toy_needs_unit_rows():
    space = functions("analogy", SOLUTIONS["analogy"])
    words, toy, analogy, asked = space["toy_words"], space["toy"], space["analogy"], ("man", "king", "woman")
    for n in (5, 8, 100):
        assert set(analogy(words, space["unit_rows"](toy), *asked, n)) == set(words) - set(asked)
    assert analogy(words, space["unit_rows"](toy), *asked, 1) == ["queen"]
    assert analogy(words, toy.astype(float), *asked, 1) == ["princess"]


# -- what else the user may do -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken,words",
    [
        (["intruder"], "2 of 3 hold: `average_cosines`, `averages_from_mean`."),
        (["average_cosines", "averages_from_mean"], "1 of 3 holds: `intruder`."),
        (["average_cosines", "intruder", "averages_from_mean"], "None of the 3 functions holds."),
    ],
)
def test_every_function_is_checked_and_those_that_hold_are_named(broken, words):
    space = functions("intruder", SOLUTIONS["intruder"]) | {name: lambda *args: 1 / 0 for name in broken}
    space["intruder"] = (
        space["intruder"]
        if "intruder" in broken
        else lambda words, vectors: next(
            word for word, others in zip(words, others_of(vectors)) if others == min(others_of(vectors))
        )
    )
    result = exercises.check("intruder", space)
    assert result.message == words
    assert [fault.message for fault in result.faults] == [f"Your `{name}` ended with an error." for name in broken]


def others_of(vectors):
    """The mean cosine of each vector with the others, apart from the user's functions."""
    unit = [vector / (np.linalg.norm(vector) or 1) for vector in vectors]
    return [np.mean([a @ b for j, b in enumerate(unit) if j != i]) for i, a in enumerate(unit)]


def test_an_answer_that_knows_only_the_example_fails():
    known = functions("intruder", SOLUTIONS["intruder"])
    table = {"cat": 0.5, "dog": 0.5, "fish": 0.5, "car": 0.1}
    known["average_cosines"] = lambda vectors: np.array(list(table.values()))
    assert not exercises.check("intruder", known).passed


@pytest.mark.parametrize("name", FILES)
def test_a_function_that_is_not_there_is_named(name):
    result = exercises.check(name, {})
    assert not result.passed and all("There is no function" in fault.message for fault in result.faults)
    assert len(result.faults) == len(exercises.asked(name))


@pytest.mark.parametrize("name", FILES)
def test_anything_may_come_back(name):
    for answer in (..., 3, "text", [], {}, object(), [None] * 3, np.zeros((2, 2, 2)), [[1, 2], [3]]):
        space = functions(name, SOLUTIONS[name])
        for function in list(space):
            if f"def {function}(" in SOLUTIONS[name]:
                replaced = {function: lambda *args, answer=answer: answer}
                assert not exercises.check(name, space | replaced).passed, (function, answer)


@pytest.fixture
def main(monkeypatch):
    """The user's interpreter, with what it drew."""
    drawn = []

    def hear(id, type, value):
        if type == "picture":
            drawn.append(tuple(json.loads(value)))

    interpreter = cells.Interpreter(hear)
    monkeypatch.setitem(sys.modules, "__main__", interpreter.main)
    return lambda source, cell="": (run(interpreter.run(source, cell, "Your search")), drawn)


def run(coroutine):
    """Run what awaits nothing; asyncio.run has no place in Pyodide."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


BEGIN, ASK = (f"__import__('lab.checks').checks.{what}('analogy')" for what in ("begin", "check"))


def test_the_verdict_reaches_the_page_as_plain_data(main):
    main(TEMPLATES["analogy"] + SOLUTIONS["analogy"])
    _, drawn = main(ASK)
    assert drawn == [
        (
            "verdict",
            {
                "passed": True,
                "message": verdict("analogy", SOLUTIONS["analogy"]).message,
                "faults": [],
            },
        )
    ]
    main("def unit_rows(matrix): return matrix")
    _, drawn = main(ASK)
    kind, verdict_told = drawn[-1]
    assert kind == "verdict" and not verdict_told["passed"] and verdict_told["message"] == "1 of 2 holds: `analogy`."
    (told,) = verdict_told["faults"]
    assert [[what for what, _ in told[part]] for part in ("inputs", "found")] == [["matrix"], ["yours", "expected"]]
    assert all(isinstance(value, str) for _, value in told["inputs"] + told["found"])


def test_inputs_are_shown_so_that_they_can_be_pasted_into_a_cell():
    space = {}
    inputs = {
        "words": ["and", "tin"],
        "vectors": np.array([[0.25, -1], [2, 1e-9]]),
        "categories": {"tin": "metals"},
        "a": "tin",
        "n": 3,
        "rate": 0.3,
        "ids": np.array([1, 2]),
    }
    for key, value in inputs.items():
        exec(f"{key} = {checking.shown(value)}", space)
        assert key == "vectors" and np.allclose(space[key], value, atol=1e-4) or np.array_equal(space[key], value), key


def test_a_readers_error_is_shown_as_theirs_with_the_input_that_caused_it(main):
    main("def unit_rows(matrix):\n    rows = list(matrix)\n    return rows[99]\n", "exercise-analogy")
    answer, [(_, verdict_told)] = main(ASK)
    assert answer["error"] is None and verdict_told["message"] == "None of the 2 functions holds."
    told = verdict_told["faults"][0]
    assert told["error"].splitlines()[:4] == [
        "Traceback (most recent call last):",
        "  Line 3 of “Your search”, in unit_rows",
        "    return rows[99]",
        "           ~~~~^^^^",
    ]
    assert told["error"].endswith("IndexError: list index out of range")
    assert told["message"] == "Your `unit_rows` ended with an error." and told["found"] == []
    assert [what for what, _ in told["inputs"]] == ["matrix"]


def test_names_of_an_earlier_run_are_not_checked(main):
    main(TEMPLATES["analogy"] + SOLUTIONS["analogy"])
    main(BEGIN)
    main("analogy = None")
    _, drawn = main(ASK)
    assert "There is no function `unit_rows`" in drawn[-1][1]["faults"][0]["message"]


def test_a_check_leaves_the_reader_no_new_names(main):
    main(TEMPLATES["analogy"])
    before, _ = main("sorted(globals())")
    main(ASK)
    assert main("sorted(globals())")[0] == before


def test_checks_are_the_same_every_time():
    first, second = (verdict("cbow", SOLUTIONS["cbow"].replace("dh / n", "dh")) for _ in range(2))
    assert str(first) == str(second)
