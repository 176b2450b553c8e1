"""Editing what one claim states, by a menu of its triples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.cli.harmless import clean
from kg.cli.review import listen
from kg.cli.talk import counted, paint, say
from kg.errors import ParameterError

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    from kg.claims import Claim, Modality
    from kg.cli.review import Desk
    from kg.operations.editing import Editor
    from kg.operations.wording import Row

HELP = """\
  s      change the status: planned, under way, occurred, ...
  1      change the first value; a name is looked up as kg query does
  d 1    drop the first line
  +      add a date, person or place that the words say and the list lacks
  u      undo: back to what the extractor had read
  q      quit the review: nothing of this article is written
  ENTER  done"""


def edit(desk: Desk, number: int) -> None:
    """Let a person change a claim; offers the same change for other claims about the same thing."""
    from kg.operations.editing import Editor
    from kg.operations.review import ReviewStopped

    start = desk.current[number]
    while True:
        claim, wording = desk.current[number], desk.wording
        rows = wording.rows(claim)
        width = max((len(row.name) for row in rows), default=0)
        say(f"    s  {'status':{width}}  {claim.modality.value.lower()}")
        for place, row in enumerate(rows, 1):
            say(f"    {place}  {clean(row.name):{width}}  {clean(row.value)}")
        answer = listen("  change what? [s,1-9,d N,+,u,q,?, ENTER when done] ").lower()
        editor = Editor(desk.store, wording, desk.article.dateline_date or desk.article.published)
        chosen = re.fullmatch(r"(d ?)?([0-9]{1,3})", answer, re.ASCII)
        if not answer:
            break
        if answer == "q":
            raise ReviewStopped(desk.article.id)
        if answer == "s":
            desk.current[number] = _with_status(claim)
        elif answer == "u":
            desk.current[number] = desk.original[number]
        elif answer == "+":
            desk.current[number] = _with_more(editor, claim)
        elif chosen and 0 < int(chosen[2]) <= len(rows):
            row = rows[int(chosen[2]) - 1]
            desk.current[number] = (
                editor.dropped(claim, row.triple) if chosen[1] else _with_value(editor, claim, row)
            )
        else:
            say(HELP)
    _offer_to_others(desk, number, start, desk.current[number])


def _with_status(claim: Claim) -> Claim:
    from dataclasses import replace

    from kg.claims import Modality
    from kg.queries.concepts import choices, concept

    while True:
        answer = listen(f"  status [{claim.modality.value.lower()}] ")
        if not answer:
            return claim
        name = concept("modality", answer)
        if name is not None:
            return replace(claim, modality=Modality(name))
        say(f"    one of: {', '.join(choices('modality'))}; ENTER leaves it as it is")


def _with_value(editor: Editor, claim: Claim, row: Row) -> Claim:
    from kg.operations.editing import KIND_OF_VALUE

    if row.triple.predicate not in KIND_OF_VALUE:
        say("    that can only be dropped (d and its number)")
        return claim
    value = _value(editor, row.triple.predicate, f"{row.name} [{row.value}]")
    return claim if value is None else editor.replaced(claim, row.triple, value)


def _with_more(editor: Editor, claim: Claim) -> Claim:
    from kg.namespaces import RDF
    from kg.operations.editing import ADDABLE
    from kg.operations.wording import NAMES

    kinds = {t.object for t in claim.triples if t.subject == claim.about and t.predicate == RDF.type}
    open_ = {NAMES[p][0]: p for kind, predicates in ADDABLE.items() if kind in kinds for p in predicates}
    if not open_:
        say("    nothing can be added to a claim of this kind")
        return claim
    while True:
        answer = listen(f"  add what? [{', '.join(open_)}] ").lower()
        if not answer:
            return claim
        if answer in open_:
            value = _value(editor, open_[answer], answer)
            return claim if value is None else editor.added(claim, open_[answer], value)
        say("    one of those in brackets; ENTER adds nothing")


def _value(editor: Editor, predicate: NamedNode, prompt: str) -> NamedNode | Literal | None:
    """A value for a property, asked for until it is one; None where the person would rather not."""
    from pyoxigraph import NamedNode

    from kg.queries.terms import short

    while True:
        answer = listen(f"  {clean(prompt)} ")
        if not answer:
            return None
        try:
            value = editor.value(predicate, answer)
        except ParameterError as error:
            say(f"    {clean(error.what)}" + (f"; {clean(error.hint)}" if error.hint else ""))
            continue
        if isinstance(value, NamedNode):
            say(f"    {paint(short(value), 'dim')}")
        return value


def _offer_to_others(desk: Desk, number: int, before: Claim, after: Claim) -> None:
    """The same value may stand in other claims about the same thing, and would go on to speak for it."""
    from kg.operations.editing import Editor, exchanged
    from kg.operations.review import ReviewStopped

    editor = Editor(desk.store, desk.wording, desk.article.dateline_date or desk.article.published)
    for old, new in exchanged(before, after):
        others = [
            claim for n, claim in desk.current.items()
            if n != number and claim.about == after.about and old in (claim.modality, *claim.triples)
        ]  # fmt: skip
        if not others:
            continue
        say(f"    {counted(len(others), 'other claim')} about it also said: {_in_words(desk, before, old)}")
        while (answer := listen("  change there too? [y,n,q] ").lower()) not in {"y", "n", "yes", "no"}:
            if answer == "q":
                raise ReviewStopped(desk.article.id)
            say("    y  change it in those claims too\n    n  leave them as they are\n    q  quit the review")
        if answer[0] == "n":
            continue
        for claim in others:
            desk.current[claim.number] = editor.carried(claim, old, new)


def _in_words(desk: Desk, claim: Claim, said: Modality | Triple) -> str:
    """What a claim said before it was changed: "place Accra", "status planned"."""
    from kg.claims import Modality

    if isinstance(said, Modality):
        return f"status {said.value.lower()}"
    rows = (row for row in desk.wording.rows(claim) if row.triple == said)
    return " ".join(clean(f"{row.name} {row.value}") for row in rows)
