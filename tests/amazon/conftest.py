"""What the tests of this room share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from amazon_here import (
    AS_OF,
    FBA_RETURNS,
    FEEDBACK,
    KEYS,
    NOW,
    ORDERS,
    PERFORMANCE,
    RETURNS,
    Amazon,
    Pauses,
    Stored,
    amazon,
)

from odr_xl.amazon.service import Hosts, Service
from odr_xl.amazon.wanted import Request, requests_for
from odr_xl.samples.shop import sample_reports


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, proxy or token of this computer has a part in a test."""
    import os

    from sp_api.auth import access_token_client

    for name in list(os.environ):
        if name.upper().startswith(("SP_API", "LWA_", "AWS_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    access_token_client.cache.clear()


@pytest.fixture(scope="session")
def samples() -> dict[str, bytes]:
    return dict(sample_reports(AS_OF))


@pytest.fixture
def shop(samples: dict[str, bytes]) -> Iterator[Amazon]:
    """Amazon with the sample shop's reports."""
    files = samples
    with amazon(
        **{
            ORDERS: Stored(files["all-orders-us.txt"], packed=True),
            FEEDBACK: Stored(files["feedback-us.txt"]),
            FBA_RETURNS: Stored(files["fba-returns.txt"], packed=True),
            RETURNS: Stored(files["mfn-returns.txt"]),
            PERFORMANCE: Stored(files["performance.json"], content_type="application/json"),
        }
    ) as made:
        yield made


@pytest.fixture
def service(shop: Amazon, pauses: Pauses) -> Iterator[Service]:
    made = Service(KEYS, "US", hosts=Hosts(shop.address, shop.address), pause=pauses)
    yield made
    made.close()


@pytest.fixture
def requests() -> tuple[Request, ...]:
    """Five: 30 days, so one of each report."""
    return requests_for("US", AS_OF, 30, NOW)
