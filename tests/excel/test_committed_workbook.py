"""The committed workbook is what the code builds, part by part."""

import zipfile
from pathlib import Path

from odr_xl.excel.build import WORKBOOK, build_files

COMMITTED = Path(__file__).parents[2] / "workbook" / WORKBOOK


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_workbook_has_the_parts_that_the_code_builds(tmp_path):
    """When this fails after a change of the template, run ``odr-xl build`` and commit the result."""
    (built,) = build_files(tmp_path)
    fresh, committed = parts(built), parts(COMMITTED)
    assert list(fresh) == list(committed)
    assert [name for name in fresh if fresh[name] != committed[name]] == []
    assert "xl/vbaProject.bin" in committed
