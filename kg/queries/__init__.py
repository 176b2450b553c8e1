"""Stored SPARQL queries: reading them, binding their parameters, running them, writing the answers.

    catalog, load, names     what queries there are, what each of them asks for and answers
    bind                     the text of a query, with values for its parameters
    run, run_text            the answer of a stored query, of a SPARQL text
    kg.queries.results       answers as table, JSON, CSV, TSV, XML and Markdown

Nothing here imports more than it needs to answer one query: this is the way of `kg query`.
"""

from __future__ import annotations

from kg.queries.parameters import TYPES, bind
from kg.queries.running import check, form, run, run_text
from kg.queries.stored import Column, Parameter, StoredQuery, catalog, load, names

__all__ = [
    "TYPES", "Column", "Parameter", "StoredQuery", "bind", "catalog", "check", "form", "load", "names", "run",
    "run_text",
]  # fmt: skip
