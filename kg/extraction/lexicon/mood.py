"""Moods: words that tell what is said, remembered, to come, unsure, called off or denied."""

from __future__ import annotations

from typing import Final

SPEECH_VERBS: Final = frozenset(
    [
        "say",
        "tell",
        "add",
        "announce",
        "note",
        "stress",
        "emphasize",
        "emphasise",
        "underline",
        "state",
        "declare",
        "explain",
        "confirm",
        "point",
        "remark",
        "claim",
        "comment",
        "report",
        "highlight",
        "underscore",
        "reiterate",
        "insist",
        "argue",
        "warn",
    ]
)
# Expressions that put what follows into the future, make it unsure, call it off or deny it.
PLANNING_ADJECTIVES: Final = frozenset(
    {"set", "due", "expected", "scheduled", "slated", "planned", "likely", "poised", "bound", "supposed"}
)
PLANNING_VERBS: Final = frozenset(
    {
        "plan",
        "expect",
        "schedule",
        "prepare",
        "intend",
        "agree",
        "accept",
        "anticipate",
        "arrange",
        "line",
        "slate",
        "bill",
    }
)
WISH_VERBS: Final = frozenset(
    {
        "hope",
        "want",
        "wish",
        "like",
        "love",
        "consider",
        "mull",
        "seek",
        "propose",
        "suggest",
        "urge",
        "call",
        "invite",
    }
)
# Forms that the lemmatizer takes for those of "hop".
HOPING: Final = frozenset({"hopes", "hoped", "hoping"})
# Verbs that bring the past back: what they govern has happened.
MEMORY_VERBS: Final = frozenset({"remember", "recall", "recollect", "reminisce", "commemorate"})
CANCEL_VERBS: Final = frozenset(
    {"cancel", "scrap", "abandon", "axe", "scuttle", "drop", "shelve", "abort", "ditch"}
)
POSTPONE_VERBS: Final = frozenset({"postpone", "delay", "defer", "reschedule"})
FUTURE_ADJECTIVES: Final = frozenset(
    {
        "upcoming",
        "forthcoming",
        "planned",
        "coming",
        "anticipated",
        "expected",
        "future",
        "scheduled",
        "imminent",
        "next",
    }
)
