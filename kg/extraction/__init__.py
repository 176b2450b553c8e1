"""Reading claims out of articles: names, parse, rules, events, claims.

    text ──▶ Reading (names, people, places, times) ──rules──▶ candidates ──▶ events ──▶ claims

This package knows no store: it is given the names of the reference graph, and gives back claims.
"""

from __future__ import annotations

from kg.extraction.extractor import Extraction, Extractor
from kg.extraction.names import Names

__all__ = ["Extraction", "Extractor", "Names"]
