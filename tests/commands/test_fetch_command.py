"""The command ``odr-xl fetch``, with Amazon on loopback in place of Amazon's own addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "amazon"))

from amazon_here import CLIENT_ID, CLIENT_SECRET, PLANTED, REFRESH_TOKEN, Amazon, Stored, amazon

from odr_xl.amazon import service as module
from odr_xl.amazon.wanted import REPORTS
from odr_xl.cli import app
from odr_xl.samples.shop import sample_reports

FILES = ("all-orders-us.txt", "feedback-us.txt", "fba-returns.txt", "mfn-returns.txt", "performance.json")


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch):
    from sp_api.auth import access_token_client

    access_token_client.cache.clear()
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name, value in (
        ("LWA_APP_ID", CLIENT_ID), ("LWA_CLIENT_SECRET", CLIENT_SECRET), ("SP_API_REFRESH_TOKEN", REFRESH_TOKEN)
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    files = sample_reports(date(2026, 11, 20))
    documents = {report.report_type: Stored(files[name]) for report, name in zip(REPORTS, FILES, strict=True)}
    with amazon(**documents) as made:
        client = module._client
        hosts = module.Hosts(made.address, made.address)
        monkeypatch.setattr(module, "_client", lambda keys, code, _: client(keys, code, hosts))
        monkeypatch.setattr(time, "sleep", lambda seconds: None)
        yield made


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_what_is_fetched_is_what_a_refresh_reads(shop: Amazon, tmp_path: Path):
    folder, workbook = tmp_path / "reports", tmp_path / "ODR.xlsm"
    found = run("fetch", "--marketplace", "US", "--days", 90, "--to", folder, "--as-of", "2026-11-20")
    assert found.exit_code == 0, found.output
    assert "odr-xl refresh" in found.output
    assert len(list(folder.glob("2026-11-20-US-*"))) == 9  # by hand: 3 orders, 1 feedback, 2 + 2 returns, 1 performance
    assert run("new", workbook).exit_code == 0
    refreshed = run("refresh", workbook, folder, "--as-of", "2026-11-20", "--marketplace", "US")
    assert refreshed.exit_code == 0, refreshed.output
    originals = tmp_path / "originals"
    originals.mkdir()
    for name in FILES:
        (originals / name).write_bytes(sample_reports(date(2026, 11, 20))[name])
    rates = [
        json.loads(run("odr", source, "--as-of", "2026-11-20", "--json").output) for source in (workbook, originals)
    ]
    assert [rate["orders"] for rate in rates] == [rates[1]["orders"]] * 2
    assert [rate["defective"] for rate in rates] == [rates[1]["defective"]] * 2
    assert rates[1]["orders"] > 0


def test_a_report_that_fails_ends_with_1_after_the_others_came(shop: Amazon, tmp_path: Path):
    shop.life[REPORTS[3].report_type] = ["IN_PROGRESS", "FATAL"]
    shop.life[REPORTS[1].report_type] = ["CANCELLED"]
    found = run("fetch", "--marketplace", "US", "--days", 30, "--to", tmp_path, "--as-of", "2026-11-20")
    assert found.exit_code == 1
    assert "failed" in found.output
    assert "no data" in found.output
    assert len(list(tmp_path.glob("2026-*"))) == 3
    assert not [planted for planted in PLANTED if planted in found.output]


def test_no_data_alone_is_no_failure(shop: Amazon, tmp_path: Path):
    shop.life[REPORTS[1].report_type] = ["CANCELLED"]
    found = run("fetch", "--marketplace", "US", "--days", 30, "--to", tmp_path, "--as-of", "2026-11-20")
    assert found.exit_code == 0, found.output


def test_without_the_extra_one_sentence_says_how_to_get_it(tmp_path: Path):
    code = (
        "import sys; sys.modules['sp_api'] = None; sys.argv = ['odr-xl', 'fetch', '--marketplace', 'US', '--to', 'x'];"
        "from odr_xl.cli import main; main()"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert found.returncode == 1
    assert found.stderr.strip().count("\n") == 0
    assert 'pip install "odr-xl[amazon]"' in found.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["SANDBOX", "dev"])
def test_an_aws_env_of_another_program_is_a_sentence_before_anything_is_asked(value, tmp_path: Path):
    keys = {"LWA_APP_ID": CLIENT_ID, "LWA_CLIENT_SECRET": CLIENT_SECRET, "SP_API_REFRESH_TOKEN": REFRESH_TOKEN}
    command = [sys.executable, "-m", "odr_xl", "fetch", "--marketplace", "US", "--to", "reports"]
    found = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env={**os.environ, **keys, "AWS_ENV": value}
    )
    assert found.returncode == 1
    assert "AWS_ENV" in found.stderr
    assert "Traceback" not in found.stderr
    assert not [planted for planted in PLANTED if planted in found.stderr + found.stdout]
    assert not list(tmp_path.iterdir())


def test_a_missing_key_or_a_day_to_come_asks_nothing_of_amazon(shop: Amazon, tmp_path: Path, monkeypatch):
    with pytest.raises(Exception, match="hasn't begun"):
        CliRunner().invoke(
            app,
            ["fetch", "--marketplace", "US", "--to", str(tmp_path), "--as-of", "2099-01-01"],
            catch_exceptions=False,
        )
    monkeypatch.setenv("LWA_CLIENT_SECRET", "")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    found = run("fetch", "--marketplace", "US", "--to", tmp_path, "--as-of", "2026-11-20")
    assert found.exit_code == 1
    assert not shop.calls
    assert not list(tmp_path.iterdir())
