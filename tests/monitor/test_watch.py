"""The whole way from the reports to the receivers, and the memory in between."""

from __future__ import annotations

import json
import multiprocessing
import stat
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from loopback import endpoint

from odr_xl.errors import InputError, WorkbookOpen
from odr_xl.monitor.memory import Stored, alone, memory_path, read_memory, write_memory
from odr_xl.monitor.notice import Notice
from odr_xl.monitor.receivers import Receiver, send
from odr_xl.monitor.settings import Settings
from odr_xl.monitor.watch import Looked, as_json, look_at, tell

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="module")
def looked(reports: Path) -> Looked:
    return look_at([reports], Settings(), AS_OF)


def quick(receiver: Receiver, notice: Notice) -> str:
    return send(receiver, notice, patience=1.5, sleep=lambda seconds: None)


def test_sample_shop_is_told_as_its_story_has_it(looked):
    # samples/shop.py: US MFN 6 of 500; DE MFN 2 of 222; US AFN 2 of 400, so one more is allowed.
    told = tell(looked, None, ())
    assert looked.over == ("US MFN",)
    assert [part.headline for part in told.fresh][:3] == [
        "US MFN is over the target: 1.20% (target: under 1%)",
        "US AFN: the target allows only 1 more defective order",
        "DE MFN is at risk: 0.90% (warning from 0.75%)",
    ]
    assert "6 of 500 orders are defective." in told.fresh[0].lines


def test_same_notice_in_chinese(reports):
    told = tell(look_at([reports], Settings(), AS_OF, language="zh"), None, ())
    assert told.fresh[0].headline == "US MFN 超过目标：1.20%（目标：低于 1%）"


def test_second_run_sends_nothing(looked, tmp_path):
    with endpoint() as server:
        first = tell(looked, tmp_path / "state.json", [server.address()], post=quick)
        second = tell(looked, tmp_path / "state.json", [server.address()], post=quick)
        assert len(server.accepted) == 1
    assert (len(first.fresh), second.fresh) == (4, ())
    assert list(first.confirmed.values()) == [4]
    assert "over the target" in server.accepted[0]["message"]


@pytest.mark.parametrize("trouble", [(500, 0.0), (500, 2.5)], ids=["500", "slow"])
def test_receiver_in_trouble_loses_nothing_and_the_other_one_gets_nothing_twice(looked, tmp_path, trouble):
    state = tmp_path / "state.json"
    tries = 3 if trouble[1] == 0 else 1  # who is slow isn't asked again
    with endpoint(lambda number: trouble if number < tries else (200, 0.0)) as bad, endpoint() as good:
        both = [bad.address(), good.address()]
        first = tell(looked, state, both, post=quick)
        assert list(first.failed) == ["address 1 (json)"]
        assert (len(bad.accepted), len(good.accepted)) == (0, 1)
        second = tell(looked, state, both, post=quick)
        third = tell(looked, state, both, post=quick)
        assert (len(bad.accepted), len(good.accepted)) == (1, 1)
    assert bad.accepted[0]["message"] == good.accepted[0]["message"]
    assert (second.failed, third.failed, third.fresh) == ({}, {}, ())


def test_new_claim_a_day_later_is_sent_alone(reports, tmp_path):
    state = tmp_path / "state.json"
    with endpoint() as server:
        tell(look_at([reports], Settings(), AS_OF), state, [server.address()], post=quick)
        orders = (reports / "all-orders-us.txt").read_text("utf-8").splitlines()
        place = orders[0].split("\t").index("purchase-date")
        lines = (line.split("\t") for line in orders[1:])
        recent = next(line for line in lines if line[place][:10] == "2026-11-02" and line[0].startswith("902"))
        claim = tmp_path / "claims-new.csv"
        claim.write_text(f"Order ID,Claim date,Status\n{recent[0]},2026-11-21,Under review\n", "utf-8")
        later = look_at([reports, claim], Settings(), AS_OF + timedelta(days=1))
        told = tell(later, state, [server.address()], post=quick)
    # 3 of 400 orders is 0.75 %, the warning level, which the claim has brought about.
    defects = [part for part in told.fresh if part.kind == "defect"]
    assert defects[0].headline == "A new claim or chargeback"
    assert f"{recent[0]} (US AFN, A-to-z claim of 2026-11-21)" in defects[0].lines[0]
    assert "over_target" not in {part.kind for part in told.fresh}
    assert recent[0] in server.accepted[1]["message"]


def test_json_holds_the_numbers(looked):
    plain = json.loads(json.dumps(as_json(looked, tell(looked, None, ()))))
    raised = {each["key"]: each for each in plain["raised"]}
    assert raised["over_target|US MFN"]["number"] == 6 / 500
    assert plain["over_target"] == ["US MFN"]


# The memory's file


def test_memory_comes_back_as_it_was(looked, tmp_path):
    with endpoint() as server:
        tell(looked, tmp_path / "state.json", [server.address("pl4nted-s3cret")], post=quick)
    path = tmp_path / "state.json"
    stored = read_memory(path)
    write_memory(tmp_path / "copy.json", stored)
    assert read_memory(tmp_path / "copy.json") == stored
    assert stored.memory.looked == AS_OF
    assert "pl4nted-s3cret" not in path.read_text("utf-8")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 1}', '{"version": 1, "episodes": {"a": 3}}', "\x00"])
def test_damaged_memory_is_refused_with_its_name(tmp_path, text):
    path = tmp_path / "state.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"state\.json can't be read"):
        read_memory(path)


def test_memory_of_a_later_version_is_refused(tmp_path):
    path = tmp_path / "state.json"
    path.write_text('{"version": 2}', "utf-8")
    with pytest.raises(InputError, match="another version"):
        read_memory(path)


def test_write_that_fails_leaves_the_old_memory(tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    write_memory(path, Stored())
    before = path.read_bytes()
    monkeypatch.setattr(json, "dump", lambda *words, **more: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_memory(path, Stored())
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]


def test_two_runs_at_once_are_refused(tmp_path):
    again = alone(tmp_path / "state.json", wait=0)
    with alone(tmp_path / "state.json"), pytest.raises(WorkbookOpen, match=r"is using state\.json"), again:
        pass


def _run(reports: str, state: str, address: str) -> None:
    tell(look_at([Path(reports)], Settings(), AS_OF), Path(state), [address])


def test_two_runs_at_once_send_once(reports, tmp_path):
    with endpoint(lambda number: (200, 0.5)) as server:
        words = (str(reports), str(tmp_path / "state.json"), server.address())
        context = multiprocessing.get_context("spawn")
        both = [context.Process(target=_run, args=words) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join(120)
        assert [each.exitcode for each in both] == [0, 0]
        assert len(server.accepted) == 1


def test_memory_lies_beside_the_source_and_never_in_the_folder_that_is_read(tmp_path):
    assert memory_path([tmp_path / "ODR.xlsm"]) == tmp_path.resolve() / "ODR.alerts.json"
    assert memory_path([tmp_path]).parent == tmp_path.resolve().parent
