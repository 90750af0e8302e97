"""The service: Amazon's Reports API through python-amazon-sp-api, asked again for as long as that can help."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from odr_xl.amazon.document import LARGEST, Damaged, as_utf8, check_digest, unpack
from odr_xl.amazon.keys import Keys
from odr_xl.amazon.silence import silence
from odr_xl.amazon.wanted import Report
from odr_xl.errors import InputError, ProgramMissing, ServiceFailed

#: How often one question is asked, and the pauses between: 2 seconds, doubled up to 2 minutes.
ATTEMPTS: Final = 8
_FIRST_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 120.0
#: Seconds that one answer is waited for.
_TIMEOUT: Final = 60
_REFUSALS: Final = ("unauthorized", "forbidden", "accessdenied")


class Refused(Exception):
    """Amazon won't give this one report; the text says why, and what to do."""


class Gone(Exception):
    """Amazon doesn't know a report or document any more."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where the service is.

    Attributes
    ----------
    api, login : str
        Addresses without a path; "" for Amazon's own.
    """

    api: str = ""
    login: str = ""


class Service:
    """Amazon's Reports API for one marketplace.

    Parameters
    ----------
    keys : Keys
    marketplace : str
        Code.
    hosts : Hosts
        Amazon's own when left out.
    pause : callable
        Waits for a number of seconds.

    Raises
    ------
    ProgramMissing
        When the extra ``amazon`` isn't installed.

    Notes
    -----
    Nothing that Amazon or a library says goes into an error's text but a status: it may repeat a key.
    """

    def __init__(
        self, keys: Keys, marketplace: str, *, hosts: Hosts | None = None, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._pause = pause
        self._client = _client(keys, marketplace, hosts or Hosts())
        self._store = _store()
        self._secure = self._client.endpoint.startswith("https:")

    def create(self, report: Report, since: datetime | None, until: datetime | None) -> str:
        """Ask for a report; its id.

        Raises
        ------
        Refused
            Amazon doesn't make this report for these keys.
        ServiceFailed
        """
        asked: dict[str, Any] = {"reportType": report.report_type, "marketplaceIds": [self._client.marketplace_id]}
        if since and until:
            asked |= {"dataStartTime": since.isoformat(), "dataEndTime": until.isoformat()}
        try:
            return str(self._ask(lambda: self._client.create_report(**asked), "reportId")["reportId"])
        except Gone:
            raise Refused("Amazon doesn't know this report. Leave it, and download it in Seller Central") from None

    def look(self, report_id: str) -> tuple[str, str]:
        """Status of a report, such as ``IN_QUEUE`` or ``DONE``, and the id of its document, "" when there is none.

        Raises
        ------
        Gone
        Refused
        ServiceFailed
        """
        found = self._ask(lambda: self._client.get_report(report_id), "processingStatus")
        return str(found["processingStatus"]), str(found.get("reportDocumentId") or "")

    def document(self, document_id: str) -> bytes:
        """A document, unpacked and in UTF-8 where its encoding is known.

        Its address is good for five minutes, so each attempt asks for a new one.

        Raises
        ------
        Gone
        Refused
        ServiceFailed
        """
        reason = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(_backoff(attempt))
            link = self._ask(lambda: self._client.get_report_document(document_id), "url")
            try:
                data, headers = self._load(str(link["url"]))
                check_digest(data, headers.get("content-md5", ""))
                return as_utf8(unpack(data), headers.get("content-type", ""))
            except Damaged as damage:
                reason = str(damage)
        raise Refused(f"its document can't be downloaded: {reason}. Try again later")

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()
        self._store.close()

    def _load(self, url: str) -> tuple[bytes, Mapping[str, str]]:
        import httpx

        if self._secure and not url.startswith("https://"):
            raise Damaged("its address isn't a safe one")
        parts, size = [], 0
        with silence():
            try:
                with self._store.stream("GET", url, headers={"accept-encoding": "identity"}) as answer:
                    if answer.status_code != 200:
                        raise Damaged(f"the server answers with status {answer.status_code}")
                    for part in answer.iter_raw():
                        parts.append(part)
                        size += len(part)
                        if size > LARGEST:
                            raise Damaged(f"it is larger than {LARGEST // 1024**2} MB")
                    return b"".join(parts), answer.headers
            except (httpx.HTTPError, httpx.InvalidURL):  # their texts hold the address, which is a key for five minutes
                raise Damaged("the connection broke") from None

    def _ask(self, question: Callable[[], Any], needed: str) -> Mapping[str, Any]:
        """An answer that has what is needed; asked again after a pause when that can help."""
        reason, wait = "", 0.0
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(wait)
            wait = _backoff(attempt + 1)
            answer = _answer(question)
            if isinstance(answer, _Again):
                reason, wait = answer.reason, max(wait, min(answer.at_least, _LONGEST_PAUSE))
            elif answer.get(needed):
                return answer
            else:
                reason = "its answer is incomplete"
        raise ServiceFailed(
            f"Amazon's service can't be used now: {reason}. Run the same command again later; it goes on where it "
            "stopped."
        )


@dataclass(frozen=True, slots=True)
class _Again:
    """Why a question has to be asked again, and the pause that Amazon's own limit asks for."""

    reason: str
    at_least: float = 0.0


def _backoff(attempt: int) -> float:
    return min(_FIRST_PAUSE * 2.0 ** (attempt - 1), _LONGEST_PAUSE)


def _answer(question: Callable[[], Any]) -> Mapping[str, Any] | _Again:
    import httpx
    from sp_api.auth.exceptions import AuthorizationError
    from sp_api.base import exceptions as api

    with silence():
        try:
            payload = question().payload
            return payload if isinstance(payload, Mapping) else _Again("its answer is incomplete")
        except api.SellingApiRequestThrottledException as error:
            return _Again("too many requests (status 429)", _limit(error))
        except AuthorizationError as error:
            if error.status_code == 429 or error.status_code >= 500:
                return _Again(f"the login answers with status {error.status_code}")
            raise ServiceFailed(
                f"Amazon doesn't accept the keys (status {error.status_code} at the login). Check them in Seller "
                "Central under Develop Apps: the client id and secret of your application, and a "
                "refresh token of the same one."
            ) from None
        except api.SellingApiNotFoundException:
            raise Gone from None
        except (api.SellingApiForbiddenException, api.SellingApiBadRequestException) as error:
            raise _refusal(error.code) from None
        except api.SellingApiException as error:
            code = str(getattr(error, "amzn_code", "")).lower()
            if code in _REFUSALS:
                raise _refusal(403) from None
            if 400 <= error.code < 500:
                raise Refused(f"Amazon refuses it with status {error.code}. Download it in Seller Central") from None
            return _Again("it is out of order" if error.code == 999 else f"it answers with status {error.code}")
        except httpx.HTTPError:
            return _Again("it can't be reached, or doesn't answer")
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):  # a page instead of JSON, as proxies send
            return _Again("its answer isn't one of the API's")


def _refusal(status: int) -> Refused:
    if status == 403:
        return Refused(
            "Amazon refuses it with status 403. Give your application the roles that this report needs, authorise it "
            "again, and check that the keys belong to the marketplace's region"
        )
    return Refused(f"Amazon refuses it with status {status}. Try fewer --days, or download it in Seller Central")


def _limit(error: Any) -> float:
    """Seconds between requests that Amazon's header allows; 0 when it says nothing."""
    try:
        rate = float((error.headers or {}).get("x-amzn-RateLimit-Limit") or 0)
    except (TypeError, ValueError):
        return 0.0
    return 1 / rate if rate > 0 else 0.0


def check_installed() -> None:
    """Raise `ProgramMissing` when the extra ``amazon`` isn't installed."""
    try:
        import sp_api  # noqa: F401
    except ImportError as error:
        raise ProgramMissing(
            "Downloading from Amazon needs the package python-amazon-sp-api, which isn't installed. Type: pip install "
            '"odr-xl[amazon]"'
        ) from error


def _store() -> Any:
    """A client without keys, for the documents: their addresses are signed."""
    import httpx

    return httpx.Client(timeout=_TIMEOUT)


def _client(keys: Keys, marketplace: str, hosts: Hosts) -> Any:
    """The library's client with these keys alone: its own files, variables and secret stores are left out."""
    check_installed()
    try:
        from sp_api.api import Reports
        from sp_api.auth import AccessTokenClient
        from sp_api.base import Marketplaces
        from sp_api.base.credential_provider import FromCodeCredentialProvider
    except ValueError:
        raise InputError(
            "AWS_ENV in the environment has a value that python-amazon-sp-api refuses. Unset it."
        ) from None
    login: Any = AccessTokenClient
    if hosts.login:
        scheme, _, host = hosts.login.partition("//")
        login = type("Login", (AccessTokenClient,), {"scheme": f"{scheme}//", "host": host})
    site = Marketplaces[marketplace]
    if "//sandbox." in site.endpoint and not hosts.api:  # invented reports would go into the workbook
        raise InputError(
            "AWS_ENV in the environment asks for Amazon's sandbox, which has no reports of yours. Unset it."
        )
    client = Reports(
        site,
        credentials={
            "refresh_token": keys.refresh_token,
            "lwa_app_id": keys.client_id,
            "lwa_client_secret": keys.client_secret,
        },
        credential_providers=(FromCodeCredentialProvider,),
        auth_token_client_class=login,
        timeout=_TIMEOUT,
    )
    # The library lets an environment variable replace the marketplace that it was given.
    client.endpoint, client.marketplace_id = hosts.api or site.endpoint, site.marketplace_id
    return client
