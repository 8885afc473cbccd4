#!/usr/bin/env python3
"""Embedding Lab's build: the steps in order, and the commands. Each step is a module of py/builder.

    python3 build.py                         make dist/
    python3 build.py serve [--port N] [--no-build] [--watch]
    python3 build.py test [--fast] [PYTEST ARGUMENTS]
    python3 build.py bench [PREFIX]          one JSON object a line
    python3 build.py screenshot              renew static/screenshot.png

Each sets up what it needs, and no more: a virtual environment (.venv), npm packages (node_modules), downloads (.cache).
"""

import argparse
import errno
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "py"), str(ROOT)]

from builder import environment  # noqa: E402
from builder.project import DIST, BuildError  # noqa: E402


def make_data():
    """What the units need: the kernel, and app/data."""
    from builder import data, together

    together.run(data.STEPS)


def make_page():
    """dist/, of its parts in their order."""
    from builder import data, downloads, page, together

    together.run([*data.STEPS, downloads.NUMPY, *page.PARTS])
    if not page.STEP.run():
        print("dist/ is up to date.")


def build(chosen):
    make_page()


def serve(chosen):
    from builder import server, watch

    if chosen.watch:
        return watch.serve(chosen.port)
    if not chosen.no_build:
        make_page()
    elif not DIST.exists():
        raise BuildError("There is no dist/ yet: run it without --no-build.")
    server.serve(DIST, chosen.port)


def test(chosen):
    from builder import browsers, testing

    make_data()
    if testing.needs(testing.PAGE, chosen.arguments):
        make_page()
        browsers.install(engines=testing.needs(testing.ENGINES, chosen.arguments))
    testing.run_all(chosen.arguments)


def bench(chosen):
    from builder import browsers, testing

    make_data()
    if testing.benchmark_needs_page(chosen.prefix):
        make_page()
        browsers.install()
    testing.benchmark(chosen.prefix)


def screenshot(chosen):
    from builder import browsers
    from tests import bench

    make_page()
    browsers.install()
    bench.screenshot(ROOT / "static" / "screenshot.png")


def parser():
    parser = argparse.ArgumentParser(description="Builds, serves, tests and measures Embedding Lab.")
    parser.set_defaults(command=build)
    commands = parser.add_subparsers()
    serving = commands.add_parser("serve", help="build if needed, then serve the page")
    serving.set_defaults(command=serve)
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--no-build", action="store_true", help="serve dist/ as it is")
    serving.add_argument("--watch", action="store_true", help="rebuild and reload the page whenever a file changes")
    commands.add_parser(
        "test", help="run every test, or what the pytest arguments name; --fast: lint, and what needs no page"
    ).set_defaults(command=test)
    benchmarks = commands.add_parser("bench", help="measure; prints one JSON object a line")
    benchmarks.set_defaults(command=bench)
    benchmarks.add_argument("prefix", nargs="?", default="")
    commands.add_parser("screenshot", help="renew static/screenshot.png").set_defaults(command=screenshot)
    return parser


def arguments(words):
    """The command and its options; everything after `test` is pytest's."""
    if words[:1] == ["test"] and not {"-h", "--help"} & set(words):
        return argparse.Namespace(command=test, arguments=words[1:])
    return parser().parse_args(words)


def main():
    chosen = arguments(sys.argv[1:])
    environment.set_up(for_tests=chosen.command in (test, bench, screenshot))
    chosen.command(chosen)


def explained():
    """Run the command; what goes wrong ends it with one sentence and the status 1."""
    try:
        main()
    except BuildError as error:
        sys.exit(f"build.py: {error}")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sys.exit("build.py: The disk is full: free about 2 GB and run it again.")
        raise
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    explained()
