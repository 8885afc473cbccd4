"""The commands `test` and `bench`: linters, the tests of the modules and of Python, benchmarks; what needs the page."""

import os
import subprocess
import sys
from pathlib import Path

from builder import contract, prerender
from builder.project import ROOT, BuildError, run

FAST = (
    "not browser and not engines and not page and not slow"  # what --fast selects; pyproject.toml explains the markers
)
PAGE, ENGINES = "browser or engines or page", "engines"  # the markers of what reads dist/, of what drives every engine
PARALLEL = ("-n", str(os.cpu_count()), "--dist", "loadfile", "--no-loadscope-reorder", "--timeout", "400", "-rfE")
NOTHING_SELECTED = 5  # pytest's exit status
BENCHMARKS_WITHOUT_PAGE = (
    "quality",
    "kernel.numpy",
    "kernel.native",
    "kernel.v20k.node",
    "kernel.v5k.node",
    "kernel.shared.v5k.node",
    "kernel.shared.v20k.node",
    "kernel.shared.v100k.node",
    "kernel.shared.exact",
    "kernel.neighbours",
    "kernel.corpus",
    "kernel.vocab",
    "files.memory",
)


def lint():
    """The linters; raises BuildError when one finds something."""
    for rule, remedy in (("check", "check --fix"), ("format --check", "format")):
        run(
            [sys.executable, "-m", "ruff", *rule.split(), "-q", "."],
            f"ruff {rule} is not content: mend what it says above, or let `.venv/bin/ruff {remedy}` do it",
        )
    run(
        ["npx", "--no-install", "biome", "lint", "--log-level=warn", "static", "tests/js"],
        "Biome is not content with the modules or style sheets: mend what it says above",
    )


def test_modules():
    """The tests of the page's modules, by Node's own runner."""
    for step in (prerender.STEP, contract.STEP):  # the modules read the contract
        step.run()
    run(["node", "--test", "--test-reporter=dot", "tests/js/"], "some tests of the page's modules failed")


def paths(arguments):
    """Those of pytest's arguments that name a file or a folder."""
    values = {at + 1 for at, word in enumerate(arguments) if word in ("-k", "-m", "-n", "-p", "-o")}
    return [
        word
        for at, word in enumerate(arguments)
        if at not in values and not word.startswith("-") and Path(word.split("::")[0]).exists()
    ]


def selection(arguments):
    """pytest's arguments: with a name (-k) and no path the units, with neither every test, in PARALLEL processes."""
    fast = ["-m", FAST] if "--fast" in arguments else []
    arguments = [word for word in arguments if word != "--fast"]
    if paths(arguments):
        return [*arguments, *fast]
    if any(word.startswith("-k") for word in arguments):
        return [str(ROOT / "tests" / "unit"), *arguments, *fast]
    return [str(ROOT / "tests"), *PARALLEL, *arguments, *fast]


def needs(markers, arguments):
    """Whether one of the tests that the arguments select has one of these markers."""
    if "--fast" in arguments or not arguments:
        return not arguments
    found = pytest([*selection(arguments), "--collect-only", "-q", "-m", markers], quiet=True)
    return found != NOTHING_SELECTED  # some test files cannot be collected before the page is built


def pytest(arguments, quiet=False):
    """Run pytest; its exit status."""
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env=environment, stdout=output, stderr=output).returncode


def run_all(arguments):
    """The tests that the arguments select; with all or --fast, after the linters and the tests of the modules."""
    if arguments in ([], ["--fast"]):
        lint()
        test_modules()
    status = pytest(selection(arguments))
    if status == NOTHING_SELECTED:
        raise BuildError("No test has been selected: name its file or folder too, such as tests/browser.")
    if status:
        raise BuildError(f"Some tests failed (status {status}).")


def benchmark_needs_page(prefix):
    """Whether a benchmark with this prefix is measured in the page."""
    return not prefix.startswith(BENCHMARKS_WITHOUT_PAGE)


def benchmark(prefix):
    """Run the benchmarks whose names begin with `prefix`."""
    from tests import bench, bench_files, bench_kernel, bench_layout, bench_offline, bench_quality, bench_training

    for benchmarks in (
        bench,
        bench_offline,
        bench_kernel,
        bench_layout,
        bench_files,
        bench_quality,
        bench_training,
    ):
        benchmarks.main(prefix)
