"""Amazon's login, Reports API and document store on this computer, as the public models describe them.

Reports API 2021-06-30: createReport answers 202 with reportId; getReport with processingStatus and, when there is one,
reportDocumentId; getReportDocument with url and, for a packed document, compressionAlgorithm. The documents are
invented.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from odr_xl.amazon.keys import Keys
from odr_xl.amazon.wanted import REPORTS

#: Keys that must never be seen anywhere but at the login.
CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN = "amzn1.app.PLANTED-ID", "PLANTED-SECRET", "Atzr|PLANTED-REFRESH"
ACCESS_TOKEN, SIGNATURE = "Atza|PLANTED-ACCESS", "PLANTED-SIGNATURE"
KEYS = Keys(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN)
PLANTED = (CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, ACCESS_TOKEN, SIGNATURE, "PLANTED")

AS_OF = date(2026, 11, 20)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORDERS, FEEDBACK, FBA_RETURNS, RETURNS, PERFORMANCE = (report.report_type for report in REPORTS)


class Pauses(list[float]):
    """Pauses that take no time."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@dataclass
class Stored:
    """A document as the store holds it.

    ``cut`` sends only so many bytes of those promised, ``status`` answers something else than 200, as often as each
    lists.
    """

    data: bytes
    packed: bool = False
    content_type: str = "text/plain"
    md5: str = ""
    cut: list[int] = field(default_factory=list)
    status: list[int] = field(default_factory=list)


@dataclass
class Amazon:
    """What Amazon does with each report type, and what it was asked."""

    #: Statuses of a report at each look; the last one stays.
    life: dict[str, list[str]] = field(default_factory=dict)
    documents: dict[str, Stored] = field(default_factory=dict)
    #: Statuses to answer with before the true answer, by the name of the operation: (status, header) each.
    trouble: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    asked: list[dict[str, Any]] = field(default_factory=list)
    logins: list[dict[str, list[str]]] = field(default_factory=list)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def _error(status: int) -> dict[str, Any]:
    code = {429: "QuotaExceeded", 403: "Unauthorized", 401: "Unauthorized", 404: "NotFound"}.get(
        status, "InternalFailure"
    )
    return {"errors": [{"code": code, "message": f"{ACCESS_TOKEN} {CLIENT_SECRET}", "details": REFRESH_TOKEN}]}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    amazon: Amazon

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/auth/o2/token":
            if self._troubled("login"):
                return
            form = parse_qs(body.decode())
            self.amazon.logins.append(form)
            if form["refresh_token"] != [REFRESH_TOKEN] or form["client_secret"] != [CLIENT_SECRET]:
                told = {
                    "error": "invalid_grant",
                    "error_description": f"bad {form['client_secret'][0]} {CLIENT_SECRET}",
                }
                self._answer(400, told)
                return
            token = {"access_token": ACCESS_TOKEN, "refresh_token": REFRESH_TOKEN, "token_type": "bearer"}
            self._answer(200, {**token, "expires_in": 3600})
            return
        if self._locked() or self._troubled("create"):
            return
        asked = json.loads(body)
        self.amazon.asked.append(asked)
        if self._troubled(asked["reportType"]):
            return
        report = str(9000 + len(self.amazon.asked))
        self.amazon.reports[report] = {"type": asked["reportType"], "looks": 0}
        self._answer(202, {"reportId": report})

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        name = path.rsplit("/", 1)[-1]
        if path.startswith("/store/"):
            self._store(name)
        elif self._locked():
            return
        elif path.startswith("/reports/2021-06-30/reports/") and not self._troubled("look"):
            self._look(name)
        elif path.startswith("/reports/2021-06-30/documents/") and not self._troubled("document"):
            kind = name.removeprefix("doc-")
            url = f"{self.amazon.address}/store/{kind}?X-Amz-Signature={SIGNATURE}"
            packed = {"compressionAlgorithm": "GZIP"} if self.amazon.documents[kind].packed else {}
            self._answer(200, {"reportDocumentId": name, "url": url, **packed})

    def _look(self, name: str) -> None:
        report = self.amazon.reports.get(name)
        if report is None:
            self._answer(404, _error(404))
            return
        kind = report["type"]
        life = self.amazon.life.get(kind, ["DONE"])
        status = life[min(report["looks"], len(life) - 1)]
        report["looks"] += 1
        told = {"reportId": name, "reportType": kind, "processingStatus": status}
        if status == "DONE":
            told["reportDocumentId"] = f"doc-{kind}"
        self._answer(200, told)

    def _store(self, kind: str) -> None:
        self.amazon.calls["store"] += 1
        assert not self.headers.get("x-amz-access-token")
        stored = self.amazon.documents[kind]
        if stored.status:
            self._send(stored.status.pop(0), b"<Error>Expired</Error>", "application/xml")
            return
        data = gzip.compress(stored.data) if stored.packed else stored.data
        more = {"Content-MD5": stored.md5} if stored.md5 else {}
        if stored.cut:
            self._send(200, data, stored.content_type, more, sent=stored.cut.pop(0))
            self.close_connection = True
            return
        self._send(200, data, stored.content_type, more)

    def _locked(self) -> bool:
        if self.headers.get("x-amz-access-token") == ACCESS_TOKEN:
            return False
        self._answer(403, _error(403))
        return True

    def _troubled(self, name: str) -> bool:
        self.amazon.calls[name] += 1
        if not self.amazon.trouble.get(name):
            return False
        status, headers = self.amazon.trouble[name].pop(0)
        if headers.pop("page", ""):
            self._send(status, b"<html>busy</html>", "text/html", headers)
        else:
            self._send(status, json.dumps(_error(status)).encode(), "application/json", headers)
        return True

    def _answer(self, status: int, told: object) -> None:
        self._send(status, json.dumps(told).encode(), "application/json")

    def _send(
        self, status: int, data: bytes, kind: str, more: dict[str, str] | None = None, *, sent: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[:sent])

    def log_message(self, *words: object) -> None:
        return


@contextmanager
def amazon(**documents: Stored) -> Iterator[Amazon]:
    """Amazon on loopback; ``documents`` by report type."""
    made = Amazon(documents=documents)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"amazon": made}))
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
