"""Talking to a SPARQL server: queries, updates and whole graphs, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPException, RemoteDisconnected
from tempfile import SpooledTemporaryFile
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

from pyoxigraph import NamedNode

from kg.errors import EndpointError, KgError
from kg.stores.answers import MAX_VALUES
from kg.stores.base import Answer
from kg.stores.endpoint import faults, prepare, results
from kg.stores.endpoint.address import Address, shown
from kg.stores.endpoint.authorization import Authorization
from kg.stores.endpoint.connection import Clock, Connections, NotAnswered, Reply, Request

MAX_BYTES: Final = 2_000_000_000
"""How much of an answer to a query is read."""
_PACE: Final = 20_000  # bytes a second that whole graphs must make in the long run
_IN_MEMORY: Final = 16_000_000
_TRIES: Final = 3
_PAUSES: Final = (0.2, 0.6)
_LONGEST_PAUSE: Final = 10.0
_WORDS: Final = 8192
_ABSENT: Final = NamedNode("urn:x-summitry:no-such-graph")
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_T = TypeVar("_T")


class Transport:
    """Sends to a server what is asked of it, and reads what it answers. Not for several threads at once."""

    def __init__(self, address: Address, *, timeout: float | None = None) -> None:
        self.address = address
        self.timeout = timeout or address.timeout
        self._connections = Connections()
        self._authorization = Authorization(address.credentials)
        self._met = False
        self._graph_store: bool | None = None

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent, with those that were repeated."""
        return self._connections.requests

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """The answer to a query: a Table, a bool, or triples. The text is sent as it is.

        `timeout` is the time for all of it, repetitions included. Raises QuerySyntaxError, QueryTimeoutError,
        EndpointError.
        """
        form = prepare.form_of(text)
        request = prepare.query_request(self.address.query, text, form)
        clock = Clock(timeout or self.timeout)
        return self._repeated(lambda: self._ask(request, text, form, clock), clock)

    def update(self, text: str) -> None:
        """Make a change. It is sent once; raises EndpointError, whose `sent` tells whether it may have been made."""
        guessed = "update" if "update" in self.address.guessed else None
        request = prepare.update_request(self.address.update, text)
        reply = self._send(request, Clock(self.timeout, _PACE), fresh=True, guessed=guessed)
        self._drop(reply)

    def put(self, graph: NamedNode | None, data: Iterable[bytes], *, replace: bool) -> None:
        """Store a graph given as N-Triples, or add to it; None is the default graph."""
        made = prepare.graph_request("PUT" if replace else "POST", self._store_url(), _name(graph))
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            for block in data:
                body.write(block)
            request = made._replace(
                headers={**made.headers, "Content-Type": "application/n-triples", "Accept": "*/*"},
                body=body,  # type: ignore[arg-type]
                length=body.tell(),
            )
            self._prepare_credentials()

            def store() -> None:
                clock = Clock(self.timeout, _PACE)
                self._drop(self._send(request, clock, fresh=True, guessed=self._guessed_store()))

            # To add the same triples again changes nothing, unless blank nodes are among them.
            self._repeated(store, None) if replace else store()

    def get(self, graph: NamedNode | None) -> Iterator[bytes]:
        """A graph as N-Triples, in blocks as they come; nothing for a graph that is not there."""
        request = prepare.graph_request("GET", self._store_url(), _name(graph))
        clock = Clock(self.timeout, _PACE)
        try:
            reply = self._repeated(lambda: self._send(request, clock, guessed=self._guessed_store()), None)
        except EndpointError as error:
            if error.status == 404 and self.has_graph_store():
                return
            raise
        where = shown(request.url)
        try:
            if not results.reads_graph(reply.content_type):
                raise self._unreadable(reply, where)
            stream = _Body(reply, where, clock, None)
            try:
                yield from results.lines(stream, reply.content_type, base=request.url)
            except SyntaxError as error:
                raise faults.malformed(where, str(error)) from None
        finally:
            reply.close()

    def has_graph_store(self) -> bool:
        """Whether the server takes whole graphs; it is asked once."""
        if self.address.graph_store is None:
            return False
        if self._graph_store is None:
            self._graph_store = self._probe()
        return self._graph_store

    def description(self) -> frozenset[str] | None:
        """Features and languages that the server describes itself with, as IRIs; None where it does not."""
        request = Request(
            "GET",
            self.address.query,
            {
                "User-Agent": prepare.AGENT,
                "Accept": "text/turtle, application/n-triples;q=0.8, application/rdf+xml;q=0.5",
            },
        )
        try:
            clock = Clock(self.timeout)
            reply = self._repeated(lambda: self._send(request, clock), clock)
            try:
                if not results.reads_graph(reply.content_type):
                    return None
                where = shown(request.url)
                stream = _Body(reply, where, clock, 10_000_000)
                found = results.triples(
                    stream, reply.content_type, base=request.url, most=300_000, too_many=SyntaxError
                )
            finally:
                reply.close()
        except (EndpointError, SyntaxError) as error:
            if isinstance(error, EndpointError) and (error.status in (None, 401, 403) and not error.sent):
                raise
            return None
        wanted = {f"{_SD}feature", f"{_SD}supportedLanguage"}
        named = [triple.object for triple in found if triple.predicate.value in wanted]
        described = any(triple.object == NamedNode(f"{_SD}Service") for triple in found)
        return frozenset(term.value for term in named if isinstance(term, NamedNode)) if described else None

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _ask(self, request: Request, text: str, form: str, clock: Clock) -> Answer:
        where = shown(request.url)
        reply = self._send(request, clock, query=text)
        try:
            if state := reply.headers.get("X-SQL-State"):
                raise faults.partial(
                    where, f"{state} {faults.one_line(reply.headers.get('X-SQL-Message') or '')}".strip()
                )
            stream = _Body(reply, where, clock, MAX_BYTES, query=text)

            def too_many() -> EndpointError:
                return faults.too_large(where, stream.reply.received)

            answer: Answer
            try:
                if form in ("SELECT", "ASK") and results.reads_results(reply.content_type):
                    answer = results.table(
                        stream, reply.content_type, ask=form == "ASK", most=MAX_VALUES, too_many=too_many
                    )
                elif form in ("CONSTRUCT", "DESCRIBE") and results.reads_graph(reply.content_type):
                    answer = results.triples(
                        stream, reply.content_type, base=request.url, most=MAX_VALUES, too_many=too_many
                    )
                else:
                    raise self._unreadable(reply, where)
            except SyntaxError as error:
                raise faults.malformed(where, str(error)) from None
            while stream.read():  # to the end, so that the connection can be used again
                pass
            return answer
        finally:
            reply.close()

    def _send(
        self,
        request: Request,
        clock: Clock,
        *,
        query: str | None = None,
        guessed: str | None = None,
        fresh: bool = False,
    ) -> Reply:
        """Send a request with what the server wants to know of us; raises what it answers other than success."""
        where = shown(request.url)
        hops = 0
        while True:
            header = self._authorization.header(request.method, request.url)
            signed = (
                request._replace(headers={**request.headers, "Authorization": header}) if header else request
            )
            try:
                reply = self._connections.exchange(signed, clock, fresh=fresh)
            except NotAnswered as error:
                raise self._not_answered(error, where, clock, query) from error.cause
            self._met = True
            if 200 <= reply.status < 300:
                return reply
            if reply.status == 401 and self._authorization.learn(request.url, reply.headers, header):
                self._drop(reply)
                continue
            if reply.status in (301, 302, 303, 307, 308):
                to = urljoin(request.url, reply.headers.get("Location") or "")
                reply.close()
                hops += 1
                if (
                    request.method in ("GET", "HEAD")
                    and urlsplit(to)[:2] == urlsplit(request.url)[:2]
                    and hops <= 5
                ):
                    request = request._replace(url=to)
                    continue
                raise faults.redirected(where, faults.one_line(shown(to)))
            raise self._refusal(reply, where, query, guessed, header is not None)

    def _not_answered(self, error: NotAnswered, where: str, clock: Clock, query: str | None) -> KgError:
        cause = error.cause
        if isinstance(cause, TimeoutError) and error.met:
            return faults.too_slow(where, clock.limit, query=query)
        if not error.met:
            return faults.unreachable(cause, where, met=self._met)
        if isinstance(cause, HTTPException) and not isinstance(cause, RemoteDisconnected):
            return faults.not_http(where)
        return faults.broken(cause, where)

    def _refusal(
        self, reply: Reply, where: str, query: str | None, guessed: str | None, asked: bool
    ) -> KgError:
        words = self._words(reply)
        return faults.of_status(
            reply.status, words, where, query=query, guessed=guessed, asked=asked, again=_retry_after(reply)
        )

    def _unreadable(self, reply: Reply, where: str) -> EndpointError:
        if "html" in reply.content_type:
            return faults.html(where, self._words(reply))
        return faults.wrong_type(
            where, self.address.credentials.scrubbed(reply.headers.get("Content-Type") or "")
        )

    def _words(self, reply: Reply) -> str:
        body = b""
        try:
            while len(body) < _WORDS and (block := reply.read(_WORDS)):
                body += block
        except (OSError, HTTPException):
            pass
        finally:
            reply.close()
        return self.address.credentials.scrubbed(faults.words_of(body[:_WORDS], reply.content_type))

    def _drop(self, reply: Reply) -> None:
        """Read what is left of an answer that says nothing we need, if it is short."""
        try:
            while reply.received < _WORDS * 8 and reply.read():
                pass
        except (OSError, HTTPException):
            pass
        finally:
            reply.close()

    def _repeated(self, work: Callable[[], _T], clock: Clock | None) -> _T:
        """Do what can be done again without harm, up to three times."""
        for pause in _PAUSES:
            try:
                return work()
            except EndpointError as error:
                if error.again is None or error.again > _LONGEST_PAUSE:
                    raise
                wait = max(pause, error.again)
                left = None if clock is None else clock.left()
                if left is not None and wait >= left:
                    raise
            time.sleep(wait)
        return work()

    def _probe(self) -> bool:
        """HEAD of the default graph; Virtuoso knows neither HEAD nor a default graph there, and fails."""
        url = self._store_url()
        try:
            self._drop(self._plain(prepare.graph_request("HEAD", url, None)))
        except EndpointError as error:
            if error.status in (500, 501):
                try:
                    self._drop(self._plain(prepare.graph_request("GET", url, _ABSENT.value)))
                except EndpointError as second:
                    return second.status == 404
                return True
            if error.status is None or error.status in (401, 403, 429, 502, 503, 504):
                raise
            return False
        return True

    def _plain(self, request: Request) -> Reply:
        clock = Clock(self.timeout)
        return self._repeated(lambda: self._send(request, clock), clock)

    def _prepare_credentials(self) -> None:
        """Learn how the graph store wants to be asked before a large body is sent in vain."""
        if self.address.credentials:
            self.has_graph_store()

    def _store_url(self) -> str:
        if self.address.graph_store is None:
            raise EndpointError(
                "no address for whole graphs is known",
                where=self.address.name,
                hint="give it as graph-store in a table [stores.NAME] of kg.toml",
            )
        return self.address.graph_store

    def _guessed_store(self) -> str | None:
        return "graph-store" if "graph-store" in self.address.guessed else None


class _Body:
    """The body of a reply, whose faults are errors of ours."""

    def __init__(
        self, reply: Reply, where: str, clock: Clock, most: int | None, *, query: str | None = None
    ) -> None:
        self.reply = reply
        self._where, self._clock, self._most, self._query = where, clock, most, query

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self.reply.read(size)
        except TimeoutError:
            raise faults.too_slow(self._where, self._clock.limit, query=self._query) from None
        except (OSError, HTTPException):
            raise faults.cut(self._where, self.reply.received) from None
        if self._most is not None and self.reply.received > self._most:
            raise faults.too_large(self._where, self._most)
        return data


def _name(graph: NamedNode | None) -> str | None:
    return None if graph is None else graph.value


def _retry_after(reply: Reply) -> float | None:
    """Seconds that the server wants us to wait."""
    value = (reply.headers.get("Retry-After") or "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
