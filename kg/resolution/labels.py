"""English names for events, made from what the resolved view says of them.

Visit of Vladimir Putin to China, May 2024
Talks of Vladimir Putin and Xi Jinping in Beijing, May 2024
16th BRICS summit in Kazan, October 2024
Invitation of Xi Jinping by Vladimir Putin: BRICS summit in Kazan
75th anniversary of relations between China and Russia, 2024
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ID, RDF, SCHEMA, SMT
from kg.resolution.rules import LABELLED
from kg.stores.base import Term

Values: TypeAlias = Mapping[NamedNode, set[Term]]
"""What a view says of one thing: its values by property."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MEETINGS = {
    SMT.Talks: "Talks of",
    SMT.PhoneCall: "Phone call between",
    SMT.SigningCeremony: "Signing ceremony of",
}


def when(date: str) -> str:
    """A date as a reader would put it in a title, to the month.

    >>> when("2024-05-16"), when("2024-05"), when("2024")
    ('May 2024', 'May 2024', '2024')
    """
    year, _, rest = date.partition("-")
    month = rest[:2]
    return f"{_MONTHS[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else year


def ordinal(number: str) -> str:
    """An English ordinal number.

    >>> [ordinal(n) for n in ("1", "12", "22", "75", "103")]
    ['1st', '12th', '22nd', '75th', '103rd']
    """
    if number[-2:] in {"11", "12", "13"}:
        return number + "th"
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")


def listed(names: Iterable[str]) -> str:
    """Names in a row, in alphabetical order.

    >>> listed(["Xi Jinping", "Vladimir Putin"])
    'Vladimir Putin and Xi Jinping'
    """
    row = sorted(names)
    return " and ".join([", ".join(row[:-1]), row[-1]] if len(row) > 1 else row)


def chosen(labels: Iterable[Term]) -> str | None:
    """One of several labels: the English one, else one without a language, else the first in lexical order.

    >>> chosen([Literal("Kasan", language="de"), Literal("Kazan", language="en")])
    'Kazan'
    """
    literals = [label for label in labels if isinstance(label, Literal)]
    ranks = {"en": 0, None: 1}
    best = min(literals, key=lambda term: (ranks.get(term.language, 2), term.value), default=None)
    return best.value if best is not None else None


def readable(thing: Term) -> str:
    """A name for a thing that has none, from its IRI.

    >>> readable(NamedNode("https://w3id.org/summitry/id/person/vladimir-putin"))
    'Vladimir Putin'
    """
    if not isinstance(thing, NamedNode):
        return str(thing)
    return " ".join(
        word if word.isupper() else word.capitalize()
        for word in thing.value.removeprefix(ID).rsplit("/", 1)[-1].split("-")
    )


def derived_label(
    values: Values, name: Callable[[Term], str], look: Callable[[Term], Values]
) -> Literal | None:
    """The label of an event or invitation, from its values; None for other things, or with nothing to say.

    `name` gives the label of another thing, `look` its values.
    """
    text = _text(values, name, look)
    return Literal(text, language="en") if text else None


def _text(values: Values, name: Callable[[Term], str], look: Callable[[Term], Values]) -> str:
    kinds = values.get(RDF.type, set()) & LABELLED
    one = _first(values)
    date = one(SCHEMA.startDate)
    suffix = f", {when(date.value)}" if isinstance(date, Literal) else ""
    location = one(SCHEMA.location)
    place = f" in {name(location)}" if location is not None else ""
    if SMT.Visit in kinds:
        who, whence = values.get(SMT.visitor, set()), one(SMT.sendingState)
        start = f"Visit of {listed(map(name, who))}" if who else "Visit"
        start += f" from {name(whence)}" if whence and not who else ""
        goal = one(SMT.hostState) or location
        return start + (f" to {name(goal)}" if goal else "") + suffix
    if SMT.Summit in kinds:
        number, organizer = one(SMT.ordinal), one(SCHEMA.organizer)
        words = [ordinal(number.value)] if isinstance(number, Literal) else []
        words += [name(organizer)] if organizer else []
        title = " ".join([*words, "summit"])
        host = one(SMT.hostState)
        where = place or (f" in {name(host)}" if host else "")
        return title[0].upper() + title[1:] + where + suffix
    if SMT.Meeting in kinds:
        kind = next(
            (words for term, words in _MEETINGS.items() if term in values.get(SMT.meetingKind, ())), None
        )
        people = values.get(SMT.participant, set())
        title = kind or "Meeting of"
        title = f"{title} {listed(map(name, people))}" if people else title.rsplit(" ", 1)[0]
        return title + place + suffix
    if SMT.Anniversary in kinds:
        number, what = one(SMT.ordinal), one(SMT.anniversaryOf)
        title = f"{ordinal(number.value)} anniversary" if isinstance(number, Literal) else "Anniversary"
        if what is not None:
            states = look(what).get(SMT.between, set())
            title += f" of relations between {listed(map(name, states))}" if states else f" of {name(what)}"
        return title + suffix
    if SMT.Invitation in kinds:
        title = "Invitation"
        title += f" of {listed(map(name, values[SMT.invitee]))}" if values.get(SMT.invitee) else ""
        title += f" by {listed(map(name, values[SMT.inviter]))}" if values.get(SMT.inviter) else ""
        event = one(SMT.invitedTo)
        return title + (f": {name(event)}" if event is not None else "")
    if SMT.DiplomaticEvent in kinds:
        return "Diplomatic event" + place + suffix
    return ""


def _first(values: Values) -> Callable[[NamedNode], Term | None]:
    return lambda predicate: min(values.get(predicate, ()), key=str, default=None)
