"""The committed workbooks are what the code builds, part by part."""

import io
import zipfile
from pathlib import Path

import pytest

from odr_xl.excel.build import LITE_WORKBOOKS, WORKBOOKS, build_files
from odr_xl.excel.lite.extension import PART, read_settings
from odr_xl.excel.lite.program import packed_wheel
from odr_xl.headless.package import Package

COMMITTED = Path(__file__).parents[2] / "workbook"
FILES = (*WORKBOOKS.values(), *LITE_WORKBOOKS.values())


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build_files(tmp_path_factory.mktemp("build"))


def test_every_committed_workbook_is_built_from_code(built):
    assert [path.name for path in built] == list(FILES)
    assert sorted(path.name for path in COMMITTED.glob("*.xls*")) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_committed_workbook_has_the_parts_that_the_code_builds(built, name):
    """When this fails after a change of the template, run ``odr-xl build`` and commit the result."""
    path = next(path for path in built if path.name == name)
    fresh, committed = parts(path), parts(COMMITTED / name)
    assert list(fresh) == list(committed)
    # The web extension holds a zip, and zips of the same files differ from one version of zlib to another.
    assert [part for part in fresh if fresh[part] != committed[part] and part != PART] == []
    assert ("xl/vbaProject.bin" in committed) == (name in WORKBOOKS.values())
    assert (PART in committed) == (name in LITE_WORKBOOKS.values())


@pytest.mark.parametrize("name", LITE_WORKBOOKS.values())
def test_the_committed_workbook_has_the_package_that_is_here(built, name):
    """When this fails after a change of any formula, run ``odr-xl build`` and commit the result."""
    path = next(path for path in built if path.name == name)
    (fresh, code), (committed, packed) = (unpacked(where / name) for where in (path.parent, COMMITTED))
    assert list(code) == list(packed)
    assert [file for file in code if code[file] != packed[file]] == []
    assert fresh == committed


def unpacked(path):
    """A workbook's settings of xlwings Lite with the readable part of its program, and the files of its wheel."""
    settings = read_settings(Package.open(path))
    program = str(settings["main.py"])
    with zipfile.ZipFile(io.BytesIO(packed_wheel(program))) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    start, _, rest = program.partition('PACKAGE = """')
    return {**settings, "main.py": (start, rest.partition('"""')[2])}, files
