"""Where in a file each of its triples stands: read only when something is found to be wrong with one."""

from __future__ import annotations

from kg.rdf_positions.index import placed
from kg.rdf_positions.place import Place, Placed

__all__ = ["Place", "Placed", "placed"]
