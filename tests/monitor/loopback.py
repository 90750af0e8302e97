"""Receivers on this computer: an HTTP endpoint that plays what is wanted of it, and an SMTP server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

#: What the endpoint does with the request of that number, counted from 0: a status, and seconds until it answers.
Play = Callable[[int], tuple[int, float]]


class Endpoint:
    """An HTTP receiver: what it was sent, and what it accepted."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.tries = 0
        self.accepted: list[dict[str, Any]] = []
        self.port = 0

    def address(self, secret: str = "") -> str:
        """For apprise; a secret stands as password and in the path."""
        return f"json://shop:{secret}@127.0.0.1:{self.port}/{secret}" if secret else f"json://127.0.0.1:{self.port}/"


@contextmanager
def endpoint(play: Play = lambda number: (200, 0)) -> Iterator[Endpoint]:
    """An HTTP endpoint on loopback."""
    made = Endpoint(play)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number, made.tries = made.tries, made.tries + 1
            status, wait = made.play(number)
            time.sleep(wait)
            if status == 200:
                made.accepted.append(body)
            try:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                return  # who asked has given up

        def log_message(self, *words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """An SMTP receiver."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.refuse = False
        self.port = 0

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.refuse:
            return "451 try again later"
        self.mails.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        return "250 accepted"

    def address(self, password: str = "") -> str:
        """For apprise: plain SMTP to this computer."""
        user = f"shop:{password}@" if password else ""
        return f"mailto://{user}127.0.0.1:{self.port}?mode=insecure&from=odr@shop.example&to=seller@shop.example"


@contextmanager
def mailbox(password: str = "") -> Iterator[Mailbox]:
    """An SMTP server on loopback, which asks for the password when there is one."""
    box = Mailbox()

    def authenticate(server: object, session: object, envelope: object, mechanism: str, given: object) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password == password.encode()
        return AuthResult(success=right, handled=right)

    login = {"authenticator": authenticate, "auth_require_tls": False} if password else {}
    controller = Controller(box, hostname="127.0.0.1", port=0, **login)
    controller.port = _free_port()
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def closed_port() -> int:
    """A port that nobody listens on."""
    return _free_port()
