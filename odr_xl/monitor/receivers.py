"""The receivers: where a notice goes, and how often it is tried. No address is ever shown, logged or stored."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from odr_xl.errors import ProgramMissing, UsageError
from odr_xl.monitor.notice import Notice

#: Service under which addresses stand in the system's keyring.
SERVICE: Final = "odr-xl"
ENVIRONMENT: Final = "env:"
KEYRING: Final = "keyring:"
#: Addresses without a secret: messages on this computer's own desktop.
DESKTOP: Final = ("windows://", "macosx://", "dbus://", "gnome://")
#: Attempts, and the pauses before the second and the third as parts of the patience.
_PAUSES: Final = (1 / 15, 1 / 5)
#: Answers that another attempt won't change: all of 400 to 499 but "time out" and "too many".
_TRY_AGAIN: Final = (408, 429)
_STATUS: Final = re.compile(r"error=(\d{3})\b")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{0,30})://", re.IGNORECASE)
#: Libraries that write an address, or a part of one, into their logs.
_LOGGERS: Final = ("apprise", "urllib3", "requests", "keyring", "asyncio")


@dataclass(frozen=True, slots=True)
class Receiver:
    """One address.

    Attributes
    ----------
    name : str
        As messages show it: the reference, or the place on the command line and the kind of service.
    key : str
        As the memory keeps it; the address can't be read from it.
    service : object or None
        Apprise's own object; ``None`` when the address can't be used.
    problem : str
        Why not, and what to do.
    """

    name: str
    key: str
    service: Any = field(repr=False)
    problem: str = ""


def check_reference(text: str, place: str) -> None:
    """Refuse what may hold a secret: only references and messages on the own desktop may stand in a file.

    Raises
    ------
    UsageError
        The text isn't repeated.
    """
    if not text.startswith((ENVIRONMENT, KEYRING, *DESKTOP)):
        raise UsageError(
            f"{place}: an address with its password doesn't belong into a file. Store it once with "
            f"“python -m keyring set {SERVICE} mail” and write keyring:mail, or env:NAME for an environment variable."
        )


def check_installed() -> None:
    """Raise `ProgramMissing` when notices can't be sent at all."""
    try:
        import apprise  # noqa: F401
    except ImportError as error:
        raise _missing("apprise") from error


def open_receivers(addresses: Sequence[str], salt: bytes) -> tuple[Receiver, ...]:
    """Receivers of addresses, or of references such as ``env:ODR_MAIL`` and ``keyring:mail``.

    One that can't be used doesn't keep the others from being told.

    Raises
    ------
    ProgramMissing
        When a library that sends, or that reads the keyring, isn't installed.
    """
    check_installed()
    return tuple(_open(address.strip(), number, salt) for number, address in enumerate(dict.fromkeys(addresses), 1))


def send(
    receiver: Receiver, notice: Notice, *, patience: float = 60, sleep: Callable[[float], None] = time.sleep
) -> str:
    """Send a notice, three times if need be; "" when the receiver has confirmed it, else why not.

    Parameters
    ----------
    patience : float
        Seconds that an answer is waited for, and after which nothing more is tried.

    Notes
    -----
    Who is slow is waited for and not asked twice: it may have the message already. Only when it never confirms is the
    message sent again by the next run, since losing it would be worse.
    """
    if receiver.service is None:
        return receiver.problem
    receiver.service.socket_connect_timeout = receiver.service.socket_read_timeout = patience
    receiver.service.overflow_mode = "split"  # rather two messages than one that the service refuses as too long
    receiver.service.retry = 0  # it is tried again here, where each failure is told
    reason, until = "", time.monotonic() + patience
    for attempt in range(len(_PAUSES) + 1):
        if attempt:
            sleep(_PAUSES[attempt - 1] * patience)
        reason, final = _attempt(receiver.service, notice)
        if not reason or final:
            return reason
        if time.monotonic() >= until:
            return f"it didn't answer within {patience:g} seconds"
    return reason


def _attempt(service: Any, notice: Notice) -> tuple[str, bool]:
    with _silence() as heard:
        try:
            if service.notify(title=notice.title, body=notice.body, body_format="text"):
                return "", True
        except Exception as error:  # a service of apprise may raise anything, with the address in its text
            return f"it failed with {type(error).__name__}", False
    statuses = [int(found[1]) for text in heard if (found := _STATUS.search(text))]
    if not statuses:
        return "it can't be reached, or refused the message", False
    final = 400 <= statuses[-1] < 500 and statuses[-1] not in _TRY_AGAIN
    return f"it answered with status {statuses[-1]}", final


def _open(address: str, number: int, salt: bytes) -> Receiver:
    name = f"address {number}"
    key = "url:" + hashlib.pbkdf2_hmac("sha256", address.encode(), salt, 200_000).hex()[:32]
    if address.startswith((ENVIRONMENT, KEYRING)):
        name = key = address
        try:
            address = _resolve(address)
        except _Unusable as error:
            return Receiver(name, key, None, str(error))
    service = _service(address)
    if service is None:
        return Receiver(name, key, None, "it isn't an address that apprise knows, such as mailto://… or slack://…")
    scheme = _SCHEME.match(address)
    return Receiver(f"{name} ({scheme[1].lower()})" if scheme else name, key, service)


class _Unusable(Exception):
    """A reference that leads nowhere; the text says what to do and never holds an address."""


def _resolve(reference: str) -> str:
    if reference.startswith(ENVIRONMENT):
        name = reference.removeprefix(ENVIRONMENT)
        found = os.environ.get(name, "").strip()
        if not found:
            raise _Unusable("there is no environment variable of that name here. Set it, or check the name")
        return found
    try:
        import keyring
    except ImportError as error:
        raise _missing("keyring") from error
    name = reference.removeprefix(KEYRING)
    with _silence():
        try:
            stored = keyring.get_password(SERVICE, name)
        except Exception as error:  # each system's keyring has errors of its own
            raise _Unusable(f"the system's keyring can't be read ({type(error).__name__}). Unlock it first") from None
    if not stored:
        raise _Unusable(f"the keyring has no such entry. Store it with: python -m keyring set {SERVICE} {name}")
    return stored.strip()


def _service(address: str) -> Any:
    import apprise

    with _silence():
        try:
            asset = apprise.AppriseAsset(async_mode=False, app_id="odr-xl", app_desc="Order Defect Rate", app_url="")
            return apprise.Apprise.instantiate(address, asset=asset)
        except Exception:  # the error's text may repeat the address
            return None


@contextmanager
def _silence() -> Iterator[list[str]]:
    """What apprise logs meanwhile, kept from every screen and file; of it only a status is ever shown."""
    heard: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name.startswith("apprise") and record.levelno >= logging.WARNING:
                heard.append(record.getMessage())

    keep = Keep()
    kept = []
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        kept.append((logger, logger.propagate, logger.handlers[:]))
        logger.propagate, logger.handlers = False, [keep]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield heard
    finally:
        for logger, propagate, handlers in kept:
            logger.propagate, logger.handlers = propagate, handlers


def _missing(package: str) -> ProgramMissing:
    return ProgramMissing(
        f'Sending alerts needs the package {package}, which isn\'t installed. Type: pip install "odr-xl[alerts]"'
    )
