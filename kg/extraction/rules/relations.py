"""Relations between two states as somebody speaks of them: "the partnership between A and B", "A-B ties".

What the text calls an alliance is its word, not a treaty: only that the two states have relations is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import prepositions
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

_NOUNS = frozenset(
    {"relation", "tie", "partnership", "alliance", "cooperation", "friendship", "relationship"}
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for diplomatic relations, in order of place."""
    for token in reading.words:
        if token.pos_ != "NOUN" or token.lemma_ not in _NOUNS:
            continue
        states = [s for thing in prepositions(token, "between", "of") for s in referents.states(thing)]
        if len({s.iri for s in states}) == 2:
            candidate = Candidate(
                "relation", "relation-noun", token.idx, token.idx + len(token), Mood.PRESENT
            )
            for state in states:
                candidate.add("between", state.iri, state.start, state.end)
            reading.note("relation-noun", [token], "fired")
            yield candidate
        elif states:
            reading.note("relation-noun", [token], "dropped", "not between two states")
