"""The seller's own keys for Amazon's API: from the environment or the system's keyring, never from a file of ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from odr_xl.amazon.silence import silence
from odr_xl.errors import InputError, ProgramMissing

#: Service under which the keys stand in the system's keyring.
SERVICE: Final = "odr-xl"
#: Environment variable and keyring entry of each key; the variables are those that python-amazon-sp-api reads too.
PLACES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "client_id": ("LWA_APP_ID", "amazon-client-id"),
        "client_secret": ("LWA_CLIENT_SECRET", "amazon-client-secret"),
        "refresh_token": ("SP_API_REFRESH_TOKEN", "amazon-refresh-token"),
    }
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What Amazon gives a seller's own application; no key shows in its ``repr``."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


def read_keys(marketplace: str, environment: Mapping[str, str] = os.environ) -> Keys:
    """The three keys, for one marketplace where they are stored for it, else those for all.

    Parameters
    ----------
    marketplace : str
        Code. ``SP_API_REFRESH_TOKEN_DE`` and ``amazon-refresh-token-DE`` go over those without a code.

    Raises
    ------
    InputError
        A key is missing; the text names its places, never a value.
    ProgramMissing
        The environment lacks a key, and keyring isn't installed.
    """
    found = {}
    for name, (variable, entry) in PLACES.items():
        value = environment.get(f"{variable}_{marketplace}", "").strip() or environment.get(variable, "").strip()
        value = value or _stored(f"{entry}-{marketplace}") or _stored(entry)
        if not value:
            raise InputError(
                f"Amazon's {name.replace('_', ' ')} isn't stored on this computer. Store it once with “python -m "
                f"keyring set {SERVICE} {entry}”, or set the environment variable {variable}."
            )
        found[name] = value
    return Keys(**found)


def _stored(entry: str) -> str:
    try:
        import keyring
    except ImportError as error:
        raise ProgramMissing(
            'Reading the keyring needs the package keyring, which isn\'t installed. Type: pip install "odr-xl[amazon]"'
        ) from error
    with silence():
        try:
            return (keyring.get_password(SERVICE, entry) or "").strip()
        except Exception as error:  # each system's keyring has errors of its own
            raise InputError(
                f"The system's keyring can't be read ({type(error).__name__}). Unlock it, or set the environment "
                f"variables {', '.join(variable for variable, _ in PLACES.values())}."
            ) from None
