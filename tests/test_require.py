"""The rule for programs that a computer may lack: skip with a remedy, fail where they are promised."""

from __future__ import annotations

import pytest


def test_missing_program_skips_with_the_remedy(require, monkeypatch):
    monkeypatch.delenv("ODR_XL_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"libreoffice is missing\. Install it\."):
        require("libreoffice", None, "Install it.")


@pytest.mark.parametrize("promised", ["libreoffice", "windows,libreoffice", "windows libreoffice"])
def test_missing_program_fails_where_it_is_promised(require, monkeypatch, promised):
    monkeypatch.setenv("ODR_XL_REQUIRE", promised)
    with pytest.raises(pytest.fail.Exception, match=r"libreoffice is required here and missing\. Install it\."):
        require("libreoffice", None, "Install it.")


def test_program_that_is_there_is_used(require, monkeypatch):
    monkeypatch.setenv("ODR_XL_REQUIRE", "libreoffice")
    assert require("libreoffice", "/usr/bin/soffice", "Install it.") is None
