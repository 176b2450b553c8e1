"""How things get their IRIs: what identifies a thing is spelt out in its name.

The same visit told by two articles gets the same IRI where both spell the same visitors, host and day. Where they
do not, because one tells only the month or no date at all, `kg.resolution` finds out whether they mean one event.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.namespaces import iri

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def slug(text: str) -> str:
    """A name as part of an IRI: ASCII letters and digits in lower case, joined by hyphens.

    >>> slug("Recep Tayyip Erdoğan"), slug("Côte d'Ivoire"), slug("金")
    ('recep-tayyip-erdogan', 'cote-divoire', 'u91d1')
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’")
    out = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return out or "-".join(f"u{ord(c):x}" for c in text.strip()) or "unnamed"


def local(node: NamedNode) -> str:
    """The last part of an IRI, in lower case.

    >>> local(iri("state", "RU"))
    'ru'
    """
    return re.split(r"[/#]", node.value)[-1].lower()


def _when(start: str | None, article: str) -> str:
    """A day or a month tells one event from the next; what tells less is known by its article too.

    >>> _when("2024-05-16", "a"), _when("2024-05", "a"), _when("2024", "a"), _when(None, "a")
    ('2024-05-16', '2024-05', '2024-a', 'a')
    """
    if start and len(start) == 4:
        return f"{start}-{article}"
    return start or article


def visit(
    visitors: Iterable[NamedNode], host: NamedNode | None, start: str | None, article: str
) -> NamedNode:
    """A visit is known by its visitors, the host state and its first day or month; else by its article.

    >>> visit([iri("person", "ada-example")], iri("state", "FR"), "2024-05-16", "a").value
    'https://w3id.org/summitry/id/visit/ada-example-fr-2024-05-16'
    """
    who = "-".join(sorted(local(v) for v in visitors)) or "unknown"
    return iri("visit", f"{who}-{local(host) if host else 'unknown'}-{_when(start, article)}")


def meeting(participants: Iterable[NamedNode], start: str | None, article: str) -> NamedNode:
    """A meeting is known by those who take part and its day or month; else by its article."""
    return iri("meeting", f"{'-'.join(sorted(local(p) for p in participants))}-{_when(start, article)}")


def summit(organizer: NamedNode, place: str | None, start: str | None, article: str) -> NamedNode:
    """A summit is known by its organization, its place, and its first day or month; else by its article.

    >>> summit(iri("organization", "g7"), "Hiroshima", "2023-05-19", "a").value
    'https://w3id.org/summitry/id/summit/g7-hiroshima-2023-05-19'
    """
    parts = [local(organizer), slug(place) if place else "", _when(start, article)]
    return iri("summit", "-".join(p for p in parts if p))


def agreement(parties: Iterable[NamedNode], title: str, day: str | None, article: str) -> NamedNode:
    """An agreement is known by its parties, its name or topic, and its day or article."""
    who = "-".join(sorted(local(p) for p in parties))
    return iri("agreement", f"{who}-{slug(title)[:60].strip('-')}-{_when(day, article)}")


def invitation(
    inviters: Iterable[NamedNode], invitees: Iterable[NamedNode], to: str | None, article: str
) -> NamedNode:
    """An invitation is known by who invites whom, and to what; without that, by its article."""
    who = [*sorted(local(p) for p in inviters), *sorted(local(p) for p in invitees)]
    return iri("invitation", "-".join([*who, slug(to) if to else article]))


def relation(states: Iterable[NamedNode]) -> NamedNode:
    """The relations of two states.

    >>> relation([iri("state", "RU"), iri("state", "CN")]).value
    'https://w3id.org/summitry/id/relation/cn-ru'
    """
    return iri("relation", "-".join(sorted(local(s) for s in states)))


def anniversary(ordinal: str, of: Iterable[NamedNode], what: str | None, article: str) -> NamedNode:
    """An anniversary is known by its number and whose it is, and by what it is of where nobody's."""
    whose = "-".join(sorted(local(s) for s in of)) or f"{slug(what or 'event')}-{article}"
    return iri("anniversary", f"{ordinal}-{whose}")
