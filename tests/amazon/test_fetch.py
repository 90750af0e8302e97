"""The command's work against Amazon's life of a report, played on loopback (see amazon_here.py). No test waits."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import asdict
from pathlib import Path

import pytest
from amazon_here import FBA_RETURNS, FEEDBACK, KEYS, ORDERS, PERFORMANCE, PLANTED, RETURNS, Amazon, Pauses, Stored

from odr_xl.amazon.fetch import fetch
from odr_xl.amazon.keys import Keys
from odr_xl.amazon.service import ATTEMPTS, Hosts, Service
from odr_xl.amazon.state import STATE_NAME
from odr_xl.amazon.wanted import Request
from odr_xl.errors import InputError, OdrError, ServiceFailed
from odr_xl.readers.reports import read_report, read_reports

Requests = tuple[Request, ...]


def statuses(found) -> dict[str, str]:
    return {each.request.report.name: each.status for each in found}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_every_report_is_fetched_and_read_as_what_it_is(service, requests: Requests, tmp_path: Path, pauses: Pauses):
    found = fetch(service, requests, tmp_path, pause=pauses)
    assert set(statuses(found).values()) == {"fetched"}
    assert [reading.kind for reading in read_reports(tmp_path, marketplace="US")] == [
        "returns", "feedback", "orders", "performance", "returns",
    ]  # fmt: skip
    assert pauses == []


def test_a_packed_document_is_written_as_it_was_before(service, shop: Amazon, requests: Requests, tmp_path: Path):
    fetch(service, requests, tmp_path)
    assert (tmp_path / requests[0].file_name).read_bytes() == shop.documents[ORDERS].data


def test_amazon_is_asked_for_whole_days_of_the_marketplace(service, shop: Amazon, requests: Requests, tmp_path: Path):
    fetch(service, requests, tmp_path)
    orders = next(asked for asked in shop.asked if asked["reportType"] == ORDERS)
    # By hand: 30 days up to 20 November; Los Angeles is 7 hours behind UTC in October and 8 in late November.
    assert (orders["dataStartTime"], orders["dataEndTime"]) == (
        "2026-10-22T07:00:00+00:00",
        "2026-11-21T07:59:59+00:00",
    )
    assert {tuple(asked["marketplaceIds"]) for asked in shop.asked} == {("ATVPDKIKX0DER",)}
    performance = next(asked for asked in shop.asked if asked["reportType"] == PERFORMANCE)
    assert "dataStartTime" not in performance


def test_a_report_is_waited_for_through_its_queue(service, shop: Amazon, requests, tmp_path: Path, pauses: Pauses):
    shop.life[ORDERS] = ["IN_QUEUE", "IN_QUEUE", "IN_PROGRESS", "DONE"]
    assert statuses(fetch(service, requests, tmp_path, pause=pauses))["orders"] == "fetched"
    assert pauses == [5.0, 7.5, 11.25]  # by hand: three looks in vain, each pause half as long again


def test_cancelled_means_no_data_and_is_told(service, shop: Amazon, requests: Requests, tmp_path: Path):
    shop.life[FEEDBACK] = ["IN_QUEUE", "CANCELLED"]
    found = fetch(service, requests, tmp_path, pause=lambda seconds: None)
    assert statuses(found)["feedback"] == "no_data"
    assert "no data" in next(each.note for each in found if each.status == "no_data")
    assert not [name for name in files(tmp_path) if "feedback" in name]


def test_fatal_is_one_sentence_and_the_others_still_come(service, shop: Amazon, requests: Requests, tmp_path: Path):
    shop.life[RETURNS] = ["IN_PROGRESS", "FATAL"]
    found = fetch(service, requests, tmp_path, pause=lambda seconds: None)
    assert statuses(found) == {
        "orders": "fetched", "feedback": "fetched", "fba-returns": "fetched", "returns": "failed",
        "performance": "fetched",
    }  # fmt: skip
    assert "Run the command again" in next(each.note for each in found if each.status == "failed")
    shop.life.clear()
    assert statuses(fetch(service, requests, tmp_path))["returns"] == "fetched"  # the next run asks anew


def test_a_second_run_asks_amazon_for_nothing(service, shop: Amazon, requests: Requests, tmp_path: Path):
    fetch(service, requests, tmp_path)
    before = dict(shop.calls), len(shop.asked)
    assert set(statuses(fetch(service, requests, tmp_path)).values()) == {"kept"}
    assert (dict(shop.calls), len(shop.asked)) == before
    assert set(statuses(fetch(service, requests, tmp_path, again=True)).values()) == {"fetched"}
    assert len(shop.asked) == before[1] + len(requests)


def test_what_was_asked_for_is_taken_up_by_the_next_run(service, shop: Amazon, requests: Requests, tmp_path: Path):
    shop.life[ORDERS] = ["IN_QUEUE"]
    found = fetch(service, requests, tmp_path, patience=30, pause=lambda seconds: None)
    assert statuses(found)["orders"] == "waiting"
    shop.life[ORDERS] = ["DONE"]
    assert statuses(fetch(service, requests, tmp_path))["orders"] == "fetched"
    assert [asked["reportType"] for asked in shop.asked].count(ORDERS) == 1


class Killed(BaseException):
    """The end of a process, at any place."""


@pytest.mark.parametrize("place", range(1, 14))
def test_a_run_killed_anywhere_is_taken_up_without_asking_twice(place, service, shop, requests, tmp_path, monkeypatch):
    """Each write of the state or a file is a place; at most the one report just asked for is asked for again."""
    from odr_xl.amazon import fetch as module
    from odr_xl.amazon import state

    whole, written = state.write_whole, 0

    def killing(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        if written == place:
            raise Killed
        whole(path, data)

    monkeypatch.setattr(state, "write_whole", killing)
    monkeypatch.setattr(module, "write_whole", killing)
    with pytest.raises(Killed):
        fetch(service, requests, tmp_path)
    assert all(read_report(tmp_path / name, marketplace="US").rows_read for name in files(tmp_path))
    found = fetch(service, requests, tmp_path)
    assert set(statuses(found).values()) <= {"fetched", "kept"}
    assert len(files(tmp_path)) == len(requests)
    assert len(shop.asked) <= len(requests) + 1


def test_a_file_changed_or_deleted_since_is_fetched_again(service, shop: Amazon, requests: Requests, tmp_path: Path):
    fetch(service, requests, tmp_path)
    (tmp_path / requests[0].file_name).write_bytes(b"edited")
    (tmp_path / requests[1].file_name).unlink()
    found = fetch(service, requests, tmp_path)
    assert [each.status for each in found] == ["fetched", "fetched", "kept", "kept", "kept"]
    assert "was changed" in found[0].note
    assert len(shop.asked) == len(requests)
    assert (tmp_path / requests[0].file_name).read_bytes() == shop.documents[ORDERS].data


def test_a_report_that_amazon_has_forgotten_is_asked_for_anew(
    service, shop: Amazon, requests: Requests, tmp_path: Path
):
    shop.life[ORDERS] = ["IN_QUEUE"]
    fetch(service, requests, tmp_path, patience=0)
    shop.reports.clear()
    shop.life.clear()
    assert statuses(fetch(service, requests, tmp_path, pause=lambda seconds: None))["orders"] == "fetched"


def test_a_report_that_amazon_never_knows_is_asked_for_twice_and_given_up(service, shop, requests, tmp_path: Path):
    shop.trouble["look"] = [(404, {})] * 50
    found = fetch(service, requests, tmp_path, pause=lambda seconds: None)
    assert set(statuses(found).values()) == {"failed"}
    assert len(shop.asked) == 2 * len(requests)


def test_too_many_requests_wait_as_long_as_amazons_limit_asks(service, shop, requests, tmp_path, pauses: Pauses):
    shop.trouble["create"] = [(429, {"x-amzn-RateLimit-Limit": "0.0167"}), (429, {}), (429, {})]
    assert set(statuses(fetch(service, requests, tmp_path, pause=pauses)).values()) == {"fetched"}
    # By hand: 1 / 0.0167 a second = 59.9 seconds; without the header 4 and 8 seconds.
    assert [round(seconds, 1) for seconds in pauses] == [59.9, 4.0, 8.0]
    assert len(shop.asked) == len(requests)


@pytest.mark.parametrize("trouble", [(500, {}), (503, {}), (504, {}), (502, {"page": "yes"}), (200, {"page": "yes"})])
@pytest.mark.parametrize("operation", ["login", "create", "look", "document"])
def test_an_outage_is_waited_out(operation, trouble, service, shop, requests, tmp_path: Path):
    shop.trouble[operation] = [(trouble[0], dict(trouble[1])) for _ in range(3)]
    assert set(statuses(fetch(service, requests, tmp_path, pause=lambda seconds: None)).values()) == {"fetched"}


def test_an_outage_that_lasts_ends_with_a_sentence_and_is_taken_up(service, shop, requests, tmp_path, pauses: Pauses):
    shop.trouble["document"] = [(503, {}) for _ in range(ATTEMPTS)]
    with pytest.raises(ServiceFailed, match="Run the same command again later"):
        fetch(service, requests, tmp_path, pause=pauses)
    assert pauses == [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 120.0]
    assert set(statuses(fetch(service, requests, tmp_path)).values()) == {"fetched"}
    assert len(shop.asked) == len(requests)


def test_no_network_is_a_sentence(shop: Amazon, requests: Requests, tmp_path: Path, pauses: Pauses):
    nowhere = Service(KEYS, "US", hosts=Hosts("http://127.0.0.1:9", "http://127.0.0.1:9"), pause=pauses)
    with pytest.raises(ServiceFailed, match="can't be reached"):
        fetch(nowhere, requests, tmp_path)
    assert len(pauses) == ATTEMPTS - 1


def test_a_report_without_the_role_is_refused_and_the_others_come(service, shop, requests, tmp_path: Path):
    shop.trouble[FBA_RETURNS] = [(403, {})]
    found = fetch(service, requests, tmp_path)
    assert statuses(found)["fba-returns"] == "failed"
    assert "roles" in next(each.note for each in found if each.status == "failed")
    assert sorted(statuses(found).values()) == ["failed", "fetched", "fetched", "fetched", "fetched"]


@pytest.mark.parametrize(
    "damage",
    [
        {"cut": [100, 0]},
        {"status": [403, 500]},
        {"cut": [100], "packed": True},
    ],
)
def test_a_broken_download_is_begun_again_with_a_new_address(damage, service, shop, requests, tmp_path: Path):
    for name, value in damage.items():
        setattr(shop.documents[FEEDBACK], name, value)
    data = shop.documents[FEEDBACK].data
    fetch(service, requests, tmp_path)
    assert (tmp_path / requests[1].file_name).read_bytes() == data
    assert shop.calls["document"] > len(requests)


def test_a_digest_that_the_server_sends_is_checked(service, shop: Amazon, requests: Requests, tmp_path: Path):
    shop.documents[FEEDBACK].md5 = "AAAAAAAAAAAAAAAAAAAAAA=="
    found = fetch(service, requests, tmp_path)
    assert "digest" in next(each.note for each in found if each.status == "failed")
    assert not [name for name in files(tmp_path) if "feedback" in name]


def test_packed_bytes_that_were_changed_are_refused(service, shop: Amazon, requests: Requests, tmp_path: Path):
    import gzip

    packed = bytearray(gzip.compress(shop.documents[ORDERS].data))
    packed[-6] ^= 1  # within gzip's checksum
    shop.documents[ORDERS] = Stored(bytes(packed))
    found = fetch(service, requests, tmp_path)
    assert "checksum" in next(each.note for each in found if each.status == "failed")


def test_cp1252_is_written_as_utf8_and_read_with_its_letters(service, shop: Amazon, requests: Requests, tmp_path: Path):
    text = shop.documents[FEEDBACK].data.decode("utf-8")
    header, first, *rest = text.splitlines()
    cells = first.split("\t")
    cells[2] = "Zu spät – 5 €"
    document = "\r\n".join([header, "\t".join(cells), *rest])
    shop.documents[FEEDBACK] = Stored(document.encode("cp1252"), True, "text/plain; charset=Cp1252")
    fetch(service, requests, tmp_path)
    path = tmp_path / requests[1].file_name
    assert path.read_bytes().decode("utf-8") == document
    assert "Zu spät – 5 €" in read_report(path, marketplace="US").table["comments"].tolist()


def test_wrong_keys_are_told_and_end_the_run(shop: Amazon, requests: Requests, tmp_path: Path, pauses: Pauses):
    wrong = Service(
        Keys("amzn1.app.PLANTED-ID", "PLANTED-WRONG", "Atzr|PLANTED-REFRESH"),
        "US",
        hosts=Hosts(shop.address, shop.address),
        pause=pauses,
    )
    with pytest.raises(ServiceFailed, match="doesn't accept the keys") as caught:
        fetch(wrong, requests, tmp_path)
    assert len(shop.logins) == 1
    assert not [planted for planted in PLANTED if planted in "".join(traceback.format_exception(caught.value))]


@pytest.mark.parametrize("life", ["DONE", "FATAL"])
def test_no_key_stands_in_any_file_message_or_log(life, service, shop, requests, tmp_path: Path, caplog, capfd):
    for name in ("", "sp_api", "httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, logger=name)
    logging.getLogger("sp_api.base.client").setLevel(logging.DEBUG)
    shop.life[RETURNS] = [life]
    shop.trouble[FBA_RETURNS] = [(403, {})]
    shop.trouble["look"] = [(429, {}), (500, {})]
    shop.documents[FEEDBACK].cut = [10]
    seen: list[str] = []
    found = fetch(
        service, requests, tmp_path, pause=lambda seconds: None, progress=lambda step, done: seen.append(step)
    )
    shop.trouble["look"] = [(503, {}) for _ in range(ATTEMPTS)]
    with pytest.raises(OdrError) as caught:
        fetch(service, requests, tmp_path, again=True, pause=lambda seconds: None)
    out, err = capfd.readouterr()
    told = [each.note for each in found] + seen + [caplog.text, out, err, repr(KEYS), str(asdict(found[0]))]
    told += ["".join(traceback.format_exception(caught.value))]
    told += [path.read_text("utf-8", "replace") for path in tmp_path.iterdir()]
    assert shop.logins  # so the keys were used
    assert any(path.name == STATE_NAME for path in tmp_path.iterdir())
    assert not [planted for planted in PLANTED if planted in "\n".join(told)]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"version": 2, "reports": {}}', '{"version": 1, "reports": {"a": {"report": 1}}}'],
)
def test_a_state_that_is_not_ours_is_refused_with_what_to_do(text, service, requests: Requests, tmp_path: Path):
    (tmp_path / STATE_NAME).write_text(text)
    with pytest.raises(InputError, match="every report is asked for anew"):
        fetch(service, requests, tmp_path)
    assert json.dumps(files(tmp_path)) == "[]"


def test_an_environment_variable_does_not_change_the_marketplace(shop: Amazon, monkeypatch, requests, tmp_path: Path):
    monkeypatch.setenv("SP_API_DEFAULT_MARKETPLACE", "JP")
    service = Service(KEYS, "US", hosts=Hosts(shop.address, shop.address))
    fetch(service, requests, tmp_path)
    assert {tuple(asked["marketplaceIds"]) for asked in shop.asked} == {("ATVPDKIKX0DER",)}
