"""Sending to real receivers on loopback, and the secrets that never show."""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Callable

import pytest
from loopback import closed_port, endpoint, mailbox

from odr_xl.errors import ProgramMissing, UsageError
from odr_xl.monitor import receivers
from odr_xl.monitor.notice import Notice
from odr_xl.monitor.receivers import Receiver, check_reference, open_receivers, send

SECRET = "pl4nted-s3cret"
NOTICE = Notice("Order Defect Rate: 超过目标 1.20%", "US MFN\nOrders: 900-1, 900-2")


def one(address: str) -> Receiver:
    return open_receivers([address], b"salt")[0]


def sent(address: str, patience: float = 1.5) -> tuple[str, list[float]]:
    """What came of sending, and the pauses between the attempts."""
    pauses: list[float] = []
    return send(one(address), NOTICE, patience=patience, sleep=pauses.append), pauses


def test_http_endpoint_gets_title_and_text():
    with endpoint() as server:
        assert sent(server.address(SECRET)) == ("", [])
    assert [(got["title"], got["message"]) for got in server.accepted] == [(NOTICE.title, NOTICE.body)]


def test_mail_server_gets_the_mail_with_its_chinese_title():
    with mailbox() as box:
        assert sent(box.address()) == ("", [])
    mail = email.message_from_bytes(box.mails[0], policy=email.policy.default)
    assert mail["Subject"] == NOTICE.title
    assert mail.get_content().split() == NOTICE.body.split()
    assert box.recipients == [["seller@shop.example"]]


def test_mail_server_that_asks_for_a_password_gets_the_right_one():
    with mailbox(SECRET) as box:
        assert sent(box.address(SECRET)) == ("", [])
    assert len(box.mails) == 1


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (503, 3), (429, 3), (404, 1), (401, 1)])
def test_answer_that_may_change_is_tried_three_times_and_one_that_will_not_once(status, tries):
    with endpoint(lambda number: (status, 0)) as server:
        reason, pauses = sent(server.address())
        assert reason == f"it answered with status {status}"
        assert server.tries == tries
    # The pauses grow: a fifteenth and a fifth of the patience.
    assert pauses == pytest.approx([0.1, 0.3][: tries - 1])


def test_receiver_that_comes_back_during_the_attempts_is_told_once():
    with endpoint(lambda number: (500 if number < 2 else 200, 0)) as server:
        assert sent(server.address())[0] == ""
        assert (server.tries, len(server.accepted)) == (3, 1)


def test_slow_receiver_is_waited_for_and_never_asked_twice():
    with endpoint(lambda number: (200, 1)) as server:
        assert sent(server.address(), patience=12)[0] == ""
        assert server.tries == 1
    with endpoint(lambda number: (200, 3)) as server:
        assert sent(server.address(), patience=1) == ("it didn't answer within 1 seconds", [])
        assert server.tries == 1


def test_receiver_that_is_down_is_reported():
    reason, pauses = sent(f"json://127.0.0.1:{closed_port()}/")
    assert "can't be reached" in reason
    assert len(pauses) == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: f"json://shop:{SECRET}@127.0.0.1:{closed_port()}/{SECRET}?token={SECRET}",
        lambda: f"mailto://shop:{SECRET}@127.0.0.1:{closed_port()}?mode=insecure&from=a@b.example",
        lambda: f"slack://{SECRET}",
        lambda: f"{SECRET}://host",
        lambda: SECRET,
        lambda: f"tgram://{SECRET}/1",
    ],
    ids=["http", "mail", "slack", "scheme", "bare", "telegram"],
)
def test_no_failure_shows_the_secret(make: Callable[[], str], capfd, caplog):
    caplog.set_level(logging.DEBUG)
    receiver = one(make())
    reason = send(receiver, NOTICE, patience=1, sleep=lambda seconds: None)
    assert reason
    told = [reason, receiver.name, receiver.key, receiver.problem, repr(receiver), caplog.text, *capfd.readouterr()]
    assert not [text for text in told if SECRET in text]


def test_service_that_raises_with_the_address_in_its_text_shows_only_the_kind_of_error():
    class Service:
        def notify(self, **words: object) -> bool:
            raise ValueError(f"bad address {SECRET}")

    reason = send(Receiver("x", "x", Service()), NOTICE, patience=1, sleep=lambda seconds: None)
    assert reason == "it failed with ValueError"


def test_reference_to_the_environment_is_resolved_and_shown_instead_of_the_address(monkeypatch):
    with endpoint() as server:
        monkeypatch.setenv("ODR_TEST_PLACE", server.address(SECRET))
        receiver = one("env:ODR_TEST_PLACE")
        assert (receiver.name, receiver.key) == ("env:ODR_TEST_PLACE (json)", "env:ODR_TEST_PLACE")
        assert send(receiver, NOTICE, patience=1) == ""


def test_reference_to_the_keyring_is_read_from_the_systems_own_store(monkeypatch):
    import keyring
    from keyring.backend import KeyringBackend

    with endpoint() as server:

        class Store(KeyringBackend):
            priority = 1  # type: ignore[assignment]

            def get_password(self, service: str, username: str) -> str | None:
                return server.address(SECRET) if (service, username) == ("odr-xl", "mail") else None

            def set_password(self, service: str, username: str, password: str) -> None:
                raise NotImplementedError

        before = keyring.get_keyring()
        keyring.set_keyring(Store())
        try:
            assert send(one("keyring:mail"), NOTICE, patience=1) == ""
            assert "python -m keyring set odr-xl other" in one("keyring:other").problem
        finally:
            keyring.set_keyring(before)


def test_reference_that_leads_nowhere_does_not_keep_the_others_from_being_told(monkeypatch):
    monkeypatch.delenv("ODR_TEST_NOWHERE", raising=False)
    with endpoint() as server:
        both = open_receivers(["env:ODR_TEST_NOWHERE", server.address()], b"salt")
        assert "no environment variable" in send(both[0], NOTICE)
        assert send(both[1], NOTICE, patience=1) == ""


def test_key_of_an_address_depends_on_the_salt_and_on_the_address_alone():
    first, again, other = one("json://127.0.0.1:1/"), one("json://127.0.0.1:1/"), one("json://127.0.0.1:2/")
    assert first.key == again.key != other.key
    assert open_receivers(["json://127.0.0.1:1/"], b"other salt")[0].key != first.key


def test_missing_library_is_one_sentence_that_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    with pytest.raises(ProgramMissing, match=r'pip install "odr-xl\[alerts\]"'):
        open_receivers(["json://127.0.0.1:1/"], b"")


def test_address_in_a_file_is_refused_without_being_repeated():
    with pytest.raises(UsageError) as error:
        check_reference(f"json://shop:{SECRET}@host/", "alerts.toml, notify")
    assert SECRET not in str(error.value)
    assert "keyring:mail" in str(error.value)
    check_reference("keyring:mail", "here")
    check_reference("windows://", "here")


def test_loggers_are_as_they_were_after_sending():
    before = [(logging.getLogger(name).propagate, logging.getLogger(name).handlers[:]) for name in receivers._LOGGERS]
    sent(f"json://127.0.0.1:{closed_port()}/")
    after = [(logging.getLogger(name).propagate, logging.getLogger(name).handlers[:]) for name in receivers._LOGGERS]
    assert after == before
