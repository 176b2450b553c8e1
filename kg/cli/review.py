"""Asking a person about each claim of an article: is this what the words say?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.harmless import clean
from kg.cli.quoting import marked
from kg.cli.report import show_report
from kg.cli.talk import counted, paint, say
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.claims import Claim
    from kg.extraction.extractor import Extraction
    from kg.operations.review import Attempt, Reviewed
    from kg.operations.wording import Wording
    from kg.stores.base import Store

HELP = """\
  y  yes, keep it
  n  no, leave it out (the article keeps a note of it)
  e  edit what it states; the words stay
  a  keep this one and all that follow
  q  quit: nothing of this article is written, and no other is read
  ?  this help"""
_LONGEST = 300


class Ended(Exception):  # noqa: N818
    """The answers ended."""


def listen(prompt: str) -> str:
    """One answer, without blanks around it; raises Ended where there is none left."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        say()
        raise Ended
    if not sys.stdin.isatty():
        say()  # what was typed elsewhere ended no line here
    answer = clean(line).strip()
    if len(answer) > _LONGEST:
        say(f"  that is longer than any answer ({len(answer):,} characters)")
        return ""
    return answer


@contextmanager
def stopping() -> Iterator[None]:
    """Let the run end where the person quits; what was written before stays."""
    from kg.operations.review import ReviewStopped

    try:
        yield
    except ReviewStopped as stopped:
        say(f"stopped: nothing of {stopped} was written")


class Reviewer:
    """Reviews articles on the terminal: called for each, it answers what of its claims to keep."""

    def __init__(self, store: Store) -> None:
        self._store = store
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:  # bytes that are no text are a wrong answer, and no accident
            reconfigure(errors="replace")

    def __call__(self, article: Article, extraction: Extraction, attempt: Attempt) -> Reviewed:
        """Ask about each claim; again where the shapes would not let in what was kept.

        Raises ReviewStopped where the person quits, InputError where the answers end.
        """
        try:
            return self._article(article, extraction, attempt)
        except Ended:
            raise InputError(
                "the answers ended before the review did; nothing of the article was written",
                where=article.id,
                hint="answer on a terminal, give an answer for each claim, or leave --review out",
            ) from None
        except KeyboardInterrupt:
            say(f"\nnothing of {article.id} was written")
            raise

    def _article(self, article: Article, extraction: Extraction, attempt: Attempt) -> Reviewed:
        from kg.operations.review import ReviewStopped, settle

        say(f"{paint(article.id, 'bold')}: {counted(len(extraction.claims), 'claim')}")
        desk = Desk(self._store, article, extraction)
        while True:
            desk.ask_about_all()
            reviewed = settle(self._store, extraction.claims, desk.decisions)
            report = attempt(reviewed)
            if report.conforms:
                return reviewed
            say("\nwhat you keep breaks the rules of the graph:")
            show_report(report, stream=sys.stderr)
            while (answer := listen("once more from the first claim, or quit? [r,q,?] ").lower()) != "r":
                if answer == "q":
                    raise ReviewStopped(article.id)
                say(
                    "  r  once more; ENTER leaves an answer as it was\n  q  quit: nothing of this article is written"
                )


class Desk:
    """One article under review: its claims as they stand, and what was decided about each."""

    def __init__(self, store: Store, article: Article, extraction: Extraction) -> None:
        self.store, self.article, self.extraction = store, article, extraction
        self.original = {claim.number: claim for claim in extraction.claims}
        self.current = dict(self.original)
        self.kept: dict[int, bool] = {}

    @property
    def decisions(self) -> dict[int, Claim | None]:
        """The claims as they shall be written, by number; None for those that shall not."""
        return {
            number: claim if self.kept.get(number, True) else None for number, claim in self.current.items()
        }

    @property
    def wording(self) -> Wording:
        """Names for what the claims speak of, as they stand now."""
        from kg.operations.wording import Wording

        return Wording(self.store, self.current.values())

    def ask_about_all(self) -> None:
        """Ask about each claim, in order."""
        for place, number in enumerate(self.original, 1):
            say()
            self.show(number, f"[{place}/{len(self.original)}]")
            if self._ask(number):
                self.kept.update({n: True for n in self.original if n not in self.kept})
                return

    def _ask(self, number: int) -> bool:
        """Ask until it is decided; True where all that follow are decided with it."""
        from kg.cli.review_edit import edit
        from kg.operations.review import ReviewStopped

        before = self.kept.get(number)
        as_before = f" (ENTER: {'yes' if before else 'no'}, as before)" if before is not None else ""
        while True:
            answer = listen(f"  is that what it says? [y,n,e,a,q,?]{as_before} ").lower()
            if not answer and before is not None:
                return False
            if answer in {"y", "yes", "n", "no"}:
                self.kept[number] = answer[0] == "y"
                return False
            if answer == "a":
                self.kept[number] = True
                for later in (n for n in self.original if n > number):
                    self.kept[later] = True
                return True
            if answer == "e":
                edit(self, number)
                self.show(number, "now")
            elif answer == "q":
                raise ReviewStopped(self.article.id)
            else:
                say(HELP)

    def show(self, number: int, mark: str) -> None:
        """Show a claim in its sentence, and what it states."""
        claim, wording = self.current[number], self.wording
        text = self.article.text
        say(paint(mark, "bold"))
        for start, end in self._sentences(claim):
            say(f"  {marked(text, start, end, [(p.start, p.end) for p in claim.passages])}")
        say(f"  {paint('states', 'dim')}  {clean(wording.statement(claim))}")
        details = [f"confidence {claim.confidence:g}"]
        details += [f"said by {clean(wording.name(claim.speaker))}"] if claim.speaker else []
        details += [f"worked out: {clean(claim.derivation)}"] if claim.derivation else []
        say(f"  {paint('from', 'dim')}    the rule {claim.rule or 'unknown'}; {'; '.join(details)}")
        for change in self.changes(number):
            say(f"  {paint('edited', 'green')}  {clean(change)}")

    def changes(self, number: int) -> list[str]:
        """What the person changed in a claim, in words."""
        from kg.operations.wording import Wording, corrections

        both = Wording(self.store, [*self.original.values(), *self.current.values()])
        return corrections(self.original[number], self.current[number], both)

    def _sentences(self, claim: Claim) -> list[tuple[int, int]]:
        """The sentences that a claim is quoted from; the passages themselves where those are not known."""
        shown: list[tuple[int, int]] = []
        for passage in sorted(claim.passages, key=lambda p: p.start):
            around = [s for s in self.extraction.sentences if s[0] < passage.end and passage.start < s[1]]
            start, end = (around[0][0], around[-1][1]) if around else (passage.start, passage.end)
            # What follows at once belongs to it: the parser sees the end of a sentence where there is none.
            if shown and not self.article.text[shown[-1][1] : start].strip(" "):
                start, end = shown.pop()[0], max(end, start)
            shown.append((start, end))
        return shown
