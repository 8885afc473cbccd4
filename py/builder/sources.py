"""dist/source: the Python behind the figures, to be read."""

import shutil

from builder.project import CACHE, PYTHON_LOCK, ROOT
from builder.stamps import Step

FOLDER = CACHE / "source"
SHOWN = (*sorted((ROOT / "py" / "embedlab").glob("*.py")), ROOT / "app" / "sources" / "map_plane.py")


def make():
    from app.chapter.render import source_page

    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for path in SHOWN:
        (FOLDER / f"{path.stem}.html").write_text(source_page(path), encoding="utf-8")


STEP = Step("source", make, (FOLDER,), ("builder.sources",), (*SHOWN, PYTHON_LOCK))
