"""The Windows client, for the tests of this folder alone; built once with environment.py, not by the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from environment import REMEDY, Environment, find_environment
from session import PATHS, Excel


@pytest.fixture(scope="session")
def client(require) -> Iterator[Environment]:
    found = find_environment()
    require("windows", found, REMEDY)
    with found.alone():
        yield found


@pytest.fixture(scope="module")
def excel(client) -> Iterator[Excel]:
    """One Excel with one Python for a module's tests, as a seller has them for a day."""
    opened = Excel(client, PATHS)
    yield opened
    opened.close()
