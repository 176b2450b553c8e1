"""Requests of the SPARQL 1.1 protocol, built by SPARQLWrapper; it is imported nowhere else."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg import __version__
from kg.errors import QuerySyntaxError
from kg.stores.endpoint.connection import Request
from kg.stores.endpoint.results import GRAPH, RESULTS
from kg.stores.sparql_text import is_update, keywords, syntax_error

AGENT: Final = f"Summitry/{__version__}"
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def form_of(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; raises QuerySyntaxError for what is no query.

    >>> form_of("# ASK {}\\nPREFIX ask: <urn:x> SELECT * {}")
    'SELECT'
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QuerySyntaxError(
            f"the query has something at character {error.start + 1} that is no letter",
            hint="is it UTF-8? The terminal may be set to another encoding",
        ) from None
    if is_update(text):
        raise syntax_error(text, "")
    for word in keywords(text):
        if word in _FORMS:
            return word
    raise QuerySyntaxError("this is no SPARQL query", hint="it must be SELECT, ASK, CONSTRUCT or DESCRIBE")


def query_request(url: str, text: str, form: str) -> Request:
    """A query as a form that is POSTed: Virtuoso 7 never answers one that is POSTed as it is."""
    accept = RESULTS if form in ("SELECT", "ASK") else GRAPH
    return _prepared(url, text, form, direct=False, accept=accept)


def update_request(url: str, text: str) -> Request:
    """An update that is POSTed as it is: forms are limited in size by many servers."""
    return _prepared(url, text, "INSERT", direct=True, accept="*/*")


def graph_request(method: str, url: str, graph: NamedNode | None) -> Request:
    """A request to a graph store; None is the default graph."""
    from urllib.parse import quote

    mark = "&" if "?" in url else "?"
    which = "default" if graph is None else f"graph={quote(graph.value, safe='')}"
    return Request(method, f"{url}{mark}{which}", {"User-Agent": AGENT, "Accept": GRAPH})


def _prepared(url: str, text: str, form: str, *, direct: bool, accept: str) -> Request:
    from SPARQLWrapper import POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper

    wrapper = SPARQLWrapper(url, updateEndpoint=url, agent=AGENT)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY if direct else URLENCODED)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    # Not setQuery: it guesses the form by a regular expression, which comments and prefixes mislead.
    wrapper.queryString, wrapper.queryType = text, form
    made = wrapper._createRequest()
    body = made.data if isinstance(made.data, bytes) else b""
    # A direct POST gets parameters of its own in the address, here none.
    sent_to = made.full_url.removesuffix("?") if not url.endswith("?") else made.full_url
    headers = {name: value for name, value in made.header_items() if name != "Content-length"}
    return Request("POST", sent_to, headers, body, len(body))
