"""The imports of static/: a room uses ui/, contract/ and itself, never another; entries wire them all."""

import os
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
ENTRIES = {"main.js", "below.js", "worker.js", "cells-worker.js", "gif-worker.js", "before-paint.js", "sw.js"}
SHARED = {
    "ui": {"ui", "contract"},
    "contract": {"contract"},
    "keep": {"keep", "ui", "contract"},
}  # what every room may use, and what they use themselves
ROOMS = {
    "cells",
    "live",
    "page",
    "panels",
    "take",
    *(f"figures/{name}" for name in ("dynamics", "map", "models", "training", "atlas")),
}
PACKAGES = {
    "cells",
    "figures/atlas",
    "figures/map",
    "keep",
    "take",
}  # that use npm's: an editor, completion, databases and zip, animations

IMPORT = re.compile(r"""^import\s*["']([^"']+)["']|\bfrom\s*["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)["'`]""", re.M)


def room_of(path):
    """The room of a module by its path in static/, None if it is in none."""
    folder = Path(path).parent.as_posix()
    return folder if folder in ROOMS | set(SHARED) else None


def faults(static):
    """Each module in an unknown place, and each import that a room may not have, in a sentence."""
    for file in sorted(static.rglob("*.js")):
        module = file.relative_to(static).as_posix()
        if module in ENTRIES:
            continue
        room = room_of(module)
        if room is None:
            yield f"{module} is in no room: put it into one, or name its place in this test."
            continue
        for found in IMPORT.finditer(file.read_text(encoding="utf-8")):
            target = next(filter(None, found.groups()))
            if not target.startswith("."):
                if room not in PACKAGES:
                    yield f"{module} imports the package {target}."
                continue
            imported = os.path.normpath(os.path.join(os.path.dirname(module), target)).replace(os.sep, "/")
            if room_of(imported) not in SHARED.get(room, {room, *SHARED}):
                yield f"{module} imports {imported}."


def test_rooms_use_what_is_shared_and_never_one_another():
    assert list(faults(STATIC)) == []


def test_every_entry_and_every_room_is_there():
    assert {path.name for path in STATIC.glob("*.js")} == ENTRIES
    assert {room for room in ROOMS if not any((STATIC / room).glob("*.js"))} == set()


@pytest.mark.parametrize(
    "module, text, fault",
    [
        ("cells/a.js", 'import { b } from "../live/b.js";', "cells/a.js imports live/b.js."),
        ("figures/map/a.js", 'import b from "../dynamics/b.js";', "figures/map/a.js imports figures/dynamics/b.js."),
        ("figures/map/a.js", 'import {\n  b,\n} from "../../panels/b.js";', "figures/map/a.js imports panels/b.js."),
        ("page/a.js", 'const b = () => import("../cells/b.js");', "page/a.js imports cells/b.js."),
        ("page/a.js", 'import "../main.js";', "page/a.js imports main.js."),
        ("ui/a.js", 'export * from "../panels/b.js";', "ui/a.js imports panels/b.js."),
        ("live/a.js", 'import { b } from "@codemirror/view";', "live/a.js imports the package @codemirror/view."),
        ("figures/new/a.js", "", "figures/new/a.js is in no room: put it into one, or name its place in this test."),
        ("other.js", "", "other.js is in no room: put it into one, or name its place in this test."),
    ],
)
def test_a_planted_violation_is_found(tmp_path, module, text, fault):
    file = tmp_path / module
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    assert list(faults(tmp_path)) == [fault]


def test_what_a_room_may_import_is_no_fault(tmp_path):
    (tmp_path / "cells").mkdir()
    text = 'import { a } from "./a.js";\nimport { b } from "../ui/b.js";\nimport * as c from "../contract/c.js";\n'
    (tmp_path / "cells" / "editor.js").write_text(text + 'import { d } from "@codemirror/view";')
    assert list(faults(tmp_path)) == []
