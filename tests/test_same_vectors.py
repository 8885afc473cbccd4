"""The same seed gives the same vectors, bit for bit: here and in Pyodide (in the page: browser/test_wheel.py)."""

import json
import subprocess
import sysconfig

import numpy as np
import pytest

from builder.downloads import pyodide_wheel
from builder.project import ROOT
from embedlab.word2vec import TrainConfig, Trainer
from tests import same_vectors

pytestmark = pytest.mark.slow


def test_here_and_in_pyodide_a_seed_gives_the_same_vectors():
    site = sysconfig.get_paths()["purelib"]
    command = ["node", "py/runtime/node.mjs", pyodide_wheel("numpy"), ROOT, site, "tests/same_vectors.py"]
    inside = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
    assert inside.returncode == 0, inside.stderr
    assert json.loads(inside.stdout) == same_vectors.digests()


def test_a_digest_tells_another_last_bit():
    """Else the comparison would show nothing."""
    trainer = Trainer(same_vectors.corpus(), TrainConfig(dim=4))
    before = same_vectors.digest(trainer.U, trainer.V)
    trainer.U[0, 0] = np.nextafter(trainer.U[0, 0], np.float32(1))
    assert same_vectors.digest(trainer.U, trainer.V) != before
