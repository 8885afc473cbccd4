"""The wheel: its bytes, its metadata, the kernels in it, and what others do with it once it is installed."""

import base64
import hashlib
import re
import struct
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from packaging.metadata import Metadata
from packaging.utils import parse_wheel_filename

from builder import kernel, wheel
from builder.downloads import pyodide_wheel
from builder.project import ROOT
from embedlab.formats import read
from tests.installed import environment, install, run

pytestmark = pytest.mark.page  # build.py makes it with dist/
FUNCTIONS = {"sgns", "sgns_shared", "cbow", "products", "nearest_rows", "layout_samples", "fields"}


@pytest.fixture(scope="module")
def files():
    with zipfile.ZipFile(wheel.WHEEL) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """That of an environment in which the wheel is installed."""
    python = environment(tmp_path_factory.mktemp("installed"))
    install(python)
    return python


@pytest.fixture
def corpus(tmp_path):
    """A file to train on."""
    words = ["king", "queen", "man", "woman", "cabbage", "throne", "crown", "the", "a", "of"]
    rng = np.random.default_rng(0)
    lines = (" ".join(rng.choice(words, 9)) + "." for _ in range(300))
    (tmp_path / "corpus.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


# -- its bytes ---------------------------------------------------------------------------------------------------


def test_it_is_made_the_same_each_time_and_lies_in_dist(tmp_path):
    wheel.write(tmp_path / "again.whl")
    assert (tmp_path / "again.whl").read_bytes() == wheel.WHEEL.read_bytes()
    assert (ROOT / "dist" / wheel.WHEEL.name).read_bytes() == wheel.WHEEL.read_bytes()


def test_nothing_in_it_has_a_time_or_a_path_of_this_machine(files):
    with zipfile.ZipFile(wheel.WHEEL) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [name for name, data in files.items() if str(ROOT).encode() in data] == []


def test_its_name_and_metadata_are_valid(files):
    name, version, _, tags = parse_wheel_filename(wheel.WHEEL.name)
    about = Metadata.from_email(files[f"{wheel.INFO}/METADATA"], validate=True)
    assert (about.name, about.version) == (name, version) == ("embedlab", about.version)
    assert {str(tag) for tag in tags} == {"py3-none-any"}
    assert [str(need) for need in about.requires_dist] == ["numpy>=2.0"] and str(about.requires_python) == ">=3.11"
    assert about.license_expression == "MIT" and f"{wheel.INFO}/licenses/LICENSE" in files
    assert "trainer.advance" in about.description and wheel.WHEEL.name in about.description


def test_its_record_names_every_file_with_its_hash(files):
    record = f"{wheel.INFO}/RECORD"
    lines = dict(line.split(",", 1) for line in files[record].decode().splitlines())
    assert lines.keys() == files.keys() and lines[record] == ","
    for name, data in files.items():
        if name != record:
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            assert lines[name] == f"sha256={digest},{len(data)}"


# -- its kernels -------------------------------------------------------------------------------------------------


def elf(data):
    """(machine, exported names, libraries that it needs) of an ELF64 library."""
    assert data[:6] == b"\x7fELF\x02\x01"
    (machine,) = struct.unpack_from("<H", data, 18)
    at, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, at + i * size) for i in range(count)]
    (symbols,) = (section for section in sections if section[1] == 11)  # SHT_DYNSYM
    names, dynamic = sections[symbols[6]], next(section for section in sections if section[1] == 6)
    named = lambda offset: data[names[4] + offset : data.index(b"\0", names[4] + offset)].decode()  # noqa: E731
    rows = (struct.unpack_from("<IBBHQQ", data, at) for at in range(symbols[4], symbols[4] + symbols[5], 24))
    exported = {named(row[0]) for row in rows if row[0] and row[3]}
    entries = (struct.unpack_from("<QQ", data, at) for at in range(dynamic[4], dynamic[4] + dynamic[5], 16))
    return machine, exported, [named(value) for tag, value in entries if tag == 1]  # DT_NEEDED


def mach_o(data):
    """(machine, exported names, libraries that it needs, whether it is signed) of a 64-bit Mach-O library."""
    magic, machine, _, kind, commands = struct.unpack_from("<IIIII", data)
    assert (magic, kind) == (0xFEEDFACF, 6)  # MH_DYLIB
    at, exported, needed, signed = 32, set(), [], False
    for _ in range(commands):
        command, size = struct.unpack_from("<II", data, at)
        if command == 2:  # LC_SYMTAB
            symbols, count, strings, _ = struct.unpack_from("<IIII", data, at + 8)
            for row in range(symbols, symbols + 16 * count, 16):
                name, flags = struct.unpack_from("<IB", data, row)
                if flags & 0x1F == 0x0F:  # defined and external, and not only within the library
                    exported.add(data[strings + name : data.index(b"\0", strings + name)].decode())
        if command == 0xC:  # LC_LOAD_DYLIB
            needed.append(data[at + struct.unpack_from("<I", data, at + 8)[0] : at + size].rstrip(b"\0").decode())
        signed |= command == 0x1D  # LC_CODE_SIGNATURE
        at += size
    return machine, {name.removeprefix("_") for name in exported}, needed, signed


def pe(data):
    """(machine, exported names, size of the import table) of a PE32+ library."""
    at = struct.unpack_from("<I", data, 0x3C)[0]
    assert data[:2] == b"MZ" and data[at : at + 4] == b"PE\0\0"
    machine, sections, _, _, _, optional, flags = struct.unpack_from("<HHIIIHH", data, at + 4)
    assert flags & 0x2000 and struct.unpack_from("<H", data, at + 24)[0] == 0x20B  # a library; PE32+
    exports, _, _, imports = struct.unpack_from("<IIII", data, at + 24 + 112)
    table = [struct.unpack_from("<IIII", data, at + 24 + optional + 40 * i + 8) for i in range(sections)]

    def place(address):
        return next(raw + address - start for size, start, _, raw in table if start <= address < start + size)

    count, _, names = struct.unpack_from("<III", data, place(exports) + 24)
    addresses = struct.unpack_from(f"<{count}I", data, place(names))
    exported = {data[place(name) : data.index(b"\0", place(name))].decode() for name in addresses}
    return machine, exported, imports


def test_the_wheel_has_a_kernel_for_each_usual_machine(files):
    machines = {name.rpartition("kernel-")[2].removesuffix(".bin") for name in files if name.endswith(".bin")}
    assert machines == {
        *("linux-x86_64", "linux-aarch64", "darwin-x86_64", "darwin-arm64", "win32-amd64", "win32-arm64"),
        "emscripten-wasm32",
    }


def of(machine, files):
    return files[f"embedlab/kernel/kernel-{machine}.bin"]


@pytest.mark.parametrize("machine,code", [("linux-x86_64", 62), ("linux-aarch64", 183)])
def test_linux_gets_a_library_that_needs_no_other(files, machine, code):
    """So that it fits glibc and musl."""
    assert elf(of(machine, files)) == (code, FUNCTIONS, [])


@pytest.mark.parametrize("machine,code", [("darwin-x86_64", 0x01000007), ("darwin-arm64", 0x0100000C)])
def test_macos_gets_a_library_that_needs_the_systems_only(files, machine, code):
    found, exported, needed, signed = mach_o(of(machine, files))
    assert (found, needed) == (code, ["/usr/lib/libSystem.B.dylib"]) and exported >= FUNCTIONS
    assert signed or machine == "darwin-x86_64"  # on arm64 the system loads nothing unsigned


@pytest.mark.parametrize("machine,code", [("win32-amd64", 0x8664), ("win32-arm64", 0xAA64)])
def test_windows_gets_a_library_that_needs_no_other(files, machine, code):
    assert pe(of(machine, files)) == (code, FUNCTIONS, 0)


def fused(target, options, folder):
    """Whether the compiler makes one instruction, and so one rounding, of a product and a sum."""
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *options, "-S"]
    for source in kernel.SOURCES:
        run(*command, source, "-o", folder / f"{source.stem}.s", cwd=folder)
    made = "".join((folder / f"{source.stem}.s").read_text() for source in kernel.SOURCES)
    return bool(re.search(r"\b(fml[as]|fn?m(add|sub)|vfn?m)", made))


@pytest.mark.slow
def test_no_product_and_sum_are_fused_which_would_change_last_bits(tmp_path):
    options = [option for option in kernel.C_OPTIONS if option != "-Werror"]  # which -S makes complain of itself
    assert not any(fused(target, options, tmp_path) for target in kernel.TARGETS.values())
    options.remove("-ffp-contract=off")
    assert fused("aarch64-linux-none", options, tmp_path)  # so it would be seen


# -- installed ---------------------------------------------------------------------------------------------------


def test_the_example_of_the_readme_runs_and_gensim_reads_its_file_and_writes_one_for_it(python, corpus):
    keyedvectors = pytest.importorskip("gensim.models.keyedvectors")
    example = re.search(r"## As a package.*?```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[1]
    assert len([line for line in example.splitlines() if line and "import" not in line]) == 10
    printed = run(python, "-c", example + "print(trainer.engine)", cwd=corpus)
    assert printed.splitlines()[-1] == "kernel" and "PairScore" in printed
    keyed = keyedvectors.KeyedVectors.load_word2vec_format(corpus / "vectors.bin", binary=True)
    ours = read((corpus / "vectors.bin").read_bytes())
    assert keyed.index_to_key == ours.words and np.array_equal(keyed.vectors, ours.matrix)
    keyed.save_word2vec_format(str(corpus / "theirs.bin"), binary=True)
    back = "from embedlab import formats; print(formats.read(open('theirs.bin', 'rb').read()).matrix.tobytes().hex())"
    assert run(python, "-c", back, cwd=corpus).strip() == ours.matrix.tobytes().hex()


def test_it_is_the_wheel_that_is_tested(python, tmp_path):
    where = run(python, "-c", "import embedlab, lab; print(embedlab.__file__, lab.__file__)", cwd=tmp_path)
    assert str(ROOT) not in where


def test_the_command_embedlab_is_there(python, corpus):
    command = python.with_name("embedlab")
    run(command, "train", "corpus.txt", "-o", "v.txt", "--dim", "5", cwd=corpus)
    assert len(run(command, "ask", "v.txt", "king", "-", "man", "+", "woman", "-n", "3", cwd=corpus).splitlines()) == 3


def test_where_no_kernel_fits_numpy_does_its_work(python, corpus):
    elsewhere = (
        "import sys, numpy; sys.platform = 'other'; from embedlab.word2vec import choose; print(choose(None).name)"
    )
    assert run(python, "-c", elsewhere, cwd=corpus) == "numpy\n"


@pytest.mark.slow
def test_it_installs_by_micropip_in_pyodide(tmp_path):
    done = subprocess.run(
        ["node", ROOT / "tests" / "micropip.mjs", wheel.WHEEL, *map(pyodide_wheel, ("numpy", "packaging", "micropip"))],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    where, *engines = done.stdout.split()
    assert where.endswith("/site-packages/embedlab/__init__.py") and engines == ["kernel", "numpy"]
