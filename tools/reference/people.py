"""Names of people: which of the many spellings in the sources an English text may use."""

from __future__ import annotations

import difflib
import re

from .names import plain

_ROMAN = re.compile(r"[IVX]+")
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}\b")
# Titles, remarks and other languages in the source's column of names.
_NOISE = re.compile(
    r"[\[\](),:;\"`_0-9]|--|\b(?:President|Minister|Premier|Government|note|Papa|Pope|Sheikh|Gen|Maj|Lt|Col|Dr|Sir"
    r"|Congress|Representatives|Interior|Foreign|Monsignor|Príncipe|Duque|Tengku|Emir|Crown|or|resident)\b"
    r"|\b(?:da|dos) (?=[A-ZÀ-Þ])|\bde (?:Kelantan|Johor|Perak|Marrocos|Espanha)\b",
)
# Marks that English-language newspapers do not print: the label goes without, and the full spelling is another name.
_PLAIN_STATES = {"VN", "JP"}
_SIMILAR = 0.8
_PARTICLES = {"bin", "ibn", "van", "von", "der", "the"}


def printed(name: str, state: str) -> str:
    """The spelling for the label.

    >>> printed("Shinzō Abe", "JP"), printed("Aleksandar Vučić", "RS")
    ('Shinzo Abe', 'Aleksandar Vučić')
    """
    if state in _PLAIN_STATES or _only_macrons(name):
        return plain(name)
    return name


def _only_macrons(name: str) -> bool:
    rest = name.translate({ord(char): None for char in "ʻʼ‘’ĀāĒēĪīŌōŪū"})
    return rest != name and rest.isascii()


def plausible(alias: str, label: str) -> bool:
    """Whether a name from the sources is another English spelling of the label.

    >>> plausible("Rafiq Hariri", "Rafic Hariri"), plausible("Rafiq HARIRI", "Rafic Hariri")
    (True, False)
    >>> plausible("Choe Ryong Hae", "Kim Jae-ryong")
    False
    """
    words = alias.split()
    if len(words) < 2 or not alias[0].isupper() or _NOISE.search(alias):
        return False
    if any(not _ROMAN.fullmatch(word) for word in _CAPITALS.findall(alias)):
        return False
    if re.search(r"[a-z][A-Z]{2,}", alias) or (not alias.isascii() and plain(label) == label):
        return False
    ours, theirs = _tokens(label), _tokens(alias)
    return any(difflib.SequenceMatcher(None, a, b).ratio() >= _SIMILAR for a in ours for b in theirs)


def _tokens(name: str) -> list[str]:
    words = plain(name).lower().replace("-", "").split()
    return [word for word in words if len(word) > 2 and word not in _PARTICLES]


def hyphenless(name: str) -> str:
    """A Korean name as the North writes it: Kim Jong Un.

    >>> hyphenless("Lee Jae-myung")
    'Lee Jae Myung'
    """
    return re.sub(r"-([a-z])", lambda match: " " + match.group(1).upper(), name)
