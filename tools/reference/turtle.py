"""Turtle as this project writes its reference files: sorted, one value per line, no blank nodes.

A subject is a prefixed name; a value is a string that is Turtle already, made by the functions below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kg.namespaces import PREFIXES

GEONAMES = "https://sws.geonames.org/"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")

# The order in which the properties of a subject are written; others follow in alphabetical order.
ORDER = (
    "a", "rdfs:label", "skos:altLabel", "smt:summitName", "smt:isoAlpha2", "smt:isoAlpha3", "smt:demonymNoun",
    "smt:demonymAdjective", "smt:demonymPrefix", "smt:metonym", "smt:capital", "smt:inState", "smt:organizationKind",
    "smt:officeKind", "org:postIn", "org:holds", "org:member", "org:organization", "smt:membershipRole",
    "smt:inOffice", "smt:from", "smt:until", "smt:population", "geo:lat", "geo:long", "skos:exactMatch",
    "rdfs:comment", "dcterms:source",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(ORDER)}


def name(prefix: str, local: str) -> str:
    """A prefixed name; refuses what Turtle would want escaped, since our own names never need it."""
    if prefix not in PREFIXES:
        raise ValueError(f"unknown prefix {prefix!r}")
    if not _LOCAL.fullmatch(local):
        raise ValueError(f"{local!r} is not a plain local name")
    return f"{prefix}:{local}"


def text(value: str, language: str | None = None) -> str:
    """A string literal, with its language where it has one."""
    quoted = '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'
    return f"{quoted}@{language}" if language else quoted


def english(value: str) -> str:
    """A string in English."""
    return text(value, "en")


def decimal(value: str) -> str:
    """An xsd:decimal, in the one form that Turtle reads as such without a datatype."""
    number = f"{Decimal(value):f}"
    return number if "." in number else f"{number}.0"


def date(value: str) -> str:
    """A date at the precision it is known to: year, month or day."""
    for pattern, datatype in (
        (r"\d{4}", "gYear"),
        (r"\d{4}-\d{2}", "gYearMonth"),
        (r"\d{4}-\d{2}-\d{2}", "date"),
    ):
        if re.fullmatch(pattern, value):
            return f'"{value}"^^xsd:{datatype}'
    raise ValueError(f"{value!r} is not a date")


def geonames(number: str) -> str:
    """The IRI of a feature of GeoNames."""
    return f"<{GEONAMES}{int(number)}/>"


def document(header: Iterable[str], subjects: Mapping[str, Mapping[str, Iterable[str]]]) -> str:
    """The whole file: header as comments, the prefixes that are used, the subjects in order."""
    body = []
    for subject in sorted(subjects):
        properties = subjects[subject]
        lines = [
            f"    {key} {value}"
            for key in sorted(properties, key=lambda key: (_RANK.get(key, len(_RANK)), key))
            for value in sorted(set(properties[key]))
        ]
        body.append(f"{subject}\n" + " ;\n".join(lines) + " .\n")
    whole = "\n".join(body)
    # Strings are cut out first: a colon in a sentence is no prefix.
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', whole)
    used = {prefix for prefix in PREFIXES if re.search(rf"(?<![\w-]){re.escape(prefix)}:", bare)}
    prefixes = "".join(f"@prefix {key}: <{PREFIXES[key]}> .\n" for key in PREFIXES if key in used)
    comments = "".join(f"# {line}".rstrip() + "\n" for line in header)
    return f"{comments}\n{prefixes}\n{whole}"
