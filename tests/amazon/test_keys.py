"""Where the keys come from, and where they don't show."""

from __future__ import annotations

import sys

import keyring
import pytest
from keyring.backend import KeyringBackend

from odr_xl.amazon.keys import PLACES, Keys, read_keys
from odr_xl.errors import InputError, ProgramMissing

FULL = {"LWA_APP_ID": "one", "LWA_CLIENT_SECRET": "two", "SP_API_REFRESH_TOKEN": "three"}


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self, **entries: str) -> None:
        super().__init__()
        self.entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get(username.replace("-", "_")) if service == "odr-xl" else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


class Locked(Drawer):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("PLANTED-SECRET")


@pytest.fixture
def drawer():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_keys_of_the_environment_need_no_keyring(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert read_keys("US", FULL) == Keys("one", "two", "three")


def test_a_key_of_the_marketplace_goes_over_the_one_for_all():
    assert read_keys("DE", FULL | {"SP_API_REFRESH_TOKEN_DE": "german"}).refresh_token == "german"
    assert read_keys("US", FULL | {"SP_API_REFRESH_TOKEN_DE": "german"}).refresh_token == "three"


def test_what_the_environment_lacks_comes_from_the_keyring(drawer):
    drawer(Drawer(amazon_refresh_token="all", amazon_refresh_token_JP="japanese"))
    given = {name: value for name, value in FULL.items() if "TOKEN" not in name}
    assert read_keys("JP", given) == Keys("one", "two", "japanese")
    assert read_keys("US", given) == Keys("one", "two", "all")


@pytest.mark.parametrize("missing", PLACES)
def test_a_missing_key_is_named_with_both_its_places(missing, drawer):
    drawer(Drawer())
    variable, entry = PLACES[missing]
    with pytest.raises(InputError) as caught:
        read_keys("US", {name: value for name, value in FULL.items() if name != variable})
    assert variable in str(caught.value)
    assert f"keyring set odr-xl {entry}" in str(caught.value)


def test_a_locked_keyring_is_a_sentence_without_what_it_said(drawer):
    drawer(Locked())
    with pytest.raises(InputError, match="Unlock it") as caught:
        read_keys("US", {})
    assert "PLANTED" not in str(caught.value)


def test_without_the_keyring_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ProgramMissing, match=r"odr-xl\[amazon\]"):
        read_keys("US", {})


def test_keys_do_not_show():
    assert repr(Keys("one", "two", "three")) == "Keys()"
