"""Queries over the resolved view, for servers on which it is a named graph.

The dataset that a query is written for has the resolved view as its default graph, and the graphs of claims, articles
and so on as its named ones. The rewritten query means the same there: each outermost group is put into
`GRAPH <resolved>`, inside which standard SPARQL lets another GRAPH lead out again, and where a variable ranges over
the named graphs it does not range over the view, nor over what else the server holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from kg.namespaces import ID, PREFIXES

_TOKEN: Final = re.compile(
    r"""
      (?P<skip> \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<text> \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$][\w·\u0300-\u036f\u203f\u2040]+ )
    | (?P<name> @?(?:[\w.%:·\u0300-\u036f\u203f\u2040-]|\\.)+ )
    | (?P<sign> \S )
    """,
    re.VERBOSE | re.DOTALL,
)


class _Word(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        return self.text.upper() if self.kind == "name" else self.text


def with_prefixes(text: str) -> str:
    """A query with declarations of the usual prefixes that it uses and does not declare.

    >>> with_prefixes("ASK { ?s a smt:Visit }").splitlines()[0]
    'PREFIX smt: <https://w3id.org/summitry/ontology#>'
    """
    words = list(_words(text))
    declared = {after.text.partition(":")[0] for word, after in pairwise(words) if word.upper == "PREFIX"}
    used = {word.text.partition(":")[0] for word in words if word.kind == "name" and ":" in word.text}
    wanted = sorted((used - declared) & PREFIXES.keys())
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in wanted) + text


def over_named_view(text: str, resolved: NamedNode) -> str:
    """A query over the resolved view as one in which that is a named graph; as it is where it names its dataset.

    The text must be a query that is well-formed.

    >>> over_named_view("ASK { ?s ?p ?o }", NamedNode("urn:r"))
    'ASK { GRAPH <urn:r> { ?s ?p ?o }}'
    """
    words = list(_words(text))
    if _names_its_dataset(words):
        return text
    first = next((at for at, word in enumerate(words) if word.text == "{"), len(words))
    before = [word.upper for word in words[max(0, first - 2) : first]]
    template = first if before[-1:] == ["CONSTRUCT"] else None
    both = first if before == ["CONSTRUCT", "WHERE"] else None  # template and pattern in one
    pieces: list[tuple[int, int, str]] = []
    opened: list[int] = []
    for at, word in enumerate(words):
        if word.text == "{":
            opened.append(at)
        elif word.text == "}" and opened:
            start = opened.pop()
            if not opened and start != template and not _is_values(words, start):
                pieces += [(words[start].end, 0, f" GRAPH {resolved} {{"), (word.start, 1, "}")]
            if (name := _graph_variable(words, start)) is not None:
                own = f'STRSTARTS(STR({name}), "{ID}") && {name} != {resolved}'
                pieces.append((word.end, 2, f" FILTER({own})"))
            if start == both:
                pieces.append((words[start - 1].start, 0, f"{text[words[start].start : word.end]} "))
    for offset, _, piece in sorted(pieces, reverse=True):
        text = text[:offset] + piece + text[offset:]
    return text


def without_describe(text: str) -> str:
    """A DESCRIBE query as the CONSTRUCT query that asks for all triples about the same things, which is what it answers
    in an embedded store; servers choose what they answer. Any other query, and one that names its dataset, as it is.

    >>> without_describe("DESCRIBE <urn:a>")
    'CONSTRUCT { ?_s ?_p ?_o } WHERE { VALUES ?_s { <urn:a> } ?_s ?_p ?_o }'
    """
    words = list(_words(text))
    at = next((at for at, word in enumerate(words) if word.upper == "DESCRIBE"), None)
    if at is None or _names_its_dataset(words) or any(word.text == "{" for word in words[:at]):
        return text
    end = next((n for n in range(at + 1, len(words)) if words[n].upper in ("WHERE", "{")), len(words))
    things = words[at + 1 : end]
    head = text[: words[at].start] + "CONSTRUCT { ?_s ?_p ?_o } WHERE { "
    known = " ".join(word.text for word in things if word.kind != "variable")
    rest = text[words[end].start :] if end < len(words) else ""
    names = [word.text for word in things if word.kind == "variable"]
    if known == "*":
        known = ""
        inner = {word.text for word in words[end:] if word.kind == "variable"}
        names = sorted(inner)
    parts = [f"VALUES ?_s {{ {known} }} ?_s ?_p ?_o"] if known else []
    parts += [f"{{ SELECT DISTINCT ({name} AS ?_s) {rest} }} ?_s ?_p ?_o" for name in names]
    if len(parts) > 1:
        parts = [" UNION ".join(f"{{ {part} }}" for part in parts)]
    return f"{head}{''.join(parts)} }}"


def _words(text: str) -> Iterator[_Word]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None and kind != "skip":
            yield _Word(kind, match[0], match.start(), match.end())


def _names_its_dataset(words: list[_Word]) -> bool:
    depth = 0
    for word in words:
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0 and word.upper == "FROM":
            return True
    return False


def _is_values(words: list[_Word], opened: int) -> bool:
    """Whether braces hold the rows of VALUES."""
    at = opened - 1
    if words[at].text == ")":
        while at > 0 and words[at].text != "(":
            at -= 1
        at -= 1
    elif words[at].kind == "variable":
        at -= 1
    return at >= 0 and words[at].upper == "VALUES"


def _graph_variable(words: list[_Word], opened: int) -> str | None:
    """The variable of GRAPH ?g { … }, where braces open it."""
    if opened > 1 and words[opened - 1].kind == "variable" and words[opened - 2].upper == "GRAPH":
        return words[opened - 1].text
    return None
