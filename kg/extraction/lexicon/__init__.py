"""The language of diplomacy: titles, verbs and nouns that the rules look for, a module for each subject.

Only words of the language are listed here. Names of people, states, places and organizations are facts and
come from the reference graph or from the text. Every list can be had from here.
"""

# ruff: noqa: F403
from __future__ import annotations

from kg.extraction.lexicon.bodies import *
from kg.extraction.lexicon.documents import *
from kg.extraction.lexicon.mood import *
from kg.extraction.lexicon.names import *
from kg.extraction.lexicon.numbers import *
from kg.extraction.lexicon.titles import *
from kg.extraction.lexicon.travel import *
