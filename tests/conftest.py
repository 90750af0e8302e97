"""What every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest


def _require(program: str, found: object, remedy: str) -> None:
    """Skip the test when a program isn't on this computer, or fail it where the program is promised.

    Parameters
    ----------
    program : str
        Name that the environment variable ``ODR_XL_REQUIRE`` may contain, such as ``libreoffice``.
    found : object
        Anything true when the program is there.
    remedy : str
        A sentence that says what to install.
    """
    if found:
        return
    if program in os.environ.get("ODR_XL_REQUIRE", "").replace(",", " ").split():
        pytest.fail(f"{program} is required here and missing. {remedy}", pytrace=False)
    pytest.skip(f"{program} is missing. {remedy}")


@pytest.fixture(scope="session")
def require() -> Callable[[str, object, str], None]:
    """``require(program, found, remedy)``: see `_require`."""
    return _require
