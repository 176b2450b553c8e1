"""Basic, Digest and Bearer: what is sent to whom, and when."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import traceback
import urllib.request
from collections.abc import Callable

import pytest

from kg.errors import EndpointError, KgError
from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.transport import Transport
from tests.stores.endpoint.misbehaving import JSON, TLS, YES, Asked, Deed, Wire, misbehaving, reply
from tests.stores.endpoint.scenarios import SCENARIOS, Scenario

ASK = "ASK { ?s ?p ?o }"
USER, PASSWORD = "adä", "h:üsh-ключ"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment with a user and a password, neither of them in ASCII."""
    monkeypatch.setenv("KG_USER", USER)
    monkeypatch.setenv("KG_PASSWORD", PASSWORD)


def basic(user: str = USER, password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def wants_basic(asked: Asked, wire: Wire) -> bool | None:
    """A server that lets our user in."""
    if asked.headers.get("authorization") == basic():
        return reply(200, YES, JSON)(asked, wire)
    return reply(401, WWW_Authenticate='Negotiate, Basic realm="kg"')(asked, wire)


def wants_digest(algorithm: str = "MD5", nonces: list[str] | None = None) -> Deed:
    """A server that lets our user in by a digest, and counts how often a nonce was used."""
    hashes: dict[str, Callable[..., hashlib._Hash]] = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}
    known = nonces if nonces is not None else ["n1"]
    used: set[tuple[str, str]] = set()

    def digest(text: str) -> str:
        return hashes[algorithm](text.encode()).hexdigest()

    def do(asked: Asked, wire: Wire) -> bool | None:
        given = asked.headers.get("authorization", "")
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', given.removeprefix("Digest ")))
        stale = "false"
        if given.startswith("Digest "):
            secret = digest(f"{USER}:kg, here:{PASSWORD}")
            way = digest(f"{asked.method}:{asked.target}")
            right = digest(f"{secret}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:auth:{way}")
            fresh = (fields["nonce"], fields["nc"]) not in used
            used.add((fields["nonce"], fields["nc"]))
            if right == fields["response"] and fields["uri"] == asked.target and fresh:
                if fields["nonce"] == known[0]:
                    return reply(200, YES, JSON)(asked, wire)
                stale = "true"
        challenge = f'Digest realm="kg, here", nonce="{known[0]}", qop="auth, auth-int", algorithm={algorithm}, stale={stale}'
        return reply(401, WWW_Authenticate=challenge)(asked, wire)

    return do


@pytest.mark.usefixtures("known")
def test_basic_is_sent_over_http_only_when_asked_for() -> None:
    with misbehaving(wants_basic) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        assert transport.query(ASK) is True
        assert transport.query(ASK) is True
        transport.close()
        assert [asked.headers.get("authorization") for asked in server.asked] == [None, basic(), basic()]
        assert transport.requests == 3
    assert urllib.request._opener is None  # type: ignore[attr-defined]


@pytest.mark.usefixtures("known")
def test_basic_is_sent_over_https_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    with misbehaving(wants_basic, tls=True) as server:
        transport = Transport(address_of(f"https://localhost:{server.port}/query"))
        assert transport.query(ASK) is True
        assert transport.query(ASK) is True
        transport.close()
        assert (len(server.asked), server.connections) == (2, 1)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_digest(algorithm: str) -> None:
    with misbehaving(wants_digest(algorithm)) as server:
        transport = Transport(address_of(f"{server.url}/query?a=b"))
        for _ in range(3):
            assert transport.query(ASK) is True
        transport.close()
        assert transport.requests == 4
        assert not any("Basic" in str(asked.headers) for asked in server.asked)
    assert urllib.request._opener is None  # type: ignore[attr-defined]


@pytest.mark.usefixtures("known")
def test_a_nonce_that_ran_out_is_replaced() -> None:
    nonces = ["n1"]
    with misbehaving(wants_digest(nonces=nonces)) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        assert transport.query(ASK) is True
        nonces[0] = "n2"
        assert transport.query(ASK) is True
        transport.close()
        assert transport.requests == 4


@pytest.mark.parametrize("deed", [wants_basic, wants_digest()], ids=["basic", "digest"])
def test_a_wrong_password(deed: Deed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", USER)
    monkeypatch.setenv("KG_PASSWORD", "wrong")
    with misbehaving(deed) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError) as raised:
            transport.query(ASK)
        transport.close()
        assert len(server.asked) == 2
    assert raised.value.what == "the server does not accept the credentials (401)"
    assert (raised.value.hint or "").startswith("check them: set KG_USER and KG_PASSWORD")


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "challenge",
    [
        "Digest",
        "Digest realm=, nonce",
        'Digest realm="a", nonce="b", algorithm=MD6',
        'Digest realm="a", nonce="b", qop="auth-int"',
        "",
        "Negotiate",
        '"',
    ],
)
def test_a_challenge_that_cannot_be_met(challenge: str) -> None:
    with misbehaving(reply(401, WWW_Authenticate=challenge)) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(EndpointError, match=r"does not accept the credentials \(401\)"):
            transport.query(ASK)
        transport.close()
        assert len(server.asked) == 1


def test_a_token_goes_with_each_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", "t0ken")
    with misbehaving(reply(200, YES, JSON), reply(401)) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        assert transport.query(ASK) is True
        with pytest.raises(EndpointError, match="does not accept the credentials"):
            transport.update("INSERT DATA {}")
        transport.close()
        assert [asked.headers["authorization"] for asked in server.asked] == ["Bearer t0ken"] * 2


@pytest.mark.usefixtures("known")
def test_nothing_is_sent_to_where_a_redirect_leads() -> None:
    with misbehaving(wants_basic) as other:
        there = f"{other.url}/store"
        with misbehaving(reply(401, WWW_Authenticate="Basic"), reply(307, Location=there)) as server:
            transport = Transport(address_of(f"{server.url}/query"))
            with pytest.raises(EndpointError, match="sends us elsewhere"):
                list(transport.get(None))
            transport.close()
        assert other.asked == []


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_no_message_holds_them(scenario: Scenario, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    if "without end" in scenario.name or "more rows" in scenario.name:
        return  # what makes these different is time, and the limits that another test sets
    with scenario.run() as (transport, _), pytest.raises(KgError) as raised:
        scenario.does(transport)
    _is_nowhere(raised.value, transport, caplog.text)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 500, 503, "malformed", "a page", "partial"])
def test_a_server_that_repeats_them(status: int | str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    def echo(asked: Asked, wire: Wire) -> bool | None:
        given = asked.headers.get("authorization", "")
        if not given:
            return reply(401, WWW_Authenticate="Basic")(asked, wire)
        said = f"{given} is {USER} with {PASSWORD}"
        if status == "malformed":
            return reply(
                200,
                f'{{"head":{{"vars":["s"]}},"{said}":1,"results":{{"bindings":[{{"s":{{"type":"{said}"}}}}]}}}}'.encode(),
                JSON,
            )(asked, wire)
        if status == "a page":
            return reply(200, f"<html><title>{said}</title>".encode(), "text/html")(asked, wire)
        if status == "partial":
            return reply(200, YES, JSON, X_SQL_State=given)(asked, wire)
        where = f"http://h/{given.replace(' ', '/')}"
        kind = f"text/{given.partition(' ')[2]}" if status == 200 else "text/plain"
        return reply(int(status), said.encode(), kind, Location=where)(asked, wire)

    with misbehaving(echo) as server:
        transport = Transport(address_of(f"{server.url}/query"))
        with pytest.raises(KgError) as raised:
            transport.query(ASK)
        transport.close()
    assert "***" in str(raised.value)
    _is_nowhere(raised.value, transport, caplog.text)


def _is_nowhere(error: BaseException, transport: Transport, log: str) -> None:
    secrets = (PASSWORD, basic().removeprefix("Basic "))
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    for text in (
        str(error),
        repr(error),
        shown,
        log,
        repr(transport),
        repr(transport.address),
        repr(vars(transport)),
    ):
        assert not any(secret in text for secret in secrets)


def test_what_goes_unencrypted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", "t")
    assert Transport(address_of("http://kg.example.org/query")).notes == [
        "the credentials go unencrypted to kg.example.org; use https"
    ]
    for url in (
        "https://kg.example.org/query",
        "http://localhost/query",
        "http://127.0.0.1/query",
        "http://[::1]/query",
    ):
        assert Transport(address_of(url)).notes == []
    monkeypatch.delenv("KG_TOKEN")
    assert Transport(address_of("http://kg.example.org/query")).notes == []
