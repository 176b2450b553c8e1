"""Puts ontology, shapes, queries, graph and articles into the wheel, under kg/data.

An editable install gets no copy: there the package reads the folders of the checkout itself.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the bundled folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; `version` is "standard" or "editable"."""
        if version == "standard":
            for folder in ("ontology", "shapes", "queries", "graph", "articles"):
                build_data["force_include"][folder] = f"kg/data/{folder}"
