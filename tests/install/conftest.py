"""A Windows computer under Wine for the tests of the installer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from computer import ODD, Computer, Wine

REMEDY = "Install Wine and a compiler: apt-get install wine64 wine gcc-mingw-w64-x86-64."


@pytest.fixture(scope="session")
def wine(require: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    found = all(map(shutil.which, ("wine", "wineboot", "wineserver", "x86_64-w64-mingw32-gcc")))
    require("windows", found, REMEDY)
    started = Wine(tmp_path_factory.mktemp("wine"))
    yield started
    started.stop()


@pytest.fixture
def computer(wine: Wine, tmp_path: Path) -> Computer:
    """A computer without Python whose every path has spaces, Chinese characters and & ! ^ ( ) '."""
    return Computer(wine, tmp_path / ODD)
