"""Talking to a SPARQL server: queries, updates and whole graphs, over HTTP.

What can be repeated without harm is, up to three times: queries, reading a graph, replacing one. A change is
sent once, on a connection of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Triple

from kg.errors import EndpointError, StoreError
from kg.stores.answers import MAX_VALUES
from kg.stores.base import Answer
from kg.stores.endpoint import faults, prepare, results
from kg.stores.endpoint.address import Address, shown
from kg.stores.endpoint.clock import Clock
from kg.stores.endpoint.connection import Reply, Request
from kg.stores.endpoint.sending import Body, Sender

MAX_BYTES: Final = 2_000_000_000
"""How much of an answer to a query is read; terms are kept of it, MAX_VALUES at most."""
_PACE: Final = 20_000  # bytes a second that whole graphs must make in the long run
_IN_MEMORY: Final = 16_000_000
_DESCRIPTION: Final = 1_000_000
_ABSENT: Final = "urn:x-summitry:no-such-graph"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_BUSY: Final = (429, 502, 503, 504)
_FAILED: Final = (500, 501)


class Transport:
    """Sends to a server what is asked of it, and reads what it answers. Not for several threads at once.

    `timeout` is the time in seconds for an answer, if it is to be another than that of the address. `notes` says
    what a user should know: that a password goes over the network for all to read.
    """

    def __init__(self, address: Address, *, timeout: float | None = None) -> None:
        self.address = address
        self.timeout = timeout or address.timeout
        self._sender = Sender(address.credentials)
        self._takes_graphs: bool | None = None
        self.notes = _notes(address)

    @property
    def sender(self) -> Sender:
        """What sends the requests, with credentials and repetitions."""
        return self._sender

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent, with those that were repeated or had to say who asks."""
        return self._sender.connections.requests

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """The answer to a query: a Table, a bool, or triples. The text is sent as it is, without prefixes added.

        `timeout` is the time for all of it, repetitions included. Raises QuerySyntaxError, QueryTimeoutError,
        EndpointError.
        """
        form = prepare.form_of(text)
        request = prepare.query_request(self.address.query, text, form)
        clock = Clock(timeout or self.timeout)
        return self._sender.repeated(lambda: self._ask(request, text, form, clock), clock)

    def update(self, text: str, *, again: bool = False) -> None:
        """Make a change. It is sent once, or with `again`, for what does no harm twice, up to three times where that may
        help. Raises EndpointError, whose `sent` tells whether it may have been made."""
        request = prepare.update_request(self.address.update, text)

        def change() -> None:
            clock = Clock(self.timeout, _PACE)
            self._sender.drop(self._sender.send(request, clock, fresh=True, guessed=self._guessed("update")))

        if again:
            self._sender.repeated(change)
        else:
            change()

    def put(self, graph: NamedNode | None, data: Iterable[bytes], *, replace: bool) -> None:
        """Store a graph given as N-Triples, or with `replace` False add to it; None is the default graph.

        Replacing is repeated where that may help, adding is not. Raises EndpointError as `update` does.
        """
        made = prepare.graph_request("PUT" if replace else "POST", self._store_url(), graph)
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            for block in data:
                body.write(block)
            request = made._replace(
                headers={**made.headers, "Content-Type": "application/n-triples", "Accept": "*/*"},
                body=body,  # type: ignore[arg-type]  # it reads and seeks, which is all that is done
                length=body.tell(),
            )
            if self.address.credentials:
                self.has_graph_store()  # learns how to say who we are before a large body is sent in vain

            def store() -> None:
                clock = Clock(self.timeout, _PACE)
                guessed = self._guessed("graph-store")
                self._sender.drop(self._sender.send(request, clock, fresh=True, guessed=guessed))

            if replace:
                self._sender.repeated(store)
            else:
                store()

    def get(self, graph: NamedNode | None, *, most: int | None = None) -> Iterator[bytes]:
        """A graph as N-Triples, in blocks as they come; nothing for a graph that is not there.

        `most` is how many bytes are read, for who does not trust a server to come to an end. Raises EndpointError,
        also in the middle where the answer is cut off.
        """
        request = prepare.graph_request("GET", self._store_url(), graph)
        clock = Clock(self.timeout, _PACE, reading=True)
        guessed = self._guessed("graph-store")
        try:
            reply = self._sender.repeated(lambda: self._sender.send(request, clock, guessed=guessed))
        except EndpointError as error:
            if error.status == 404 and self.has_graph_store():
                return
            raise
        where = shown(request.url)
        try:
            if not results.reads_graph(reply.content_type, reply.headers):
                raise self._sender.unreadable(reply, where)
            body = Body(reply, where, clock, most=most)
            try:
                yield from results.lines(body, reply.content_type, base=request.url)
            except SyntaxError as error:
                raise self._sender.malformed(where, error) from None
        finally:
            reply.close()

    def has_graph_store(self) -> bool:
        """Whether the server takes whole graphs; it is asked once. Raises EndpointError where it does not answer."""
        if self.address.graph_store is None:
            return False
        if self._takes_graphs is None:
            self._takes_graphs = self._probe(self.address.graph_store)
        return self._takes_graphs

    def description(self) -> frozenset[str] | None:
        """Features and languages that the server describes itself with, as IRIs; None where it does not.

        Raises EndpointError only where the server cannot be reached, or does not let us ask.
        """
        accept = "text/turtle, application/n-triples;q=0.8, application/rdf+xml;q=0.5"
        request = Request("GET", self.address.query, {"User-Agent": prepare.AGENT, "Accept": accept})
        clock = Clock(self.timeout)
        try:
            return self._sender.repeated(lambda: self._describe(request, clock), clock)
        except EndpointError as error:
            if error.status in (401, 403) or (error.status is None and not error.sent):
                raise
            return None

    def close(self) -> None:
        """Close the connections."""
        self._sender.connections.close()

    def _ask(self, request: Request, text: str, form: str, clock: Clock) -> Answer:
        where = shown(request.url)
        reply = self._sender.send(request, clock, query=text)
        try:
            if state := reply.headers.get("X-SQL-State"):
                raise self._sender.partial(where, state)
            body = Body(reply, where, clock, most=MAX_BYTES, query=text)
            try:
                answer = self._read(reply, body, form, where)
            except SyntaxError as error:
                raise self._sender.malformed(where, error) from None
            while body.read():  # to its end, so that the connection can be used again
                pass
            results.refuse_shortened(answer, text, reply.headers.get("X-SPARQL-MaxRows"), where)
            return answer
        finally:
            reply.close()

    def _read(self, reply: Reply, body: Body, form: str, where: str) -> Answer:
        kind = reply.content_type

        def too_many() -> StoreError:
            return faults.too_large(where, f"{MAX_VALUES:,} values")

        answer: Answer
        if form in ("SELECT", "ASK") and results.reads_results(kind, reply.headers):
            answer = results.table(body, kind, ask=form == "ASK", most=MAX_VALUES, too_many=too_many)
        elif form in ("CONSTRUCT", "DESCRIBE") and results.reads_graph(kind, reply.headers):
            answer = results.triples(body, kind, base=self.address.query, most=MAX_VALUES, too_many=too_many)
        else:
            raise self._sender.unreadable(reply, where)
        return answer

    def _describe(self, request: Request, clock: Clock) -> frozenset[str] | None:
        reply = self._sender.send(request, clock)
        try:
            if not results.reads_graph(reply.content_type, reply.headers):
                return None
            where = shown(request.url)
            body = Body(reply, where, clock, most=_DESCRIPTION)

            def too_many() -> StoreError:
                return faults.too_large(where, "one is expected to have")

            try:
                found = results.triples(
                    body, reply.content_type, base=request.url, most=_DESCRIPTION, too_many=too_many
                )
            except SyntaxError:
                return None
            return _features(found)
        finally:
            reply.close()

    def _probe(self, url: str) -> bool:
        """HEAD of the default graph, and where that fails (Virtuoso has neither) GET of a graph that is not there."""
        status = self._status(prepare.graph_request("HEAD", url, None))
        if status in _FAILED:
            return self._status(prepare.graph_request("GET", url, NamedNode(_ABSENT))) in (200, 404)
        return status == 200

    def _status(self, request: Request) -> int:
        """200 for any success, otherwise the status; raises EndpointError where that says nothing about graphs."""
        clock = Clock(self.timeout)
        try:
            self._sender.drop(self._sender.repeated(lambda: self._sender.send(request, clock), clock))
        except EndpointError as error:
            if error.status is None or error.status in (401, 403, *_BUSY):
                raise
            return error.status
        return 200

    def _store_url(self) -> str:
        if self.address.graph_store is None:
            raise EndpointError(
                "no address for whole graphs is known",
                where=self.address.name,
                hint="give it as graph-store in a table [stores.NAME] of kg.toml",
            )
        return self.address.graph_store

    def _guessed(self, key: str) -> str | None:
        return key if key in self.address.guessed else None


def _notes(address: Address) -> list[str]:
    """Where a password or token would travel in the open."""
    open_hosts = {
        host
        for url in (address.query, address.update, address.graph_store or "")
        if url.startswith("http://") and not _is_here(host := urlsplit(url).hostname or "")
    }
    if not address.credentials:
        return []
    return [f"the credentials go unencrypted to {host}; use https" for host in sorted(open_hosts)]


def _is_here(host: str) -> bool:
    return (
        host in ("localhost", "::1")
        or host.endswith(".localhost")
        or re.fullmatch(r"127(\.\d+){3}", host) is not None
    )


def _features(triples: list[Triple]) -> frozenset[str] | None:
    wanted = (f"{_SD}feature", f"{_SD}supportedLanguage")
    if not any(triple.predicate.value.startswith(_SD) for triple in triples):
        return None
    return frozenset(
        triple.object.value
        for triple in triples
        if triple.predicate.value in wanted and isinstance(triple.object, NamedNode)
    )
