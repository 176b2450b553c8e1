"""What the rules over the parse have settled already: where one has fired, or has refused with a reason, nothing is read again."""

from __future__ import annotations

from kg.extraction.reading import Reading

# Reasons that only say that the parse did not give enough; any other is a decision.
_MISSED = ("no place", "no visitor", "nobody is told", "fewer than two", "no guest", "no traveller")


def settled(reading: Reading, kind: str) -> set[int]:
    """The offsets of words at which a rule has read an event of a kind, or has decided that there is none."""
    return {
        note.start
        for note in reading.notes
        if note.outcome == "fired"
        or (note.candidate is not None and note.candidate.kind == kind and not note.why.startswith(_MISSED))
    }
