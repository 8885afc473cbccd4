import numpy as np
import pytest

from embedlab import kernel, vectors
from embedlab.kernel import products
from embedlab.nearest import Codes, nth_largest
from embedlab.vectors import WordVectors, unit_rows

pytestmark = pytest.mark.skipif(not kernel.library_path().exists(), reason="the kernel is not built: run build.py")


@pytest.mark.parametrize("V,D", [(1, 8), (3, 16), (4, 8), (7, 56), (1000, 304)])
def test_products_are_those_of_whole_numbers(V, D):
    rng = np.random.default_rng(V)
    codes, query = rng.integers(-128, 128, (V, D), np.int8), rng.integers(-20_000, 20_001, D, np.int16)
    np.testing.assert_array_equal(products(codes, query), codes.astype(np.int64) @ query)


def test_the_largest_sums_fit():
    codes, query = np.full((5, 16), -128, np.int8), np.full(16, 32767, np.int16)
    assert products(codes, query).tolist() == [-128 * 16 * 32767] * 5


@pytest.mark.parametrize(
    "codes,query,error,message",
    [
        (np.zeros((2, 8)), np.zeros(8, np.int16), TypeError, "codes is a float64 array"),
        (np.zeros((2, 8), np.int8), np.zeros(8, np.int32), TypeError, "query is a int32 array"),
        (np.zeros((2, 9), np.int8), np.zeros(9, np.int16), ValueError, "a multiple of 8"),
        (np.zeros((2, 8), np.int8), np.zeros(16, np.int16), ValueError, r"codes is \(2, 8\) and query \(16,\)"),
        (np.zeros((1, 520), np.int8), np.full(520, 32767, np.int16), ValueError, "sums up to 2,180,"),
    ],
)
def test_what_does_not_fit_is_refused(codes, query, error, message):
    with pytest.raises(error, match=message):
        products(codes, query)


@pytest.mark.parametrize("n", [1, 5, 40])
def test_the_nth_largest_is_no_more_than_it_is(n):
    numbers = np.random.default_rng(n).integers(-(2**31), 2**31, 5000).astype(np.int32)
    exact = np.sort(numbers)[-n]
    assert nth_largest(numbers, n) <= exact and (numbers >= nth_largest(numbers, n)).sum() < 3 * n + 5


@pytest.mark.parametrize("D", [1, 3, 50, 300])
@pytest.mark.parametrize("spread", [0, 3])  # numbers of one size, and of sizes that differ a thousandfold
def test_the_nearest_are_among_the_candidates(D, spread):
    rng = np.random.default_rng(D)
    rows = unit_rows(rng.normal(size=(3000, D)) * 10 ** rng.uniform(-spread, 0, D)).astype(np.float32)
    rows[7] = 0
    codes = Codes([(0, rows[:1000]), (1000, rows[1000:])], rows.shape)
    for query in (rows[5], rows[9] - rows[8], np.zeros(D, np.float32)):
        cosines = rows.astype(float) @ query.astype(float)
        least = np.sort(cosines)[-12]
        assert set(np.flatnonzero(cosines > least)) <= set(codes.candidates(query, 12).tolist())


def test_few_are_candidates():
    rows = unit_rows(np.random.default_rng(0).normal(size=(20_000, 50))).astype(np.float32)
    assert len(Codes([(0, rows)], rows.shape).candidates(rows[3], 10)) < 400


@pytest.fixture
def many(monkeypatch):
    """The same 3,000 words twice, some of them alike: with codes, and without."""
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(3000, 20)).astype(np.float32)
    matrix[100:110] = matrix[50]
    matrix[200] = 0
    words = [f"w{i}" for i in range(3000)]
    plain, coded = WordVectors(words, matrix), WordVectors(words, matrix)
    assert plain._codes is None
    monkeypatch.setattr(vectors, "MANY", 3000)
    assert coded._codes is not None
    return plain, coded


@pytest.mark.parametrize("word", ["w0", "w50", "w105", "w200", "w2999"])
@pytest.mark.parametrize("n", [1, 12, 2500])
def test_neighbours_are_the_same_with_codes(many, word, n):
    plain, coded = (of.neighbours(word, n, exclude=("w3", "w104")) for of in many)
    assert [other for other, _ in coded] == [other for other, _ in plain]
    np.testing.assert_allclose([c for _, c in coded], [c for _, c in plain], atol=1e-6)


def test_analogies_are_the_same_with_codes(many):
    for keep in (False, True):
        plain, coded = (of.analogy("w1", "w50", "w7", 9, keep_inputs=keep) for of in many)
        assert [word for word, _ in coded] == [word for word, _ in plain]


def test_without_a_kernel_all_rows_are_looked_at(many, monkeypatch):
    plain, _ = many
    again = WordVectors(plain.words, plain.matrix)

    def none():
        raise kernel.NoKernel("none")

    monkeypatch.setattr(vectors, "load", none)
    assert again.neighbours("w0", 4) == plain.neighbours("w0", 4) and again._codes is None
