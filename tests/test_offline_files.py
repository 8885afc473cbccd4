"""What the service worker keeps, as the build lists it: all of the page, at the addresses by which the page asks."""

import base64
import hashlib
import json
import re
import struct

import pytest

from builder import hosting
from builder.project import DIST, ROOT

pytestmark = pytest.mark.page
FOR_HOSTS = {"nginx.conf", ".htaccess", "_headers"}


def lab():
    """What the build has put into the service worker."""
    source = (DIST / "sw.js").read_text(encoding="utf-8")
    return json.JSONDecoder().raw_decode(source[source.index('{"version":') :])[0]


def page():
    return (DIST / "index.html").read_text(encoding="utf-8")


def table():
    return json.loads(re.search(r'id="lab-runtime" data-crc="\d+">(.*?)</script>', page())[1])


def test_it_keeps_every_file_but_those_that_are_asked_for_and_none_is_left_out():
    names = {path.relative_to(DIST).as_posix() for path in DIST.rglob("*") if path.is_file()}
    kept = {entry["url"].split("?")[0].replace("./", "index.html") for entry in lab()["files"]}
    asked = {url.split("?")[0] for url in lab()["asked"]}
    assert asked == {"data/glove-400k.npz", "data/dictionary.txt.bin"}
    assert kept | asked == {name for name in names if not name.endswith(".map")} - FOR_HOSTS - {"sw.js"}
    assert kept & asked == set()
    assert lab()["bytes"] == sum((DIST / name).stat().st_size for name in kept)


def test_it_keeps_files_at_the_addresses_by_which_the_page_asks():
    kept = {entry["url"] for entry in lab()["files"]} | set(lab()["asked"])
    in_head = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', page().split("</head>")[0])
    assert {file["url"] for file in table().values()} | set(in_head) <= kept


def test_each_file_has_its_checksum_and_a_revision_where_its_address_has_no_hash():
    for entry in lab()["files"]:
        data = (DIST / entry["url"].split("?")[0].replace("./", "index.html")).read_bytes()
        assert entry["integrity"] == f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
        assert (entry["revision"] is None) == bool(re.search(hosting.HASHED, f"/{entry['url']}")), entry["url"]


def test_the_page_knows_its_version_and_has_words_for_all_that_is_asked_for():
    assert f'<html data-version="{lab()["version"]}"' in page()
    words = (ROOT / "static" / "page" / "connection.js").read_text(encoding="utf-8")
    asked = [name for name, file in table().items() if file.get("asked")]
    assert len(asked) == 2 and all(f'"{name}": "' in words for name in asked)


def test_the_manifest_names_icons_of_their_sizes_and_leads_to_the_page():
    place = DIST / "static"
    manifest = json.loads((place / "app.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == manifest["scope"] == "../"
    drawn = [icon for icon in manifest["icons"] if icon["type"] == "image/png"]
    assert {(icon["sizes"], icon.get("purpose")) for icon in drawn} == {
        ("192x192", None),
        ("512x512", None),
        ("512x512", "maskable"),
    }
    for icon in drawn:
        width, height = struct.unpack(">II", (place / icon["src"]).read_bytes()[16:24])
        assert icon["sizes"] == f"{width}x{height}"
