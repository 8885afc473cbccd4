"""umap-learn beside ours: VECTORS.npy; bench_layout.py runs this in an environment of its own, which has umap-learn.

Reads a JSON object a line. {"positions": FILE}: lay the rows out and save the positions; prints the seconds that took.
{"trust": FILE}: scikit-learn's trustworthiness, of 15 neighbours by cosine, of positions; prints it.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import umap  # noqa: E402
from sklearn.manifold import trustworthiness  # noqa: E402

K = 15


def main(file):
    vectors = np.load(file)
    for line in sys.stdin:
        asked = json.loads(line)
        if "trust" in asked:
            answer = trustworthiness(vectors, np.load(asked["trust"]), n_neighbors=K, metric="cosine")
        else:
            start = time.perf_counter()
            positions = umap.UMAP(n_neighbors=K, metric="cosine").fit_transform(vectors)
            answer = time.perf_counter() - start
            np.save(asked["positions"], positions)
        print(json.dumps(float(answer)), flush=True)


main(sys.argv[1])
