"""A proxy that the environment names is used, unless it is told not to be."""

from __future__ import annotations

import pytest

from kg.errors import EndpointError
from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.proxies import Proxy, proxy_for
from kg.stores.endpoint.transport import Transport
from tests.stores.endpoint.misbehaving import JSON, YES, misbehaving, reply


def test_a_query_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with misbehaving(reply(200, YES, JSON)) as proxy:
        monkeypatch.setenv("http_proxy", f"http://ada:p%40ss@127.0.0.1:{proxy.port}")
        made = Transport(address_of("http://kg.invalid/query?a=b"))
        assert [made.query("ASK {}") for _ in range(2)] == [True, True]
        made.close()
        assert proxy.connections == 1
    assert {asked.target for asked in proxy.asked} == {"http://kg.invalid/query?a=b"}
    assert proxy.asked[0].headers["host"] == "kg.invalid"
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic YWRhOnBAc3M="


def test_not_for_hosts_that_are_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    with misbehaving(reply(200, YES, JSON)) as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        made = Transport(address_of(f"{server.url}/query"))
        assert made.query("ASK {}") is True
        made.close()


def test_a_tunnel_that_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with misbehaving(reply(407, b"who are you")) as proxy:
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
        made = Transport(address_of("https://kg.invalid/query"))
        with pytest.raises(EndpointError, match="cannot be reached: Tunnel connection failed: 407"):
            made.query("ASK {}")
        made.close()
    assert [(asked.method, asked.target) for asked in proxy.asked] == [("CONNECT", "kg.invalid:443")]


def test_the_password_of_a_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://ada:hush@proxy.example.org:8080")
    found = proxy_for("https", "h", None)
    assert repr(found) == "Proxy('proxy.example.org', 8080)"
    assert found is not None
    assert found[:2] == ("proxy.example.org", 8080)
    monkeypatch.setenv("all_proxy", "socks5://proxy.example.org:1080")
    assert proxy_for("https", "h", None) is None
    assert Proxy("h", 1, None).authorization is None
