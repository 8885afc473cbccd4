"""The wheel as others have it: installed by pip into an environment of its own."""

import json
import os
import subprocess
import sys
import sysconfig

from builder.wheel import WHEEL

ALONE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # without the project's sources


def environment(folder):
    """The Python of a new environment, with the packages of the tests but not the project's; pip is among them."""
    subprocess.run([sys._base_executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    site = json.loads(run(python, "-c", "import json, sysconfig; print(json.dumps(sysconfig.get_paths()['purelib']))"))
    with open(f"{site}/tests.pth", "w") as file:
        file.write(sysconfig.get_paths()["purelib"])
    return python


def install(python, wheel=WHEEL):
    run(python, "-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check", wheel)


def run(*command, **options):
    """What a command prints; it must succeed."""
    options = dict(env=ALONE, capture_output=True, text=True) | options
    done = subprocess.run([str(part) for part in command], **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
