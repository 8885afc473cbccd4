"""The contract between Python and the page's modules: written for the modules, and checked on both sides.

`write` makes static/contract/: a module for each figure or panel with the names of its models, the constants, the
colours and the messages. What a module takes from there and is not there, esbuild refuses with file and line.
`check` compares the rest. It relies on how the modules are written:

- a figure's names: `import * as names from "../../contract/dynamics.js"`, then `names.player`;
- constants, colours, messages: `import { GLOVE } from "../../contract/constants.js"`;
- a column of a source: `column(source, "x")` or `columnView(source, "x")`, its name a literal;
- an element: `byId("step-table")`, or `["cost-v", "cost-d"].map(byId)`; a root's place: `rootAt("space-search")`.
"""

import json
import re
from itertools import chain

from builder import prerender
from builder.project import ROOT, BuildError
from builder.stamps import Step

FOLDER = ROOT / "static" / "contract"

NOTE = "// Made by build.py from the app's models: do not edit.\n"
NAME = re.compile(r"([a-z]+)-([\w-]+)")  # of a model: its figure or panel, and its name there
RESERVED = {"continue", "default", "delete", "export", "import", "in", "new", "switch", "with"}  # may not be exports


class ContractError(BuildError):
    """What one side of the contract names and the other lacks, in one sentence."""


def make():
    from app import contract

    document, _ = prerender.read()
    shared = {"constants": contract.CONSTANTS, "colours": contract.COLOURS, "messages": contract.MESSAGES}
    write(document, shared, FOLDER)


# -- writing -------------------------------------------------------------------------------------------------


def write(document, shared, folder):
    """Write the modules: names of a Bokeh document (its JSON), and {module: {export: value}} of `shared`."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = model_names(document) | shared
    for path in folder.glob("*.js"):
        if path.stem not in modules:
            path.unlink()
    for module, values in modules.items():
        lines = [f"export const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in values.items()]
        path, text = folder / f"{module}.js", NOTE + "".join(sorted(lines))
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def model_names(document):
    """{figure or panel: {camelCase name: the model's name}} of the models that the app has named."""
    modules = {}
    for model in models(document).values():
        if match := NAME.fullmatch(model.get("attributes", {}).get("name") or ""):
            modules.setdefault(match[1], {})[export_name(match[2])] = match[0]
    return modules


def export_name(name):
    """A model's name as JavaScript spells it: points-drawn as pointsDrawn."""
    camel = re.sub("[-_]+(.)", lambda part: part[1].upper(), name)
    return f"{camel}_" if camel in RESERVED else camel


def models(part, found=None):
    """{id: model} of all models in a part of a document's JSON."""
    found = {} if found is None else found
    if isinstance(part, dict):
        if part.get("type") == "object" and "id" in part:
            found[part["id"]] = part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            models(inner, found)
    return found


# -- checking ------------------------------------------------------------------------------------------------


def check(document, places, html, static):
    """Raise ContractError for the first name that one side uses and the other lacks, or that nobody uses.

    document: the app's, as JSON; places: {place: root id}; html: the finished page; static: the modules' folder.
    """
    modules = {path: path.read_text(encoding="utf-8") for path in sorted(static.rglob("*.js"))}
    ours = {path: text for path, text in modules.items() if path.parent.name != "contract"}
    exports = {
        path.stem: dict(re.findall(r"^export const (\w+) = (.*);$", text, re.M))
        for path, text in modules.items()
        if path not in ours
    }
    sources = data_sources(document)
    faults = chain(
        name_faults(ours),
        place_faults(document, places, html, ours),
        id_faults(html, ours),
        table_faults(sources, html),
        column_faults(sources, ours),
        message_faults(exports.get("messages", {}), html),
        export_faults(exports, html, ours),
        unused_faults(document, sources, html, ours),
    )
    if fault := next(faults, None):
        raise ContractError(fault)


def data_sources(document):
    """{name: (id, its columns)} of the named data sources."""
    return {
        model["attributes"]["name"]: (id, [column for column, _ in model["attributes"]["data"]["entries"]])
        for id, model in models(document).items()
        if model["name"] == "ColumnDataSource" and model["attributes"].get("name")
    }


def tables(html):
    """(source, column) of every heading of a table that is filled from data sources."""
    for source, table in re.findall(r'<table[^>]* data-source="([^"]+)"[^>]*>(.*?)</table>', html, re.S):
        for heading in re.findall(r"<th [^>]*>", table):
            if column := re.search(r'data-column="([^"]+)"', heading):
                own = re.search(r'data-source="([^"]+)"', heading)
                yield (own or [0, source])[1], column[1]


def name_faults(modules):
    for path, text in modules.items():
        for spelt in re.findall(r'get_model_by_name\(["\'`][^)]*\)', text):
            yield f"{path.name} spells the name of a model, {spelt}: take it from contract/."


def place_faults(document, places, html, modules):
    """A place without a root is one that a module fills for the model of that name, such as a player's row."""
    marked = re.findall(r'data-root="([^"]+)"', html)
    wanted = [(path, place) for path, text in modules.items() for place in re.findall(r'rootAt\("([^"]+)"\)', text)]
    filled = {place for _, place in wanted} & {
        model.get("attributes", {}).get("name") for model in models(document).values()
    }
    for place in places:
        if marked.count(place) != 1:
            yield f'The page has {marked.count(place)} places data-root="{place}": the app draws one root there.'
    for place in sorted(set(marked) - set(places) - filled):
        yield f'The app draws nothing for the page\'s place data-root="{place}".'
    for path, place in wanted:
        if place not in marked:
            yield f'{path.name} looks for the place "{place}", which the page does not have.'


def id_faults(html, modules):
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    for path, text in modules.items():
        lists = "".join(re.findall(r"\[([^\][]*)\]\.map\(byId\)", text))
        for wanted in re.findall(r'byId\("([^"]+)"\)', text) + re.findall('"([^"]+)"', lists):
            if wanted not in ids:
                yield f'{path.name} looks for the element "{wanted}", which the page does not have.'


def table_faults(sources, html):
    for source, column in tables(html):
        if source not in sources:
            yield f'A table of the page asks for the data source "{source}", which the app does not have.'
        elif column not in sources[source][1]:
            yield f'A table of the page asks for the column "{column}" of {source}, which does not have it.'


def column_faults(sources, modules):
    columns = {column for _, names in sources.values() for column in names}
    for path, text in modules.items():
        for column in re.findall(r'\bcolumn(?:View)?\([^()"]*, "([^"]+)"\)', text):
            if column not in columns:
                yield f'{path.name} reads the column "{column}", which no data source of the app has.'


def message_faults(messages, html):
    for message in re.findall(r'data-(?:file|next)="([^"]+)"', html):
        if json.dumps(message) not in messages.values():
            yield f'A file input or link of the page sends the message "{message}", which the app does not have.'


def export_faults(exports, html, modules):
    for module in sorted({"constants", "colours", "messages"} & set(exports)):
        pattern = re.compile(rf'import \{{([^}}]*)\}} from "[./]+/contract/{module}\.js"')
        used = set(re.findall(r"\w+", " ".join(chain(*map(pattern.findall, modules.values())))))
        for name, value in exports[module].items():
            if name not in used and f"data-file={value}" not in html and f"data-next={value}" not in html:
                yield f"{name} is exported by contract/{module}.js and no module imports it."


def unused_faults(document, sources, html, modules):
    shown = set(tables(html))
    tooltips = set(re.findall(r"@\{?(\w+)", json.dumps(document)))
    for name, (id, columns) in sources.items():
        text = "".join(text for _, text in using(name, modules))
        fields = glyph_fields(document, id)
        if not text and fields is None and name not in {source for source, _ in shown}:
            yield f'The data source "{name}" is used by no glyph, table or module.'
        for column in columns:
            if not (column in (fields or ()) or column in tooltips or (name, column) in shown or says(text, column)):
                yield f'The column "{column}" of {name} is used by no glyph, tooltip, table or module.'


def using(name, modules):
    """The modules of each folder in which a model's name is used."""
    prefix, member = NAME.fullmatch(name).groups()
    folders = set()
    for path, text in modules.items():
        alias = re.search(rf'import \* as (\w+) from "[./]+/contract/{prefix}\.js"', text)
        if alias and re.search(rf"\b{alias[1]}\.{export_name(member)}\b", text):
            folders.add(path.parent)
    return [(path, text) for path, text in modules.items() if path.parent in folders]


def says(text, column):
    """Whether a module's text has a column's name as a word, or as a template such as `${side}_x`."""
    templates = re.findall(r"`(\w*\$\{\w+\}\w*)`", text)
    return bool(re.search(rf"\b{re.escape(column)}\b", text)) or any(
        "_" in template and re.fullmatch(re.sub(r"\$\{\w+\}", r"\\w+", template), column) for template in templates
    )


def glyph_fields(document, id):
    """The columns that glyphs, arrows and the like draw from a source; None if nothing draws from it."""
    fields = None
    for model in models(document).values():
        attributes = model.get("attributes", {})
        source = attributes.get("data_source", attributes.get("source"))
        if isinstance(source, dict) and source.get("id") == id:
            rest = json.dumps({key: value for key, value in attributes.items() if key not in ("data_source", "source")})
            fields = (fields or set()) | set(re.findall(r'"field": "([^"]+)"', rest))
    return fields


STEP = Step("contract", make, (FOLDER,), ("builder.contract", "app.contract"), (prerender.MADE,))
