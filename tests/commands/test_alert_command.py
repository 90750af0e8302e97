"""odr-xl alert as a seller runs it: in a process of its own, with the receivers on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from odr_xl.samples.shop import sample_reports

sys.path.insert(0, str(Path(__file__).parents[1] / "monitor"))
from loopback import closed_port, endpoint, mailbox

AS_OF = "2026-11-20"
SECRET = "pl4nted-s3cret"


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "odr_xl", "alert", *map(str, words)], env={**os.environ, **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=300, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, content in sample_reports(date.fromisoformat(AS_OF)).items():
        (folder / name).write_bytes(content)
    return folder


def test_account_over_the_target_ends_with_3_and_a_look_leaves_no_file(reports, tmp_path):
    done = run(reports, "--as-of", AS_OF)
    assert done.returncode == 3, done.stderr
    assert "US MFN is over the target: 1.20% (target: under 1%)" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_shop_under_its_target_ends_with_0(reports, tmp_path):
    rules = tmp_path / "alerts.toml"
    rules.write_text("target = 0.02\n")
    done = run(reports, "--as-of", AS_OF, "--rules", rules)
    assert done.returncode == 0, done.stderr


def test_mail_comes_once_in_the_sellers_language_and_the_state_lies_beside_the_folder(reports, tmp_path):
    with mailbox(SECRET) as box:
        words = (reports, "--as-of", AS_OF, "--lang", "zh", "--notify", "env:ODR_MAIL")
        first = run(*words, ODR_MAIL=box.address(SECRET))
        second = run(*words, ODR_MAIL=box.address(SECRET))
        assert (first.returncode, second.returncode, len(box.mails)) == (3, 3, 1)
    assert "已向 env:ODR_MAIL (mailto) 发送警报：4 条" in first.stdout
    assert "仍在持续：US MFN 超过目标" in second.stdout
    assert (tmp_path / "reports.alerts.json").exists()


def test_receiver_that_fails_is_reported_and_told_with_the_next_run(reports, tmp_path):
    state = tmp_path / "state.json"
    with endpoint(lambda number: (500 if number < 3 else 200, 0)) as server:
        words = (reports, "--as-of", AS_OF, "--state", state, "--patience", 5, "--notify", server.address(SECRET))
        first, second, third = run(*words), run(*words), run(*words)
        assert len(server.accepted) == 1
    assert "address 1 (json) wasn't told: it answered with status 500. It is tried again" in first.stderr
    assert (second.stderr, third.stderr) == ("", "")
    told = "".join(done.stdout + done.stderr for done in (first, second, third)) + state.read_text("utf-8")
    assert SECRET not in told


def test_no_output_holds_the_secret_whatever_fails(reports, tmp_path):
    addresses = (f"json://shop:{SECRET}@127.0.0.1:{closed_port()}/{SECRET}", f"slack://{SECRET}", SECRET)
    more = [word for address in addresses for word in ("--notify", address)]
    for extra in ((), ("--json",), ("--test",)):
        done = run(reports, "--as-of", AS_OF, "--patience", 1, *more, *extra)
        assert done.returncode == (1 if extra == ("--test",) else 3)
        assert done.stderr.count("wasn't told") == 3
        assert SECRET not in done.stdout + done.stderr
    assert SECRET not in "".join(path.read_text("utf-8") for path in tmp_path.glob("*.json"))


def test_failed_receiver_ends_with_1_when_no_account_is_over(reports, tmp_path):
    rules = tmp_path / "alerts.toml"
    rules.write_text("target = 0.02\n")
    words = ("--patience", 1, "--notify", f"json://127.0.0.1:{closed_port()}/")
    assert run(reports, "--as-of", AS_OF, "--rules", rules, *words).returncode == 1


def test_test_message_reaches_the_receiver_and_touches_no_state(reports, tmp_path):
    with endpoint() as server:
        done = run(reports, "--test", "--notify", server.address())
        assert (done.returncode, len(server.accepted)) == (0, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_json_is_one_object(reports):
    found = json.loads(run(reports, "--as-of", AS_OF, "--json").stdout)
    assert found["over_target"] == ["US MFN"]
    assert [part["kind"] for part in found["new"]] == ["over_target", "headroom", "warning", "feedback"]


def test_state_without_a_receiver_remembers_what_the_screen_has_shown(reports, tmp_path):
    words = (reports, "--as-of", AS_OF, "--state", tmp_path / "state.json", "--json")
    first, second = (json.loads(run(*words).stdout) for _ in range(2))
    assert (len(first["new"]), len(second["new"]), len(second["going_on"])) == (4, 0, 3)


def test_daily_entry_is_printed_and_nothing_is_changed(reports, tmp_path):
    done = run(reports, "--install-task", "--dry-run", "--notify", "keyring:mail", "--at", "07:30", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert str(reports) in done.stdout
    assert "keyring:mail" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--install-task", "--dry-run", "--notify", f"json://shop:{SECRET}@host/"), 2, "keyring:mail"),
        (("--install-task",), 2, "Nobody would be told"),
        (("--dry-run",), 2, "go with --install-task"),
        (("--test",), 2, "nobody to send a test to"),
        (("--lang", "fr"), 2, "Choose en or zh"),
        (("--rules", "nowhere.toml"), 1, "nowhere.toml"),
    ],
)
def test_wrong_use_is_one_sentence_without_the_secret(reports, words, status, sentence):
    done = run(reports, *words)
    assert done.returncode == status
    assert sentence in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
