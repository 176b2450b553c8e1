"""What was read of a server, in memory, and one request for all that is still missing.

Whoever looks something up by patterns does so step by step, and over a network each step would be a request. Here
a pattern that was not read yet is noted down and answered with nothing; the work is then done once more when
all that it noted down has been fetched together (kg.stores.endpoint.store). So many lookups take as many requests as
they build on one another, and the last time the work was done, everything that it read was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.namespaces import ID
from kg.stores.base import GraphName, Subject, Table, Term
from kg.stores.endpoint.layout import DEFAULT, RESOLVED_GRAPH

Pattern: TypeAlias = tuple[Subject | None, NamedNode | None, Term | None, GraphName | None]
"""Subject, predicate, object and graph; None stands for any."""

_NAMES: Final = ("s", "p", "o", "g")
# Virtuoso compiles a query into SQL of at most 10,000 lines; so many rows of VALUES it takes.
_ROWS: Final = 400


class Mirror:
    """Quads of a server that were read by patterns. `ask` sends a SELECT query.

    >>> from kg.namespaces import SMT
    >>> mirror = Mirror(lambda text: Table(("s", "p", "o", "g"), [(SMT.a, SMT.b, SMT.c, None)]), DEFAULT)
    >>> len(list(mirror.quads((SMT.a, None, None, None)))), len(mirror.wanted)
    (0, 1)
    >>> mirror.fetch()
    >>> len(list(mirror.quads((SMT.a, SMT.b, None, DEFAULT)))), len(mirror.wanted)
    (1, 0)
    """

    def __init__(self, ask: Callable[[str], Table], resolved: GraphName) -> None:
        self._ask = ask
        self._resolved = resolved
        self._memory = ox.Store()
        self._known: set[Pattern] = set()
        self.wanted: dict[Pattern, None] = {}

    def __len__(self) -> int:
        """How many quads were read."""
        return len(self._memory)

    def quads(self, pattern: Pattern) -> Iterator[Quad]:
        """The quads that match, if the pattern was read; otherwise none, and it is wanted."""
        if any(isinstance(term, BlankNode | Triple) for term in pattern):
            return iter(())  # what is anonymous cannot be asked for
        if not self._covered(pattern):
            self.wanted[_widened(pattern)] = None
            return iter(())
        return self._memory.quads_for_pattern(*pattern)

    def fetch(self, again: Pattern | None = None) -> None:
        """Read all that is wanted, and one pattern `again` that may have been read before."""
        wanted = [pattern for pattern in self.wanted if not self._covered(pattern)]
        if again is not None:
            wanted.append(again)
            for quad in list(self._memory.quads_for_pattern(*again)):
                self._memory.remove(quad)
        for at in range(0, len(wanted), _ROWS):
            some = wanted[at : at + _ROWS]
            self._memory.extend(matching(self._ask, some, self._resolved))
            self._known.update(some)
        self.wanted.clear()

    def change(self, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Follow a change that was made on the server."""
        for quad in delete:
            self._memory.remove(quad)
        self._memory.extend(quad for quad in insert if self._covered((*quad.triple, quad.graph_name)))

    def _covered(self, pattern: Pattern) -> bool:
        if pattern in self._known:
            return True
        choices = ((None,) if term is None else (term, None) for term in pattern)
        return any(wider in self._known for wider in product(*choices))


def matching(ask: Callable[[str], Table], patterns: Iterable[Pattern], resolved: GraphName) -> Iterator[Quad]:
    """The quads of ours on a server that match any of some patterns, in one request."""
    answer = ask(request(patterns, resolved))
    columns = [answer.columns.index(name) if name in answer.columns else None for name in _NAMES]
    for row in answer.rows:
        found = _quad(tuple(None if at is None else row[at] for at in columns), resolved)
        if found is not None:
            yield found


def _quad(row: tuple[Term | None, ...], resolved: GraphName) -> Quad | None:
    """A row of subject, predicate, object and graph as a quad of ours; None for quads of somebody else."""
    subject, predicate, obj, graph = row
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or obj is None:
        return None
    if graph is None or graph == resolved:
        return Quad(subject, predicate, obj, DEFAULT)
    if not isinstance(graph, NamedNode) or not graph.value.startswith(ID) or graph == RESOLVED_GRAPH:
        return None
    return Quad(subject, predicate, obj, graph)


def request(patterns: Iterable[Pattern], resolved: GraphName) -> str:
    """One SELECT query for the quads that match any of some patterns, where the resolved view is in this graph.

    >>> from kg.namespaces import SMT
    >>> request([(SMT.a, None, None, DEFAULT)], DEFAULT)
    'SELECT ?s ?p ?o ?g WHERE { VALUES ?s { <https://w3id.org/summitry/ontology#a> } ?s ?p ?o }'
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for pattern in patterns:
        *terms, graph = pattern
        bound = [(name, str(term)) for name, term in zip(_NAMES, terms, strict=False) if term is not None]
        where = "default" if graph == DEFAULT else "any" if graph is None else "named"
        if where == "named":
            bound.append(("g", str(graph)))
        names = " ".join(f"?{name}" for name, _ in bound)
        values = " ".join(value for _, value in bound)
        groups.setdefault((names, where), []).append(f"({values})" if len(bound) > 1 else values)
    parts = []
    for (names, where), rows in groups.items():
        head = f"({names})" if " " in names else names
        given = f"VALUES {head} {{ {' '.join(rows)} }} " if names else ""
        parts += [given + body for body in _bodies(where, resolved)]
    body = parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)
    return f"SELECT ?s ?p ?o ?g WHERE {{ {body} }}"


def _bodies(where: str, resolved: GraphName) -> list[str]:
    plain, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    if where == "named":
        return [named]
    if resolved == DEFAULT:
        return [plain] if where == "default" else [plain, named]
    if where == "default":
        return [f"GRAPH {resolved} {{ ?s ?p ?o }}"]
    return [f'{named} FILTER(STRSTARTS(STR(?g), "{ID}"))']


def _widened(pattern: Pattern) -> Pattern:
    """What to read for a pattern: of a thing all that is said of it, because the rest is wanted next."""
    subject, predicate, obj, graph = pattern
    if subject is not None:
        return (subject, None, None, graph)
    return (None, predicate, obj, graph)
