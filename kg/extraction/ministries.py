"""Whose a ministry is that a spokesperson speaks for, by where the text has told of it before.

"The Foreign Ministry in X said …. Ministry spokesman N. added …": N. speaks for the state of which X is the capital.
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.extraction.names import NameMatch, Names
from kg.extraction.persons import Office, owner

_MINISTRY = re.compile(
    r"(?:\b(?:[Ff]oreign|[Ee]xternal|[Dd]efen[cs]e|[Ii]nterior)(?: [Aa]ffairs)? )?\b(?:[Mm]inistry|[Ff]oreign [Oo]ffice)\b"
    r"(?: (?:of|for) (?:(?:Foreign|External|European|International|and|&) )*(?:Affairs|Relations|Cooperation|Defen[cs]e))?"
)


def owner_before(
    text: str, office: Office, start: int, matches: list[NameMatch], names: Names
) -> NamedNode | None:
    """The state of the ministry told last before an offset, for an office that names a ministry without a state.

    >>> owner_before("Officials spoke.", Office("Speaker", "OtherOffice", None), 9, [], None) is None
    True
    """
    if office.kind != "Spokesperson" or not re.search(r"ministry|foreign office", office.ministry):
        return None
    for found in reversed(list(_MINISTRY.finditer(text, 0, max(0, start - 1)))):
        for match in matches:
            if match.end in {found.start() - 1, found.start() - 3} and owner(match) is not None:
                return owner(match)
            follows = re.match(r" (in|of) (?:the )?", text[found.end() :])
            if follows and match.start == found.end() + follows.end():
                if (whose := owner(match)) is not None:
                    return whose
                states = {
                    names.capital_of[s.entity.iri] for s in match.senses if s.entity.iri in names.capital_of
                }
                if len(states) == 1:
                    return next(iter(states))
    return None
