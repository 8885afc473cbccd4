"""python -m embedlab: what it does, what it says of what goes wrong, and what Ctrl-C leaves."""

import os
import pty
import re
import select
import signal
import subprocess
import sys

import numpy as np
import pytest

from builder.project import ROOT
from embedlab.__main__ import main
from embedlab.commandline import Bar, answers, form_of
from embedlab.formats import read, write
from embedlab.reader import CorpusReader
from embedlab.vectors import WordVectors
from embedlab.word2vec import Progress, TrainConfig, Trainer

WORDS = ["king", "queen", "man", "woman", "cabbage"]
#           royal, female, vegetable
MEANINGS = [[1, 0, 0], [1, 1, 0], [0.1, 0, 0.1], [0.1, 1, 0.1], [0, 0.1, 1]]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the commands run: with corpus.txt, and vectors.bin of WORDS."""
    rng = np.random.default_rng(0)
    text = "\n".join(" ".join(rng.choice(WORDS, 12)) + "." for _ in range(500))
    (tmp_path / "corpus.txt").write_text(text, encoding="utf-8")
    (tmp_path / "vectors.bin").write_bytes(write(WordVectors(WORDS, MEANINGS), "word2vec-binary"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(*arguments, **options):
    """It as a process, with pipes; it takes Ctrl-C, even where the tests run in the background and do not."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "py")}
    pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    takes_interrupts = dict(preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    words = [sys.executable, "-m", "embedlab", *arguments]
    return subprocess.Popen(words, env=environment, **pipes | takes_interrupts | options)


# -- train -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".bin", ".txt", ".vec", ".npz"])
def test_training_writes_what_the_trainer_learns(folder, capsys, ending):
    assert main(f"train corpus.txt -o v{ending} --dim 6 --epochs 2 --seed 7 --model cbow --window 3".split()) == 0
    reader = CorpusReader()
    reader.feed((folder / "corpus.txt").read_bytes())
    trainer = Trainer(reader.finish(5), TrainConfig(model="cbow", dim=6, epochs=2, seed=7, window=3))
    trainer.advance(10**9)
    got = read((folder / f"v{ending}").read_bytes())
    assert got.words == trainer.corpus.vocabulary.words and np.array_equal(got.matrix, trainer.U)
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("corpus.txt: 6,000 words, 5 different.\n")
    assert f"Saved 5 vectors: v{ending}\n" in told.err and "\r" not in told.err


def test_every_setting_of_the_trainer_is_an_option(capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    told = capsys.readouterr().out
    assert all(f"--{name.replace('_', '-')} " in told for name in TrainConfig.__dataclass_fields__)


@pytest.mark.parametrize(
    "arguments,message",
    [
        ("train nothing.txt -o v.bin", "nothing.txt: No such file or directory."),
        ("train corpus.txt -o nowhere/v.bin", "nowhere: there is no such folder."),
        ("train corpus.txt -o v.pdf", "v.pdf: how a file ends says what it becomes; choose .bin, .txt, .vec, .npz."),
        ("train latin.txt -o v.bin", "latin.txt: Byte 3 (line 1, after “caf”) begins E9 20 61 75, which is not UTF-8"),
        ("train short.txt -o v.bin --min-count 1", "short.txt: “word” is the only word, and"),
        ("train short.txt -o v.bin", "short.txt: No word occurs min_count=5 times"),
        ("train empty.txt -o v.bin", "empty.txt: The text is empty"),
        ("train corpus.txt -o v.bin --dim 0", "dim is 0: choose a whole number from 1 to 10,000."),
        ("train corpus.txt -o v.bin --learning-rate 1e30", "the numbers became infinite"),
        ("ask nothing.bin king", "nothing.bin: No such file or directory."),
        ("ask corpus.txt king", "corpus.txt"),
        ("ask vectors.bin quene", "“quene” is not among the 5 known words; did you mean queen?"),
        ("ask vectors.bin king - man +", "“king - man +” is no sum: put + or - between words"),
        ("ask vectors.bin king man", "“king man” is no sum"),
        ("ask vectors.bin king -n 0", "n is 0: ask for 1 or more words."),
        ("evaluate vectors.bin latin.txt", "latin.txt is not in UTF-8"),
        ("evaluate vectors.bin corpus.txt", "line 1"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_nothing_is_left(folder, capsys, arguments, message):
    (folder / "latin.txt").write_bytes("café au lait".encode("latin-1"))
    (folder / "short.txt").write_text("word")
    (folder / "empty.txt").write_text("")
    before = sorted(os.listdir(folder))
    assert main(arguments.split()) == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("embedlab: ") and message in told
    assert sorted(os.listdir(folder)) == before


def interrupted(folder, stderr):
    """The status of a long training, interrupted once it has reported, and what it said; stderr: (read, write)."""
    process = command("train", "corpus.txt", "-o", "v.bin", "--epochs", "1000000", cwd=folder, stderr=stderr[1])
    os.close(stderr[1])
    told = b""
    while b"loss" not in told:
        told += os.read(stderr[0], 1000)
    process.send_signal(signal.SIGINT)
    with open(stderr[0], "rb", buffering=0) as rest:
        while process.poll() is None or select.select([rest], [], [], 0)[0]:
            try:
                part = rest.read(1000)
            except OSError:  # the terminal's other end is closed
                break
            if not part:
                break
            told += part
    process.stdout.close()
    return process.wait(), told.decode()


def test_ctrl_c_saves_what_has_been_learnt_and_says_so(folder):
    status, told = interrupted(folder, os.pipe())
    assert status == 130 and re.search(r"Stopped\. Saved 5 vectors after \d+% of the training: v\.bin\n$", told)
    assert "Traceback" not in told and "\r" not in told
    vectors = read((folder / "v.bin").read_bytes())
    assert np.abs(vectors.matrix).max() > 0.5 / 100  # beyond where they began


def test_on_a_terminal_the_progress_is_one_line(folder):
    status, told = interrupted(folder, pty.openpty())
    lines = told.replace("\r\n", "\n").splitlines()
    bars = [part for part in told.split("\r") if "thousand words/s" in part]
    assert status == 130 and bars and all("s left" in bar for bar in bars)
    assert "Stopped. Saved" in lines[-1] and "thousand" not in lines[-1]


def test_the_bar_ends_full(monkeypatch):
    class Terminal(list):
        write, isatty, flush = list.append, lambda self: True, lambda self: None

    written = Terminal()
    bar = Bar(written)
    bar(Progress(50, 100, 10, 1.5, 0.02), 10.0, False)
    bar(Progress(100, 100, 10, 1.25, 0.02), 10.0, True)
    assert written[0].startswith("\r" + "#" * 15 + "." * 15 + "  50%  loss 1.500") and "5 s left" in written[0]
    assert written[1].startswith("\r" + "#" * 30 + " 100%  loss 1.250") and written[2] == "\n"
    bar.end()
    assert len(written) == 3


# -- ask and evaluate --------------------------------------------------------------------------------------------


def test_asking_for_one_word_gives_its_neighbours(folder, capsys):
    assert main(["ask", "vectors.bin", "king", "-n", "2"]) == 0
    assert capsys.readouterr().out == " 0.707  queen\n 0.707  man\n"


def test_a_sum_is_that_of_unit_vectors_with_its_words_left_out():
    vectors = WordVectors(WORDS, MEANINGS)
    assert answers(vectors, "king - man + woman", 2) == vectors.analogy("man", "king", "woman", 2)
    other_order = dict(answers(vectors, "- man + king + woman", 2))
    assert other_order == pytest.approx(dict(answers(vectors, "king − man + woman", 2)))  # another sign for minus, too


def test_a_sum_may_come_in_one_argument_or_several(folder, capsys):
    for words in (["king - man + woman"], ["king", "-", "man", "+", "woman"]):
        assert main(["ask", "vectors.bin", "-n", "1", *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[0] == lines[1] and lines[0].endswith("queen")


def test_vectors_are_scored_on_pairs_and_on_questions(folder, capsys):
    (folder / "pairs.tsv").write_text("king\tqueen\t9\nking\tcabbage\t1\nking\tunknown\t5\nman\tcabbage\t3\n")
    (folder / "questions.txt").write_text(": royal\nman king woman queen\nman king woman unknown\n")
    assert main(["evaluate", "vectors.bin", "pairs.tsv"]) == main(["evaluate", "vectors.bin", "questions.txt"]) == 0
    pairs, *questions = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"Spearman’s rho -?\d\.\d{3}; 3 of 4 pairs are known\.", pairs)
    assert questions == ["     1 of      1  royal", "     1 of      1  in all; the file has 2 questions."]


def test_the_form_is_told_by_the_name(tmp_path):
    assert form_of(tmp_path / "a.b.bin") == "word2vec-binary"
    with pytest.raises(ValueError, match="how a file ends"):
        form_of(tmp_path / "bin")
