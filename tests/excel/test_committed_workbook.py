"""The committed workbooks are what the code builds, part by part."""

import zipfile
from pathlib import Path

import pytest

from odr_xl.excel.build import WORKBOOKS, build_files

COMMITTED = Path(__file__).parents[2] / "workbook"


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build_files(tmp_path_factory.mktemp("build"))


def test_every_committed_workbook_is_built_from_code(built):
    assert [path.name for path in built] == list(WORKBOOKS.values())
    assert sorted(path.name for path in COMMITTED.glob("*.xls*")) == sorted(WORKBOOKS.values())


@pytest.mark.parametrize("name", WORKBOOKS.values())
def test_the_committed_workbook_has_the_parts_that_the_code_builds(built, name):
    """When this fails after a change of the template, run ``odr-xl build`` and commit the result."""
    path = next(path for path in built if path.name == name)
    fresh, committed = parts(path), parts(COMMITTED / name)
    assert list(fresh) == list(committed)
    assert [part for part in fresh if fresh[part] != committed[part]] == []
    assert "xl/vbaProject.bin" in committed
