"""What front matter and JSON say about an article, under any of the names they use for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.articles.dates import parse_date
from kg.articles.normalization import one_line
from kg.errors import ArticleError

_KEYS = {
    "headline": ("headline", "title"),
    "publisher": ("publisher", "source", "agency", "site", "sitename", "outlet"),
    "published": ("published", "date", "datepublished", "publishedat", "publisheddate", "pubdate",
                  "publicationdate", "publishdate"),
    "identifier": ("identifier", "id", "guid"),
    "url": ("url", "link", "permalink", "canonicalurl"),
    "based_on": ("basedon", "isbasedon", "original"),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; None where nothing says it."""

    headline: str | None = None
    publisher: str | None = None
    published: date | None = None
    identifier: str | None = None
    url: str | None = None
    based_on: str | None = None
    language: str | None = None


def metadata_of(values: Mapping[str, object], where: Callable[[str], str]) -> Metadata:
    """Read the keys that are known; others are ignored.

    Case, hyphens and underscores of keys do not count. `where` says where a key stands, for messages. Raises
    ArticleError for a date that is none, and for a value that is a list or has parts.

    >>> found = metadata_of({"Title": "Talks", "date": "16 May 2024", "views": 3}, "line of {}".format)
    >>> found.headline, found.published
    ('Talks', datetime.date(2024, 5, 16))
    """
    plain = {_plain(key): key for key in reversed(list(values))}
    found: dict[str, str] = {}
    keys: dict[str, str] = {}
    for name, aliases in _KEYS.items():
        for alias in aliases:
            if alias not in plain:
                continue
            key = plain[alias]
            value = _single(values[key], key, where)
            if value is None or (alias == "source" and _is_url(value)):
                continue
            found[name], keys[name] = value, key
            break
    if "url" not in found and "source" in plain:
        value = _single(values[plain["source"]], plain["source"], where)
        if value is not None and _is_url(value):
            found["url"] = value
    published = _published(found.pop("published", None), keys.get("published", ""), where)
    return Metadata(published=published, **found)


def _published(value: str | None, key: str, where: Callable[[str], str]) -> date | None:
    if value is None:
        return None
    day = parse_date(value)
    if day is None:
        raise ArticleError(
            f"{key}: {value[:60]!r} is not a day", where=where(key), hint="write it as 2024-05-16"
        )
    return day


def _single(value: object, key: str, where: Callable[[str], str]) -> str | None:
    """The one value of a key: {"name": …} is how schema.org and news interfaces write a publisher."""
    if isinstance(value, Mapping):
        named = [value[part] for part in ("name", "title", "url", "@id", "id") if value.get(part)]
        value = named[0] if named else None
    elif isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value is None:
        return None
    if isinstance(value, (Mapping, list)):
        raise ArticleError(f"{key} must be a single value", where=where(key), hint="give the first of them")
    return one_line(str(value), where(key)) or None


def _is_url(value: str) -> bool:
    return value.startswith(("https://", "http://"))


def _plain(key: str) -> str:
    return key.casefold().replace("_", "").replace("-", "").replace(" ", "")
