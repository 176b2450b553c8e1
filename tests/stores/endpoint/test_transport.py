"""What goes over the wire, and what is read from it, where all is well."""

from __future__ import annotations

import time
from urllib.parse import parse_qs

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import EndpointError, QuerySyntaxError, QueryTimeoutError
from kg.stores.base import Table
from kg.stores.endpoint import sending
from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.transport import Transport
from tests.stores.endpoint.misbehaving import (
    JSON,
    NTRIPLES,
    TLS,
    YES,
    Asked,
    Deed,
    Wire,
    head,
    misbehaving,
    raw,
    reply,
)

XML = "application/sparql-results+xml"
GRAPH = NamedNode("http://example.org/ä b#1".replace(" ", "%20"))
ONE = b"<urn:a> <urn:b> <urn:c> .\n"
TRIPLE = Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))


def answer(deed: Deed, text: str) -> object:
    """What a server's answer to a query is read as."""
    with misbehaving(deed) as server:
        made = Transport(address_of(f"{server.url}/query"))
        found = made.query(text)
        made.close()
    return found


def row(*cells: str) -> bytes:
    return f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{",".join(cells)}]}}}}'.encode()


def test_a_query_is_a_form() -> None:
    text = "# SELECT\nPREFIX ask: <urn:x> ASK { ?s ?p 'é😀&=+' }"
    with misbehaving(reply(200, YES, JSON)) as server:
        made = Transport(address_of(f"{server.url}/query?timeout=0"))
        assert made.query(text) is True
        made.close()
    (asked,) = server.asked
    assert (asked.method, asked.target) == ("POST", "/query?timeout=0")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["accept"] == "application/sparql-results+json, application/sparql-results+xml;q=0.5"
    assert asked.headers["user-agent"].startswith("Summitry/")
    assert parse_qs(asked.body.decode()) == {"query": [text]}


@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:select>"])
def test_triples_are_asked_for(form: str) -> None:
    with misbehaving(reply(200, ONE, NTRIPLES)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert made.query(form) == [TRIPLE]
        made.close()
    assert server.asked[0].headers["accept"].startswith("application/n-triples, text/turtle")


def test_what_is_no_query_is_not_sent() -> None:
    made = Transport(address_of("http://127.0.0.1:1/query"))
    for text in ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "", "# SELECT", "ASK { ?s ?p '\udce9' }"):
        with pytest.raises(QuerySyntaxError):
            made.query(text)
    assert made.requests == 0


def test_of_many_connections_few_stay_open() -> None:
    """A server has a thread for each: Oxigraph 0.5 stopped answering a push after some hundreds of updates."""
    with misbehaving(*[reply(204)] * 12) as server:
        made = Transport(address_of(f"{server.url}/query"))
        for _ in range(12):
            made.update("CLEAR ALL")
        held = made._sender.connections._idle.values()
        assert server.connections == 12
        assert [len(idle) for idle in held] == [2]
        made.close()


def test_an_update_is_sent_as_it_is() -> None:
    text = "INSERT DATA { <urn:a> <urn:b> 'é" + "x" * 600_000 + "' }"
    with misbehaving(reply(200, b"<html>done</html>", "text/html"), reply(204)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        made.update(text)
        made.update(text)
        made.close()
        assert server.connections == 2  # each on a connection of its own
    for asked in server.asked:
        assert (asked.method, asked.target) == ("POST", "/update")
        assert asked.headers["content-type"] == "application/sparql-update"
        assert asked.body == text.encode()


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (YES, JSON, True),
        (b'{"head":{},"boolean":false}', "application/json", False),
        (
            row(
                '{"s":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1"}}'
            ),
            JSON,
            True,
        ),
        (row('{"s":{"type":"literal","value":"0"}}'), JSON, False),
        (row(), JSON, False),
        (
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>',
            XML,
            True,
        ),
        (
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="__ASK_RETVAL"/></head>'
            b'<results><result><binding name="__ASK_RETVAL"><literal>1</literal></binding></result></results></sparql>',
            XML,
            True,
        ),
    ],
)
def test_yes_or_no(body: bytes, kind: str, expected: bool) -> None:
    assert answer(reply(200, body, f"{kind}; charset=UTF-8"), "ASK {}") is expected


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ('{"type":"literal","value":"\\ud83d\\ude00\\u00e9","xml:lang":"en-gb"}', Literal("😀é", language="en-gb")),
        ('{"type":"typed-literal","datatype":"urn:t","value":"1"}', Literal("1", datatype=NamedNode("urn:t"))),
        ('{ "type": "bnode", "value": "nodeID://b10" }', BlankNode("b10")),
        ('{ "type": "literal", "value": "\\"type\\": \\"bnode\\", \\"value\\": \\"nodeID://b10" }', Literal('"type": "bnode", "value": "nodeID://b10')),
    ],
)  # fmt: skip
def test_terms_in_json(cell: str, term: object) -> None:
    body = row(f'{{"s":{cell}}}')
    assert answer(reply(200, body, JSON), "SELECT ?s {}") == Table(("s",), [(term,)])
    # Nothing depends on where the network cuts.
    for at in range(1, len(body), 7):
        deed = raw(head(Content_Length=str(len(body))) + body[:at], 0.001, body[at:])
        assert answer(deed, "SELECT ?s {}") == Table(("s",), [(term,)])


def test_terms_in_xml() -> None:
    body = (
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/><variable name="b"/></head><results>'
        '<result><binding name="a"><bnode>nodeID://b1</bnode></binding></result>'
        '<result><binding name="b"><literal xml:lang="de">&lt;bnode&gt;nodeID://é</literal></binding></result></results></sparql>'
    ).encode()
    assert answer(reply(200, body, XML), "SELECT * {}") == Table(
        ("a", "b"), [(BlankNode("b1"), None), (None, Literal("<bnode>nodeID://é", language="de"))]
    )


@pytest.mark.parametrize("kind", ["text/turtle", "application/rdf+xml"])
def test_triples_in_other_formats(kind: str) -> None:
    body = {
        "text/turtle": b"@prefix u: <urn:> . u:a u:b u:c .",
        "application/rdf+xml": b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        b'<r:Description r:about="urn:a"><u:b r:resource="urn:c"/></r:Description></r:RDF>',
    }[kind]
    assert answer(reply(200, body, kind), "CONSTRUCT WHERE {}") == [TRIPLE]
    with misbehaving(reply(200, body, kind)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert b"".join(made.get(None)) == ONE
        made.close()


def test_a_body_in_chunks_and_one_that_ends_with_the_connection() -> None:
    chunks = (
        head(Transfer_Encoding="chunked") + b"5\r\n" + YES[:5] + b"\r\n15\r\n" + YES[5:] + b"\r\n0\r\n\r\n"
    )
    assert len(YES) == 5 + 0x15
    assert answer(raw(chunks), "ASK {}") is True
    assert answer(raw(head() + YES), "ASK {}") is True


def test_a_connection_is_used_again_and_one_that_was_closed_meanwhile_is_not_missed() -> None:
    def last(asked: Asked, wire: Wire) -> None:
        reply(200, YES, JSON)(asked, wire)  # and then it is closed, unannounced

    with misbehaving(reply(200, YES, JSON), last, reply(200, YES, JSON)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert [made.query("ASK {}") for _ in range(4)] == [True] * 4
        made.close()
        assert (server.connections, len(server.asked)) == (2, 4)


def test_queries_are_asked_again_after_a_fault_that_passes() -> None:
    deeds = (reply(503), raw(head(Content_Length="500") + b"{"), reply(200, YES, JSON))
    with misbehaving(*deeds) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert made.query("ASK {}") is True
        made.close()
        assert (made.requests, len(server.asked)) == (3, 3)


def test_the_server_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(sending.time, "sleep", pauses.append)
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 5))
    deeds = (reply(429, Retry_After="2"), reply(503, Retry_After=later), reply(200, YES, JSON))
    with misbehaving(*deeds) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert made.query("ASK {}", timeout=60) is True
        made.close()
    assert pauses[0] == 2
    assert 0 < pauses[1] <= 5
    with misbehaving(reply(503, Retry_After="2")) as server:  # no time for that is left
        made = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError, match="wait 2 seconds"):
            made.query("ASK {}", timeout=1.9)
        made.close()
        assert len(server.asked) == 1


def test_time_holds_for_all_tries_together() -> None:
    slow = raw(0.15)
    with misbehaving(slow) as server:
        made = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(QueryTimeoutError, match=r"took longer than 0.25 seconds"):
            made.query("ASK {}", timeout=0.25)
        made.close()
        assert len(server.asked) < 3


def test_no_limit_of_time() -> None:
    with misbehaving(raw(0.05, head() + YES)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert made.query("ASK {}", timeout=float("inf")) is True
        made.close()


def test_a_graph_is_put_with_its_length() -> None:
    blocks = [b"<urn:a> <urn:b> <urn:%d> .\n" % number for number in range(60_000)]
    with misbehaving(reply(503), reply(201)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        made.put(GRAPH, iter(blocks), replace=True)
        made.close()
    first, second = server.asked  # repeated, though the blocks can be had only once
    assert first == second
    assert (second.method, second.target) == (
        "PUT",
        "/store?graph=http%3A%2F%2Fexample.org%2F%C3%A4%2520b%231",
    )
    assert second.headers["content-type"] == NTRIPLES
    assert "transfer-encoding" not in second.headers
    assert second.body == b"".join(blocks)


def test_adding_to_a_graph_is_not_repeated() -> None:
    with misbehaving(reply(503)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError) as raised:
            made.put(None, [ONE], replace=False)
        made.close()
    assert raised.value.sent
    assert [(asked.method, asked.target) for asked in server.asked] == [("POST", "/store?default")]


def test_a_server_that_refuses_before_it_has_read_all() -> None:
    def refuse(asked: Asked, wire: Wire) -> None:
        reply(413, b"too much")(asked, wire)

    with misbehaving(refuse) as server:
        made = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError, match=r"too large for the server \(413\): too much"):
            made.put(GRAPH, [b"#" * 1_000_000], replace=True)
        made.close()


def test_a_graph_is_read_as_it_comes() -> None:
    with misbehaving(raw(head(NTRIPLES) + ONE, 0.01, ONE)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        found = made.get(GRAPH)
        assert made.requests == 0  # lazily
        assert b"".join(found) == ONE * 2
        made.close()
    assert server.asked[0].target == "/store?graph=http%3A%2F%2Fexample.org%2F%C3%A4%2520b%231"


def test_a_graph_that_does_not_end() -> None:
    with misbehaving(raw(head(NTRIPLES), ONE * 1000, forever=True)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError, match="more than 1,000,000 bytes"):
            for _ in made.get(None, most=1_000_000):
                pass
        made.close()


def test_a_head_that_does_not_end_is_no_reason_to_wait_longer() -> None:
    with misbehaving(raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, forever=True)) as server:
        made = Transport(address_of(f"{server.url}/query")._replace(timeout=0.2))
        with pytest.raises(EndpointError, match=r"took longer than 0.2 seconds") as raised:
            made.update("INSERT DATA {}")
        made.close()
    assert raised.value.sent


@pytest.mark.parametrize("location", ["http://[", "", "\x80\x1b[31m", "//", "data:,x"])
def test_a_redirect_to_nowhere(location: str) -> None:
    with misbehaving(reply(302, Location=location)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        for do in (lambda: made.query("ASK {}"), lambda: list(made.get(None))):
            with pytest.raises(EndpointError) as raised:
                do()
            assert raised.value.what.startswith("the server ")
            assert "\x1b" not in str(raised.value)
        made.close()


def test_a_graph_that_is_not_there_is_empty() -> None:
    with misbehaving(reply(404), reply(200)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert list(made.get(GRAPH)) == []
        made.close()
    assert [asked.method for asked in server.asked] == ["GET", "HEAD"]


def test_a_slow_reader_is_not_a_slow_server() -> None:
    with misbehaving(raw(head(NTRIPLES) + ONE, 0.02, ONE)) as server:
        made = Transport(address_of(f"{server.url}/query")._replace(timeout=0.8))
        found = made.get(None)
        first = next(found)
        time.sleep(1)
        assert first + b"".join(found) == ONE * 2
        made.close()


@pytest.mark.parametrize(
    ("deeds", "expected", "requests"),
    [
        ([reply(200)], True, 1),
        ([reply(404)], False, 1),
        ([reply(405)], False, 1),
        ([reply(501), reply(404)], True, 2),  # Virtuoso
        ([reply(500), reply(200, ONE, NTRIPLES)], True, 2),
        ([reply(500), reply(400)], False, 2),
    ],
)
def test_whether_there_is_a_graph_store(deeds: list[Deed], expected: bool, requests: int) -> None:
    with misbehaving(*deeds) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert [made.has_graph_store() for _ in range(2)] == [expected] * 2
        made.close()
        assert len(server.asked) == requests


def test_no_address_for_graphs() -> None:
    made = Transport(address_of("http://127.0.0.1:1/anything"))
    assert made.has_graph_store() is False
    with pytest.raises(EndpointError, match="no address for whole graphs is known"):
        made.put(None, [], replace=True)
    assert made.requests == 0


def test_a_redirect_on_the_same_host_is_followed() -> None:
    with misbehaving(reply(308, Location="/other?default"), reply(200, ONE, NTRIPLES)) as server:
        made = Transport(address_of(f"{server.url}/query"))
        assert b"".join(made.get(None)) == ONE
        made.close()
        assert [asked.target for asked in server.asked] == ["/store?default", "/other?default"]


def test_description() -> None:
    text = b"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
        [] a sd:Service ; sd:feature sd:UnionDefaultGraph ; sd:supportedLanguage sd:SPARQL11Update ; sd:endpoint <> ."""
    with misbehaving(
        reply(200, text, "text/turtle"),
        reply(200, ONE, NTRIPLES),
        reply(200, b"<html>", "text/html"),
        reply(400),
        reply(200, b"no turtle", "text/turtle"),
        reply(403),
    ) as server:
        made = Transport(address_of(f"{server.url}/query"))
        sd = "http://www.w3.org/ns/sparql-service-description#"
        assert made.description() == {f"{sd}UnionDefaultGraph", f"{sd}SPARQL11Update"}
        assert [made.description() for _ in range(4)] == [None] * 4
        with pytest.raises(EndpointError, match="403"):
            made.description()
        made.close()
    assert {asked.method for asked in server.asked} == {"GET"}


def test_a_certificate_is_checked_and_the_name_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    with misbehaving(reply(200, YES, JSON), tls=True) as server:
        made = Transport(address_of(f"https://localhost:{server.port}/query"))
        assert [made.query("ASK {}") for _ in range(3)] == [True] * 3
        assert server.connections == 1
        made.close()
        made = Transport(address_of(f"https://127.0.0.1:{server.port}/query"))
        with pytest.raises(EndpointError, match=r"not trusted: IP address mismatch"):
            made.query("ASK {}")
        made.close()
