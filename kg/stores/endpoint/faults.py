"""What goes wrong with a server, as errors that say what, where and what to try.

Words of a server come as kg.stores.endpoint.words and Sender leave them: short, harmless, without our credentials.
"""

from __future__ import annotations

import re
from typing import Final

from kg.errors import EndpointError, QuerySyntaxError, QueryTimeoutError, StoreError
from kg.stores.endpoint.words import one_line

_SOON: Final = 0.0
"""Try again, after the usual pause."""
_REFUSED: Final = frozenset({401, 403, 404, 405, 406, 407, 410, 411, 413, 414, 415, 429})
"""Statuses by which a server says that it has not even begun."""
_BUSY: Final = {
    429: "the server is asked too often",
    502: "the server behind a proxy does not answer",
    503: "the server is not available",
    504: "the server behind a proxy does not answer",
}
_NO_RIGHTS: Final = re.compile(
    r"\bno permission\b|\bpermission denied\b|\bnot authori[sz]ed\b", re.IGNORECASE
)
_CREDENTIALS: Final = (
    "set KG_USER and KG_PASSWORD (or KG_TOKEN), or write an entry for the host into ~/.netrc"
)


def unreachable(error: BaseException, where: str, *, met: bool) -> EndpointError:
    """For a server that could not be connected to; `met` says that it could be before."""
    import socket
    import ssl

    host = where.partition("://")[2].partition("/")[0]
    again = _SOON if met else None
    if isinstance(error, socket.gaierror):
        return EndpointError(
            f"no server has the name {host}",
            where=where,
            hint="check the address, and the network",
            again=again,
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return EndpointError(
            f"the certificate of the server is not trusted: {error.verify_message}",
            where=where,
            hint="check the address; for an authority of your own set SSL_CERT_FILE to its certificate",
        )
    if isinstance(error, ssl.SSLError):
        why = error.reason or ""
        usual = not why or "VERSION" in why or "EOF" in why or "RECORD" in why  # what http servers cause
        return EndpointError(
            "no secure connection could be made" + ("" if usual else f" ({one_line(why)})"),
            where=where,
            hint="check that the server speaks https at this port; if not, write http://",
        )
    if isinstance(error, TimeoutError):
        return EndpointError(
            "the server does not answer",
            where=where,
            hint="check the address, the network and firewalls",
            again=again,
        )
    if isinstance(error, ConnectionRefusedError):
        return EndpointError(
            "the connection was refused: no server listens there",
            where=where,
            hint="start the server, or check host and port",
            again=again,
        )
    return EndpointError(
        f"the server cannot be reached: {_reason(error)}",
        where=where,
        hint="check the address, and the network",
        again=again,
    )


def broken(error: BaseException, where: str) -> EndpointError:
    """For a connection that broke after something was sent, before an answer came."""
    from http.client import RemoteDisconnected

    usual = isinstance(error, RemoteDisconnected | ConnectionResetError | BrokenPipeError)
    return EndpointError(
        "the server ended the connection without an answer" + ("" if usual else f" ({_reason(error)})"),
        where=where,
        hint="check the address, and whether it is https; if they are right, see the log of the server",
        sent=True,
        again=_SOON,
    )


def not_http(where: str) -> EndpointError:
    """For something that listens and is no HTTP server."""
    return EndpointError(
        "what answers there does not speak HTTP",
        where=where,
        hint="check the port, and whether it is https",
        sent=True,
    )


def cut(where: str, received: int) -> EndpointError:
    """For a body that ended too early."""
    return EndpointError(
        f"the answer was cut off after {received:,} bytes",
        where=where,
        hint="try again; if it stays so, see the log of the server and of proxies before it",
        sent=True,
        again=_SOON,
    )


def too_slow(where: str, seconds: float, *, query: str | None = None) -> StoreError:
    """For an answer that is not complete in time; a QueryTimeoutError where a query was asked."""
    what = f"took longer than {seconds:g} second{'' if seconds == 1 else 's'}"
    if query is not None:
        return QueryTimeoutError(
            f"the query {what}",
            where=f"{where}: {' '.join(query.split())[:80]}",
            hint="raise --timeout (0 is no limit), or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
        )
    return EndpointError(
        f"the answer of the server {what}",
        where=where,
        hint="raise timeout in kg.toml, or see what keeps the server busy",
        sent=True,
    )


def too_large(where: str, limit: str) -> EndpointError:
    """For an answer that does not end, or has more than fits."""
    return EndpointError(
        f"the answer has more than {limit}, and was not read further",
        where=where,
        hint="ask for less (LIMIT, or join the patterns by a variable)",
        sent=True,
    )


def restless(where: str) -> EndpointError:
    """For a server that sends us round, or asks again and again who we are."""
    return EndpointError(
        "the server redirects, or asks who we are, without end",
        where=where,
        hint="check the address, and the server's configuration",
    )


def redirected(where: str, to: str) -> EndpointError:
    """For a redirect that is not followed."""
    return EndpointError(
        f"the server sends us elsewhere, to {to}; that is not followed",
        where=where,
        hint="if you trust that address, give it with --store (and --update-endpoint), or in kg.toml",
    )


def partial(where: str, why: str) -> StoreError:
    """For an answer that the server itself says is not whole."""
    return QueryTimeoutError(
        f"the server gave only a part of the answer ({why})",
        where=where,
        hint="narrow the query, or raise the limits of the server",
    )


def shortened(where: str, rows: int) -> EndpointError:
    """For an answer that was cut at a limit of rows."""
    return EndpointError(
        f"the server ends answers after row {rows:,}, and this one has as many",
        where=where,
        hint="ask for less (LIMIT), or raise ResultSetMaxRows in its virtuoso.ini",
        sent=True,
    )


def html(where: str, words: str, *, sent: bool = True) -> EndpointError:
    """For a web page in place of results."""
    return EndpointError(
        f"the server answered with a web page instead of results{_quoted(words)}",
        where=where,
        hint="check that this is the address of the SPARQL endpoint; a login page or proxy may be in between",
        sent=sent,
    )


def wrong_type(where: str, content_type: str, coding: str = "") -> EndpointError:
    """For an answer in a format that was not asked for; `coding` is how it is compressed."""
    named = f'"{one_line(content_type, 60)}"' if content_type else "it names none"
    if coding:
        named += f", {one_line(coding, 20)}"
    return EndpointError(
        f"the server answered in a format that was not asked for ({named})",
        where=where,
        hint="check that this is the address of a SPARQL 1.1 endpoint",
        sent=True,
    )


def malformed(where: str, message: str) -> EndpointError:
    """For results that cannot be read."""
    return EndpointError(
        f"the answer of the server is malformed: {one_line(message)}",
        where=where,
        hint="try again; if it stays so, report it to those who run the server",
        sent=True,
    )


def of_status(
    status: int,
    words: str,
    where: str,
    *,
    query: str | None = None,
    guessed: str | None = None,
    asked: bool = False,
    again: float | None = None,
) -> StoreError | QuerySyntaxError:
    """For a status that is an error.

    `words` are those of the server; `query` is given where one was asked, `guessed` names a key of kg.toml whose
    address is a guess, `asked` says that credentials were sent.
    """
    said = _quoted(words)
    hint = "see the log of the server"
    if status == 400 and query is not None:
        return QuerySyntaxError(
            f"the server does not accept the query{said}",
            where=where,
            hint="check it against https://www.w3.org/TR/sparql11-query/",
        )
    if status in (408, 504) and query is not None:
        return QueryTimeoutError(
            f"the server gave up on the query ({status}){said}",
            where=where,
            hint="narrow the query, or raise the limits of the server",
        )
    if status == 400:
        what, hint = "the server does not accept the request", "check what the server supports"
    elif status == 401:
        what = "the server does not accept the credentials" if asked else "the server asks who you are"
        hint = f"check them: {_CREDENTIALS}" if asked else _CREDENTIALS
    elif status == 403:
        what = "the server does not allow it"
        hint = "ask those who run it for the right to do so" if asked else _CREDENTIALS
    elif status in (404, 405, 410, 501) and guessed is not None:
        what = f"the server takes no {'updates' if guessed == 'update' else 'graphs'} at this address, which was guessed"
        hint = (
            "give it with --update-endpoint, or as update in a table [stores.NAME] of kg.toml"
            if guessed == "update"
            else "give it as graph-store in a table [stores.NAME] of kg.toml"
        )
    elif status in (404, 410):
        what, hint = "there is nothing at this address", "check the address"
    elif status == 405:
        what, hint = (
            "the server does not take such requests at this address",
            "check the address, and that it is a SPARQL endpoint",
        )
    elif status == 413:
        what, hint = "the request is too large for the server", "raise its limit"
    elif status in (429, 502, 503, 504):
        what = _BUSY[status]
        hint = (
            "wait, and try again"
            if again is None or again < 1
            else f"wait {again:.0f} seconds, and try again"
        )
    elif status >= 500 and _NO_RIGHTS.search(words):
        # Virtuoso, of an update at /sparql.
        what, hint = "the server does not allow it", f"{_CREDENTIALS}; Virtuoso asks for them at /sparql-auth"
    elif status >= 500:
        what, hint = "the server failed", "see the log of the server"
    else:
        what = "the server gave an unexpected answer"
    if again is None and status in (429, 502, 503, 504):
        again = _SOON
    return EndpointError(
        f"{what} ({status}){said}",
        where=where,
        hint=hint,
        status=status,
        sent=status not in _REFUSED,
        again=again,
    )


def _quoted(words: str) -> str:
    line = one_line(words)
    return f": {line}" if line else ""


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return one_line(str(text)).rstrip(".")
