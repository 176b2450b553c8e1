"""Every error that Summitry raises on purpose.

    KgError                      exit code 2
    ├── InputError               something given by the user cannot be read or used
    │   ├── ArticleError         an article
    │   ├── RdfSyntaxError       a file of triples
    │   ├── QuerySyntaxError     a SPARQL query
    │   ├── QueryNotFoundError   the name of a stored query
    │   ├── ParameterError       a query parameter
    │   ├── NotFoundError        a thing, claim or article that the graph does not hold
    │   └── MissingExtraError    a feature whose optional dependency is not installed
    ├── ValidationError          the change breaks the shapes; carries the report      (exit 1)
    ├── DivergedError            what would be overwritten is not known elsewhere      (exit 1)
    └── StoreError               the store or endpoint failed                          (exit 3)
        ├── StoreLockedError     another process is writing to it
        ├── StoreFormatError     not a store, or written by a newer version
        ├── QueryTimeoutError    a query ran longer than it was allowed to
        └── EndpointError        a SPARQL server, or the way there

A message says what is wrong, where, and what to try, in that order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.validation.report import Report


class KgError(Exception):
    """Base of all errors of this package.

    >>> str(KgError("no such thing", where="line 3", hint="try another"))
    'no such thing; line 3; try another'
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return "; ".join(part for part in (self.what, self.where, self.hint) if part)


class InputError(KgError):
    """Something that the user gave cannot be read or used."""


class ArticleError(InputError):
    """An article cannot be read."""


class RdfSyntaxError(InputError):
    """A file of triples is not well-formed."""


class QuerySyntaxError(InputError):
    """A SPARQL query is not well-formed, or is not a query."""


class QueryNotFoundError(InputError):
    """No stored query has this name."""


class ParameterError(InputError):
    """A query parameter is missing, unknown, or not of its declared type."""


class NotFoundError(InputError):
    """The graph holds no such thing, claim or article."""


class MissingExtraError(InputError):
    """An optional dependency is not installed."""


class ValidationError(KgError):
    """A change would break the shapes; nothing was written."""

    exit_code = 1

    def __init__(
        self, what: str, *, report: Report, where: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.report = report


class DivergedError(KgError):
    """A store would lose what only it holds, and nobody said that it may; nothing was written."""

    exit_code = 1


class StoreError(KgError):
    """The store or endpoint failed."""

    exit_code = 3


class StoreLockedError(StoreError):
    """Another process is writing to the store."""


class StoreFormatError(StoreError):
    """The target is not a store, or was written by a newer version."""


class QueryTimeoutError(StoreError):
    """A query ran longer than it was allowed to."""


class EndpointError(StoreError):
    """A SPARQL server, or the way to it, failed.

    `sent` tells whether what was asked may have been carried out all the same, `status` is that of HTTP if there
    was an answer, and `again` the seconds after which it may help to ask again (None: it would not).
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        sent: bool = False,
        status: int | None = None,
        again: float | None = None,
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.sent = sent
        self.status = status
        self.again = again
