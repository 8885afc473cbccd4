"""The contract between Python and the page: every name that one side lacks is found, in one sentence."""

import json
import subprocess

import pytest

from builder import contract, prerender, scripts
from builder.project import DIST

DOCUMENT = {
    "roots": [
        {
            "type": "object",
            "name": "Figure",
            "id": "p1",
            "attributes": {
                "name": "map-plane",
                "renderers": [
                    {
                        "type": "object",
                        "name": "GlyphRenderer",
                        "id": "p2",
                        "attributes": {
                            "data_source": {
                                "type": "object",
                                "name": "ColumnDataSource",
                                "id": "p3",
                                "attributes": {
                                    "name": "map-words",
                                    "data": {"type": "map", "entries": [["x", []], ["word", []], ["near_a", []]]},
                                },
                            },
                            "glyph": {
                                "type": "object",
                                "name": "Scatter",
                                "id": "p4",
                                "attributes": {"x": {"type": "field", "field": "x"}},
                            },
                        },
                    },
                    {"type": "object", "name": "HoverTool", "id": "p5", "attributes": {"tooltips": [["", "@word"]]}},
                ],
            },
        },
        {
            "type": "object",
            "name": "ColumnDataSource",
            "id": "p6",
            "attributes": {"name": "map-own-pairs", "data": {"type": "map", "entries": [["start", []]]}},
        },
    ]
}
PLACES = {"map-plane": "p1"}
HTML = """<div data-root="map-plane" data-root-id="p1"></div><p id="summary"></p>
<input type="file" data-file="map-file">
<table data-source="map-words"><tr><th scope="col" data-column="word">Word</th></tr></table>"""
MODULE = """import { GLOVE } from "../../contract/constants.js";
import { FAINT } from "../../contract/colours.js";
import { MAP_STEP } from "../../contract/messages.js";
import * as names from "../../contract/map.js";
const pairs = find(names.ownPairs), words = find(names.words);
column(pairs, "start"); columnView(words, `near_${side}`);
byId("summary"); ["summary"].map(byId); rootAt("map-plane");
"""
SHARED = dict(
    constants={"GLOVE": "GloVe"},
    colours={"FAINT": "#7f858d"},
    messages={"MAP_STEP": "map-step", "MAP_FILE": "map-file"},
)


def check(tmp_path, module=MODULE, html=HTML, places=PLACES, shared=SHARED, document=DOCUMENT):
    (tmp_path / "figures" / "map").mkdir(parents=True)
    (tmp_path / "figures" / "map" / "map.js").write_text(module)
    contract.write(document, shared, tmp_path / "contract")
    contract.check(document, places, html, tmp_path)


def test_both_sides_agree(tmp_path):
    check(tmp_path)


def test_names_are_written_for_the_modules(tmp_path):
    check(tmp_path)
    text = (tmp_path / "contract" / "map.js").read_text()
    assert text.startswith(contract.NOTE)
    assert 'export const ownPairs = "map-own-pairs";\n' in text
    assert 'export const GLOVE = "GloVe";\n' in (tmp_path / "contract" / "constants.js").read_text()


def test_a_module_without_models_goes_and_an_unchanged_one_stays_as_it_is(tmp_path):
    folder = tmp_path / "contract"
    contract.write(DOCUMENT, SHARED, folder)
    before = (folder / "map.js").stat().st_mtime_ns
    (folder / "old.js").write_text("")
    contract.write(DOCUMENT, SHARED, folder)
    assert not (folder / "old.js").exists()
    assert (folder / "map.js").stat().st_mtime_ns == before


def test_reserved_words_are_no_exports():
    assert contract.export_name("continue") == "continue_"
    assert contract.export_name("learning_rate") == "learningRate"


@pytest.mark.parametrize(
    "change, sentence",
    [
        (
            dict(html=HTML.replace('data-source="map-words"', 'data-source="map-word"')),
            'A table of the page asks for the data source "map-word", which the app does not have.',
        ),
        (
            dict(html=HTML.replace('data-column="word"', 'data-column="ward"')),
            'A table of the page asks for the column "ward" of map-words, which does not have it.',
        ),
        (
            dict(html=HTML.replace("<div data-root", "<div data-place")),
            'The page has 0 places data-root="map-plane": the app draws one root there.',
        ),
        (
            dict(html=HTML + '<div data-root="map-plane">'),
            'The page has 2 places data-root="map-plane": the app draws one root there.',
        ),
        (
            dict(html=HTML + '<div data-root="map-loss">'),
            'The app draws nothing for the page\'s place data-root="map-loss".',
        ),
        (
            dict(module=MODULE + 'rootAt("map-loss");'),
            'map.js looks for the place "map-loss", which the page does not have.',
        ),
        (
            dict(html=HTML + '<div data-root="map-own-pairs">'),
            'The app draws nothing for the page\'s place data-root="map-own-pairs".',
        ),
        (
            dict(module=MODULE + 'byId("sumary");'),
            'map.js looks for the element "sumary", which the page does not have.',
        ),
        (
            dict(module=MODULE + '["summary", "table"].map(byId);'),
            'map.js looks for the element "table", which the page does not have.',
        ),
        (
            dict(module=MODULE + 'column(pairs, "stop");'),
            'map.js reads the column "stop", which no data source of the app has.',
        ),
        (
            dict(module=MODULE + 'columnView(this.models.pairs, "stop");'),
            'map.js reads the column "stop", which no data source of the app has.',
        ),
        (
            dict(html=HTML.replace("map-file", "map-files")),
            'A file input or link of the page sends the message "map-files", which the app does not have.',
        ),
        (
            dict(shared=SHARED | dict(constants={"GLOVE": "GloVe", "STEPS": 20})),
            "STEPS is exported by contract/constants.js and no module imports it.",
        ),
        (
            dict(shared=SHARED | dict(colours={"FAINT": "#7f858d", "STRONG": "#000"})),
            "STRONG is exported by contract/colours.js and no module imports it.",
        ),
        (
            dict(shared=SHARED | dict(messages=SHARED["messages"] | {"MAP_LAST": "map-last"})),
            "MAP_LAST is exported by contract/messages.js and no module imports it.",
        ),
        (
            dict(module=MODULE.replace("find(names.ownPairs)", "[]").replace('column(pairs, "start");', "")),
            'The data source "map-own-pairs" is used by no glyph, table or module.',
        ),
        (
            dict(module=MODULE.replace("near_$", "x_$")),
            'The column "near_a" of map-words is used by no glyph, tooltip, table or module.',
        ),
        (
            dict(
                document=json.loads(json.dumps(DOCUMENT).replace("@word", "@x")),
                html=HTML.replace("word<", "x<").replace('"word"', '"x"'),
            ),
            'The column "word" of map-words is used by no glyph, tooltip, table or module.',
        ),
        (
            dict(module=MODULE + 'doc.get_model_by_name("map-plane");'),
            'map.js spells the name of a model, get_model_by_name("map-plane"): take it from contract/.',
        ),
    ],
)
def test_a_planted_violation_is_one_sentence(tmp_path, change, sentence):
    with pytest.raises(contract.ContractError) as raised:
        check(tmp_path, **change)
    assert str(raised.value) == sentence


@pytest.mark.page
def test_the_page_and_the_app_agree():
    document, places = prerender.read()
    contract.check(document, places, (DIST / "index.html").read_text(encoding="utf-8"), scripts.SOURCE)


@pytest.mark.parametrize(
    "text, complaint",
    [
        (
            'import * as names from "../../contract/dynamics.js"; find(names.playre);',
            'Import "playre" will always be undefined',
        ),
        (
            'import { GLOV } from "../../contract/constants.js"; find(GLOV);',
            'No matching export in "static/contract/constants.js"',
        ),
    ],
)
def test_a_name_that_the_contract_lacks_fails_with_file_and_line(text, complaint):
    """The bundler's part: with the build's option it refuses a module that takes what is not there."""
    bundled = subprocess.run(
        [
            "npx",
            "--no-install",
            "esbuild",
            "--bundle",
            scripts.REFUSED,
            "--sourcefile=static/figures/map/planted.js",
        ],
        input=text,
        capture_output=True,
        text=True,
        cwd=scripts.SOURCE / "figures" / "map",
    )
    assert bundled.returncode
    assert complaint in bundled.stderr.replace("../../contract", "static/contract")
    assert "planted.js:1:" in bundled.stderr
