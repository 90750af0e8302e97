"""Silence: what the libraries that hold the keys would log, kept from every screen and file."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: Libraries that write tokens, or signed addresses, into their logs.
_LOGGERS: Final = ("sp_api", "httpx", "httpcore", "keyring", "confuse")


@contextmanager
def silence() -> Iterator[None]:
    """Nothing that these libraries log meanwhile reaches a handler."""
    kept = []
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        kept.append((logger, logger.propagate, logger.handlers[:]))
        logger.propagate, logger.handlers = False, [logging.NullHandler()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, propagate, handlers in kept:
            logger.propagate, logger.handlers = propagate, handlers
