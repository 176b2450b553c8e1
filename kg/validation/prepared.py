"""SPARQL constraints asked about many nodes: what does not depend on the node is done once.

pySHACL looks over the text of a constraint and parses it for every node anew, and rdflib works out each EXISTS of it for every
solution. Whoever moves a leader to another state breaks a rule for hundreds of visits at once, and these three
were nine tenths of the time. What is found stays pySHACL's and rdflib's: only their own answers are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import BNode, Graph, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["DataGraph", "looked_over_once"]

_HELPER: Any = SPARQLQueryHelper
_ALLOWED: set[tuple[str, bool, frozenset[str]]] = set()
# What may answer otherwise the second time, or reads another graph.
_UNSTEADY = frozenset(
    {"Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID", "Builtin_BNODE", "Builtin_NOW"}
    | {"Function", "Graph", "GraphGraphPattern", "ServiceGraphPattern"}
)


class DataGraph(Graph):
    """A graph that is asked the same queries about many nodes; it must not change any more once it was asked.

    With `remember=False` queries are parsed once, and all else is worked out anew every time.

    >>> from rdflib import RDF, RDFS
    >>> graph = DataGraph()
    >>> _ = graph.add((RDF.type, RDF.type, RDF.Property))
    >>> query = "SELECT $this WHERE { FILTER EXISTS { ?any a ?kind } }"
    >>> [len(graph.query(query, initBindings={"this": node})) for node in (RDF.type, RDFS.label)]
    [1, 1]
    >>> len(graph.remembered)
    1
    """

    def __init__(self, *, remember: bool = True) -> None:
        super().__init__()
        self.remembered: dict[tuple[Any, ...], Any] | None = {} if remember else None

    def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
        """As `Graph.query`; a query given as text is parsed the first time only."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **options)


@contextmanager
def looked_over_once() -> Iterator[None]:
    """Within this, whether SHACL allows a constraint's query is asked once for each text, not for each node.

    pySHACL's expressions for it take two milliseconds for a query of thirty lines. Their answer depends on the text
    and on which variables are bound, and on nothing else; what is not allowed is refused every time.
    """
    original = _HELPER.check_invalid_sparql

    def check(helper: Any, text: str, valuenode: Any = None, extravars: Any = None) -> bool:
        asked = (text, valuenode is not None, frozenset(extravars or ()))
        if asked not in _ALLOWED:
            original(helper, text, valuenode=valuenode, extravars=extravars)
            _ALLOWED.add(asked)
        return True

    _HELPER.check_invalid_sparql = check
    try:
        yield
    finally:
        _HELPER.check_invalid_sparql = original


@lru_cache(maxsize=256)
def _prepared(text: str) -> Any:
    query = prepareQuery(text)
    for part in list(_parts(query.algebra)):
        if isinstance(part, CompValue) and part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            _remember(part)
    return query


def _remember(exists: Any) -> None:
    """Let an EXISTS answer once for the same values of the variables in it: nothing else that changes can matter to it."""
    inside = list(_parts(vars(exists).get("graph")))
    if any(isinstance(part, CompValue) and part.name in _UNSTEADY for part in inside):
        return
    # Nameless nodes in a pattern are variables too.
    variables = sorted({part for part in inside if isinstance(part, Variable | BNode)})
    original: Callable[[Any], Any] = exists._evalfn
    this = object()

    def answer(solution: Any) -> Any:
        context = solution.ctx.thaw(solution)
        remembered = getattr(context.graph, "remembered", None)
        if remembered is None:
            return original(solution)
        asked = (this, *(context[variable] for variable in variables))
        if asked not in remembered:
            remembered[asked] = original(solution)
        return remembered[asked]

    exists._evalfn = answer


def _parts(part: Any) -> Iterator[Any]:
    """All that a part of a query is made of, itself first; rdflib keeps some of it as entries, some as attributes."""
    waiting = [part]
    while waiting:
        at = waiting.pop()
        yield at
        if isinstance(at, CompValue):
            waiting += dict.values(at)
            waiting += [value for name, value in vars(at).items() if name not in ("ctx", "_evalfn", "name")]
        elif isinstance(at, dict):
            waiting += [*at.keys(), *at.values()]
        elif isinstance(at, list | tuple | set | frozenset):
            waiting += at
