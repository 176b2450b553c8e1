"""The faults of a server, and the message that each must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.transport import Transport
from tests.stores.endpoint.misbehaving import (
    JSON,
    NTRIPLES,
    YES,
    Deed,
    closed_port,
    head,
    misbehaving,
    raw,
    reply,
)

GRAPH = NamedNode("http://example.org/graph")
CREDENTIALS = "set KG_USER and KG_PASSWORD (or KG_TOKEN), or write an entry for the host into ~/.netrc"
LOG = "see the log of the server"
AGAIN = "wait, and try again"


def ask(transport: Transport) -> object:
    """A query."""
    return transport.query("ASK { ?s ?p ?o }", timeout=30)


def ask_briefly(transport: Transport) -> object:
    """A query that may take a third of a second."""
    return transport.query("ASK { ?s ?p ?o }", timeout=0.3)


def construct(transport: Transport) -> object:
    """A query for triples."""
    return transport.query("CONSTRUCT WHERE { ?s ?p ?o }", timeout=30)


def update(transport: Transport) -> None:
    """A change."""
    transport.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def put(transport: Transport) -> None:
    """A whole graph there."""
    transport.put(GRAPH, [b"<urn:a> <urn:b> <urn:c> .\n"], replace=True)


def get(transport: Transport) -> bytes:
    """A whole graph back."""
    return b"".join(transport.get(GRAPH))


class Scenario(NamedTuple):
    """A fault: what the server does, what it is asked, and what then is said.

    What stands before … is fixed, the rest is the parser's. `tries` is how many requests there are, `sent` whether a change may have been made. With `brief` the store's
    time-out is half a second.
    """

    name: str
    deed: Deed | None
    does: Callable[[Transport], object]
    what: str
    hint: str
    tries: int = 1
    sent: bool | None = None
    tls: bool = False
    address: str | None = None
    error: str = "EndpointError"
    brief: bool = False

    @contextmanager
    def run(self) -> Iterator[tuple[Transport, Callable[[], int]]]:
        """A transport to a server that does so, and how many requests it got."""
        if self.deed is None:
            transport = Transport(address_of((self.address or "").format(closed=closed_port())))
            try:
                yield transport, lambda: transport.requests
            finally:
                transport.close()
            return
        with misbehaving(self.deed, tls=self.tls) as server:
            url = self.address.format(port=server.port) if self.address else f"{server.url}/query"
            address = address_of(url)
            transport = Transport(address._replace(timeout=0.5) if self.brief else address)
            try:
                yield transport, lambda: len(server.asked)
            finally:
                transport.close()


WEB_PAGE = b"<!DOCTYPE html><html><head><title>Sign in &amp; go on</title></head><body><p>hello</body></html>"
MANY = b'{"head":{"vars":["s"]},"results":{"bindings":['
ROW = b'{"s":{"type":"literal","value":"' + b"x" * 1000 + b'"}},'

SCENARIOS = [
    Scenario(
        "connection refused",
        None,
        ask,
        "the connection was refused: no server listens there",
        "start the server, or check host and port",
        tries=0,
        address="http://127.0.0.1:{closed}/query",
    ),
    Scenario(
        "connection refused, for a change",
        None,
        update,
        "the connection was refused: no server listens there",
        "start the server, or check host and port",
        tries=0,
        sent=False,
        address="http://127.0.0.1:{closed}/query",
    ),
    Scenario(
        "no such host",
        None,
        ask,
        "no server has the name nowhere.invalid",
        "check the address, and the network",
        tries=0,
        address="http://nowhere.invalid/query",
    ),
    Scenario(
        "https where only http is spoken",
        reply(200, YES, JSON),
        ask,
        "no secure connection could be made",
        "check that the server speaks https at this port; if not, write http://",
        tries=0,
        address="https://127.0.0.1:{port}/query",
    ),
    Scenario(
        "a certificate that nobody trusts",
        reply(200, YES, JSON),
        ask,
        "the certificate of the server is not trusted: self-signed certificate",
        "check the address; for an authority of your own set SSL_CERT_FILE to its certificate",
        tries=0,
        tls=True,
    ),
    Scenario(
        "http where https is spoken",
        reply(200, YES, JSON),
        ask,
        "the server ended the connection without an answer",
        "check the address, and whether it is https; if they are right, see the log of the server",
        tries=0,
        tls=True,
        address="http://127.0.0.1:{port}/query",
    ),
    Scenario(
        "what is no HTTP",
        raw(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
        ask,
        "what answers there does not speak HTTP",
        "check the port, and whether it is https",
    ),
    Scenario(
        "400 for a query",
        reply(400, b"line 1: syntax error at 'ASK'\nASK {}"),
        ask,
        "the server does not accept the query: line 1: syntax error at 'ASK'",
        "check it against https://www.w3.org/TR/sparql11-query/",
        error="QuerySyntaxError",
    ),
    Scenario(
        "400 for a change",
        reply(400, b"no blank nodes, please"),
        update,
        "the server does not accept the request (400): no blank nodes, please",
        "check what the server supports",
        sent=True,
    ),
    Scenario(
        "401",
        reply(401, WWW_Authenticate='Basic realm="kg"'),
        ask,
        "the server asks who you are (401)",
        CREDENTIALS,
    ),
    Scenario(
        "403",
        reply(403, b"Forbidden\x1b[31m, says the proxy"),
        update,
        "the server does not allow it (403): Forbidden\\x1b[31m, says the proxy",
        CREDENTIALS,
        sent=False,
    ),
    Scenario(
        "404",
        reply(404, b"no such page"),
        ask,
        "there is nothing at this address (404): no such page",
        "check the address",
    ),
    Scenario(
        "404 at an address for updates that was guessed",
        reply(404),
        update,
        "the server takes no updates at this address, which was guessed (404)",
        "give it with --update-endpoint, or as update in a table [stores.NAME] of kg.toml",
        sent=False,
    ),
    Scenario(
        "405 at an address for graphs that was guessed",
        reply(405),
        put,
        "the server takes no graphs at this address, which was guessed (405)",
        "give it as graph-store in a table [stores.NAME] of kg.toml",
        sent=False,
    ),
    Scenario(
        "405",
        reply(405),
        ask,
        "the server does not take such requests at this address (405)",
        "check the address, and that it is a SPARQL endpoint",
    ),
    Scenario(
        "413",
        reply(413),
        update,
        "the request is too large for the server (413)",
        "raise its limit",
        sent=False,
    ),
    Scenario(
        "429 without a time",
        reply(429),
        ask,
        "the server is asked too often (429)",
        AGAIN,
        tries=3,
    ),
    Scenario(
        "429 with a long time",
        reply(429, Retry_After="3600"),
        ask,
        "the server is asked too often (429)",
        "wait 3600 seconds, and try again",
    ),
    Scenario(
        "429 for a change",
        reply(429, Retry_After="0"),
        update,
        "the server is asked too often (429)",
        AGAIN,
        sent=False,
    ),
    Scenario(
        "500 with a web page",
        reply(500, b"<html><body><h1>Internal <b>Error</b></h1>", "text/html"),
        ask,
        "the server failed (500): Internal",
        LOG,
    ),
    Scenario(
        "500 for a change",
        reply(500, b"disk full"),
        update,
        "the server failed (500): disk full",
        LOG,
        sent=True,
    ),
    Scenario("503", reply(503), ask, "the server is not available (503)", AGAIN, tries=3),
    Scenario("503 for a change", reply(503), update, "the server is not available (503)", AGAIN, sent=True),
    Scenario(
        "503 for a graph", reply(503), put, "the server is not available (503)", AGAIN, tries=3, sent=True
    ),
    Scenario(
        "504 for a query",
        reply(504),
        ask,
        "the server gave up on the query (504)",
        "narrow the query, or raise the limits of the server",
        error="QueryTimeoutError",
    ),
    Scenario(
        "a redirect of a query",
        reply(302, Location="https://ada:secret@login.example.org/?back=1"),
        ask,
        "the server sends us elsewhere, to https://login.example.org/; that is not followed",
        "if you trust that address, give it with --store (and --update-endpoint), or in kg.toml",
    ),
    Scenario(
        "a redirect of a graph to another host",
        reply(307, Location="http://elsewhere.example.org/store"),
        get,
        "the server sends us elsewhere, to http://elsewhere.example.org/store; that is not followed",
        "if you trust that address, give it with --store (and --update-endpoint), or in kg.toml",
    ),
    Scenario(
        "redirects without end",
        reply(302, Location="/store?again"),
        get,
        "the server redirects, or asks who we are, without end",
        "check the address, and the server's configuration",
        tries=5,
    ),
    Scenario(
        "no answer, the connection is closed",
        raw(),
        ask,
        "the server ended the connection without an answer",
        "check the address, and whether it is https; if they are right, see the log of the server",
        tries=3,
    ),
    Scenario(
        "no answer to a change, the connection is closed",
        raw(),
        update,
        "the server ended the connection without an answer",
        "check the address, and whether it is https; if they are right, see the log of the server",
        sent=True,
    ),
    Scenario(
        "a body cut in the middle",
        raw(head(Content_Length="500") + YES[:10]),
        ask,
        "the answer was cut off after 10 bytes",
        "try again; if it stays so, see the log of the server and of proxies before it",
        tries=3,
    ),
    Scenario(
        "a body in chunks, cut in the middle",
        raw(head(NTRIPLES, Transfer_Encoding="chunked") + b"1a\r\n<urn:a> <urn:b> <urn:c> .\n\r\n"),
        construct,
        "the answer was cut off after 26 bytes",
        "try again; if it stays so, see the log of the server and of proxies before it",
        tries=3,
    ),
    Scenario(
        "a graph cut in the middle",
        raw(head(NTRIPLES, Content_Length="500") + b"<urn:a> <urn:b> <urn:c> .\n"),
        get,
        "the answer was cut off after 26 bytes",
        "try again; if it stays so, see the log of the server and of proxies before it",
    ),
    Scenario(
        "a server that says nothing",
        raw(3.0),
        ask_briefly,
        "the query took longer than 0.3 seconds",
        "raise --timeout (0 is no limit), or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
        error="QueryTimeoutError",
    ),
    Scenario(
        "a server that says nothing to a change",
        raw(3.0),
        update,
        "the answer of the server took longer than 0.5 seconds",
        "raise timeout in kg.toml, or see what keeps the server busy",
        sent=True,
        brief=True,
    ),
    Scenario(
        "a head that drips without end",
        raw(b"HTTP/1.1 200 OK\r\n", b"X: ", b"y", 0.02, forever=True),
        ask_briefly,
        "the query took longer than 0.3 seconds",
        "raise --timeout (0 is no limit), or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
        error="QueryTimeoutError",
    ),
    Scenario(
        "a body that drips without end",
        raw(head() + MANY, b" ", 0.02, forever=True),
        ask_briefly,
        "the query took longer than 0.3 seconds",
        "raise --timeout (0 is no limit), or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
        error="QueryTimeoutError",
    ),
    Scenario(
        "a graph that drips without end",
        raw(head(NTRIPLES), b"#", 0.02, forever=True),
        get,
        "the answer of the server took longer than 0.5 seconds",
        "raise timeout in kg.toml, or see what keeps the server busy",
        brief=True,
    ),
    Scenario(
        "a body that floods without end",
        raw(head() + MANY, ROW * 100, forever=True),
        lambda transport: transport.query("SELECT ?s { ?s ?p ?o }", timeout=60),
        "the answer has more than 3,000,000 bytes, and was not read further",
        "ask for less (LIMIT, or join the patterns by a variable)",
    ),
    Scenario(
        "more rows than fit",
        raw(head() + MANY, ROW * 100, forever=True),
        lambda transport: transport.query("SELECT ?s { ?s ?p ?o }", timeout=60),
        "the answer has more than 1,000 values, and was not read further",
        "ask for less (LIMIT, or join the patterns by a variable)",
    ),
    Scenario(
        "a web page in place of results",
        reply(200, WEB_PAGE, "text/html; charset=utf-8"),
        ask,
        "the server answered with a web page instead of results: Sign in & go on",
        "check that this is the address of the SPARQL endpoint; a login page or proxy may be in between",
    ),
    Scenario(
        "a wrong content type",
        reply(200, b"s,p\r\n", "text/csv"),
        ask,
        'the server answered in a format that was not asked for ("text/csv")',
        "check that this is the address of a SPARQL 1.1 endpoint",
    ),
    Scenario(
        "a compressed body that nobody asked for",
        reply(200, b"\x1f\x8b", JSON, Content_Encoding="gzip"),
        ask,
        'the server answered in a format that was not asked for ("application/sparql-results+json", gzip)',
        "check that this is the address of a SPARQL 1.1 endpoint",
    ),
    Scenario(
        "malformed results",
        reply(200, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"moon"}}]}}', JSON),
        lambda transport: transport.query("SELECT ?s { ?s ?p ?o }"),
        "the answer of the server is malformed: …",
        "try again; if it stays so, report it to those who run the server",
    ),
    Scenario(
        "malformed triples",
        reply(200, b"<urn:a> <urn:b> .\n", NTRIPLES),
        construct,
        "the answer of the server is malformed: …",
        "try again; if it stays so, report it to those who run the server",
    ),
    Scenario(
        "a table in place of yes or no",
        reply(
            200,
            b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}',
            JSON,
        ),
        ask,
        "the answer of the server is malformed: a table, where yes or no was asked for",
        "try again; if it stays so, report it to those who run the server",
    ),
    Scenario(
        "a part of the answer, as Virtuoso says in a header",
        reply(200, YES, JSON, X_SQL_State="S1TAT"),
        ask,
        "the server gave only a part of the answer (S1TAT)",
        "narrow the query, or raise the limits of the server",
        error="QueryTimeoutError",
    ),
    Scenario(
        "the first rows of the answer, as Virtuoso says in a header",
        reply(
            200,
            b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}',
            JSON,
            X_SPARQL_MaxRows="1",
        ),
        lambda transport: transport.query("SELECT ?s { ?s ?p ?o }"),
        "the server ends answers after row 1, and this one has as many",
        "ask for less (LIMIT), or raise ResultSetMaxRows in its virtuoso.ini",
    ),
]
