"""WordSim-353, SimLex-999 and the analogy questions, as they are: {file name: its text}; they lie in gensim's wheel."""

import json
import zipfile

from builder.downloads import GENSIM
from builder.project import DATA, PYTHON_LOCK, BuildError, write_whole
from builder.stamps import Step, sha256

TEST_SETS = {  # in the package gensim, under test/test_data/
    "questions-words.txt": "8c29b3332afc46f3fb8be04cb5297bf96f39aa7131272dff57869b4485b22a36",
    "wordsim353.tsv": "f92a022fc2537793a15bc3a8c162ebcd74990e033a228bb6388cb71e4c0b1e1d",
    "simlex999.txt": "d5e0501971478a511430ee880bd0121e94ac701ba86d90544d83e6d2ba3db05d",
}
PACKED = DATA / "test-sets.json.bin"


def make():
    from embedlab.dictionary import pack

    texts = {}
    with zipfile.ZipFile(GENSIM.made[0]) as wheel:
        for name, expected in TEST_SETS.items():
            content = wheel.read(f"gensim/test/test_data/{name}")
            if sha256(content) != expected:
                raise BuildError(
                    f"gensim's {name} has another SHA-256 than builder/test_sets.py names: take the gensim whose test "
                    f"sets are those, in requirements-fetched.lock."
                )
            texts[name] = content.decode()
    write_whole(PACKED, pack(json.dumps(texts, ensure_ascii=False)))


STEP = Step("test-sets", make, (PACKED,), ("builder.test_sets",), (GENSIM.stamp, PYTHON_LOCK), "Packing the test sets")
