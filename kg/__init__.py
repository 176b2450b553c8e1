"""Summitry: a knowledge graph of state visits, summits and agreements, built from the news.

    from kg import KnowledgeGraph

    graph = KnowledgeGraph.open()
    for row in graph.query("visits").rows:
        ...

Everything else is in the submodules; names here are imported when they are first used, so that the command
line starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.knowledge_graph import KnowledgeGraph

__all__ = ["KgError", "KnowledgeGraph", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "KnowledgeGraph":
        from kg.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    if name == "KgError":
        from kg.errors import KgError

        return KgError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
