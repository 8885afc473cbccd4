"""The pure functions of the page's modules, by Node's own runner: tests/js/."""

import subprocess

import build


def test_javascript():
    if not build.CONTRACT.exists():
        build.write_contract(build.prerendered()[0])
    ran = subprocess.run(["node", "--test", "tests/js/"], cwd=build.ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_lint():
    ran = subprocess.run(["npx", "--no-install", "biome", "lint"], cwd=build.ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
