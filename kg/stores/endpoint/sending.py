"""Sending a request until there is an answer: credentials, redirects, repetitions; what fails becomes an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException, RemoteDisconnected
from typing import Final, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from kg.errors import EndpointError, KgError, StoreError
from kg.stores.endpoint import faults
from kg.stores.endpoint.address import SAFE, shown
from kg.stores.endpoint.authorization import Authorization
from kg.stores.endpoint.clock import Clock
from kg.stores.endpoint.connection import Connections, NotAnswered, Reply, Request
from kg.stores.endpoint.credentials import Credentials
from kg.stores.endpoint.words import one_line, words_of

PAUSES: Final = (0.2, 0.6)  # between three tries
_LONGEST_PAUSE: Final = 10.0
_HOPS: Final = 5
_WORDS: Final = 8192  # bytes of an error page that are looked at
_REST: Final = 65536  # bytes that are read and dropped to keep a connection
_T = TypeVar("_T")


class Sender:
    """Sends requests to the servers of a store."""

    def __init__(self, credentials: Credentials) -> None:
        self.connections = Connections()
        self._credentials = credentials
        self._authorization = Authorization(credentials)
        self._met = False

    def send(
        self,
        request: Request,
        clock: Clock,
        *,
        query: str | None = None,
        guessed: str | None = None,
        fresh: bool = False,
    ) -> Reply:
        """The answer to a request, if it is a success; raises the error that anything else is.

        `query` and `guessed` are what messages speak of: the text of a query, the key of kg.toml whose address is
        a guess. With `fresh` no idle connection is used, so that nothing is sent twice.
        """
        where = shown(request.url)
        for _ in range(_HOPS):
            header = self._authorization.header(request.method, request.url)
            signed = request
            if header is not None:
                signed = request._replace(headers={**request.headers, "Authorization": header})
            try:
                reply = self.connections.exchange(signed, clock, fresh=fresh)
            except NotAnswered as error:
                raise self._unanswered(error, where, clock, query) from error.cause
            self._met = True
            if 200 <= reply.status < 300:
                return reply
            if reply.status == 401 and self._authorization.learn(request.url, reply.headers, header):
                self.drop(reply)
                continue
            if reply.status not in (301, 302, 303, 307, 308):
                raise self._refused(reply, where, query, guessed)
            to, same = _redirect(request.url, reply.headers.get("Location") or "")
            self.drop(reply)
            if not same or request.method not in ("GET", "HEAD"):
                raise faults.redirected(where, one_line(self._credentials.scrubbed(shown(to))))
            request = request._replace(url=to)
        raise faults.restless(where)

    def repeated(self, work: Callable[[], _T], clock: Clock | None = None) -> _T:
        """Do what can be done again without harm, up to three times, if the error says that this may help."""
        for pause in PAUSES:
            try:
                return work()
            except EndpointError as error:
                if error.again is None or error.again > _LONGEST_PAUSE:
                    raise
                wait = max(pause, error.again)
                if clock is not None and not _allows(clock, wait):
                    raise
            time.sleep(wait)
        return work()

    def unreadable(self, reply: Reply, where: str) -> EndpointError:
        """The error for an answer in a format that was not asked for; it is read for its words."""
        kind = reply.headers.get("Content-Type") or ""
        if "html" in reply.content_type:
            return faults.html(where, self._words(reply))
        reply.close()
        coding = reply.headers.get("Content-Encoding") or ""
        return faults.wrong_type(where, self._credentials.scrubbed(kind), self._credentials.scrubbed(coding))

    def malformed(self, where: str, error: SyntaxError) -> EndpointError:
        """The error for results that a parser does not take; it may quote them."""
        return faults.malformed(where, self._credentials.scrubbed(str(error)))

    def partial(self, where: str, why: str) -> StoreError:
        """The error for an answer of which the server says that it is not whole."""
        return faults.partial(where, one_line(self._credentials.scrubbed(why)))

    def drop(self, reply: Reply) -> None:
        """Read what is left of an answer that says nothing we need, if that is little; else the connection goes."""
        with suppress(OSError, HTTPException):
            while reply.received < _REST and reply.read():
                pass
        reply.close()

    def _unanswered(self, error: NotAnswered, where: str, clock: Clock, query: str | None) -> KgError:
        cause = error.cause
        if not error.met:
            return faults.unreachable(cause, where, met=self._met)
        if isinstance(cause, TimeoutError):
            return faults.too_slow(where, clock.limit, query=query)
        if isinstance(cause, HTTPException) and not isinstance(cause, RemoteDisconnected):
            return faults.not_http(where)
        return faults.broken(cause, where)

    def _refused(self, reply: Reply, where: str, query: str | None, guessed: str | None) -> KgError:
        wait = _retry_after(reply)
        status, words = reply.status, self._words(reply)
        return faults.of_status(
            status, words, where, query=query, guessed=guessed, asked=bool(self._credentials), again=wait
        )

    def _words(self, reply: Reply) -> str:
        body = b""
        with suppress(OSError, HTTPException):
            while len(body) < _WORDS and (block := reply.read(_WORDS)):
                body += block
        reply.close()
        words = words_of(body[:_WORDS], reply.content_type)
        return self._credentials.scrubbed(words)


class Body:
    """The body of a reply as a stream whose faults are errors of ours.

    `most` is how many bytes are read, `query` the text of the query that it answers.
    """

    def __init__(
        self, reply: Reply, where: str, clock: Clock, *, most: int | None = None, query: str | None = None
    ) -> None:
        self._reply, self._where, self._clock = reply, where, clock
        self._most, self._query = most, query

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, empty at the end. Raises EndpointError, and QueryTimeoutError where time is over."""
        try:
            data = self._reply.read(size)
        except TimeoutError:
            raise faults.too_slow(self._where, self._clock.limit, query=self._query) from None
        except (OSError, HTTPException):
            raise faults.cut(self._where, self._reply.received) from None
        if self._most is not None and self._reply.received > self._most:
            raise faults.too_large(self._where, f"{self._most:,} bytes")
        return data


def _allows(clock: Clock, wait: float) -> bool:
    try:
        left = clock.left()
    except TimeoutError:
        return False
    return left is None or wait < left


def _redirect(url: str, location: str) -> tuple[str, bool]:
    """Where a redirect leads, and whether to the same server.

    >>> _redirect("http://h/a", "/ü"), _redirect("http://h/a", "http://[")
    (('http://h/%C3%BC', True), ('http://[', False))
    """
    try:
        to = quote(urljoin(url, location), safe=SAFE)
        return to, urlsplit(to)[:2] == urlsplit(url)[:2]
    except ValueError:
        return location, False


def _retry_after(reply: Reply) -> float | None:
    """Seconds that the server wants us to wait."""
    value = (reply.headers.get("Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    if not value:
        return None
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
