"""`kg ingest --review` as a person meets it: answers typed or piped, and what is kept of them."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad

from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import SMT

pytest.importorskip("spacy", reason="needs the extra nlp")

if TYPE_CHECKING:
    from tests.cli.conftest import Run

# Two claims: the office of the visitor, and the visit.
BODY = "President William Ruto of Kenya will visit France on 18 March 2031."
OTHER = "President Hakainde Hichilema of Zambia will visit Japan on 20 March 2031."


@pytest.fixture(autouse=True)
def _reader(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    monkeypatch.setenv("LOGNAME", "alice")


def article(body: str = BODY, name: str = "a.md", publisher: str = "Lake Courier") -> Path:
    path = Path(name)
    path.write_text(f"---\npublisher: {publisher}\ndate: 2031-03-11\n---\n\n{body}\n", encoding="utf-8")
    return path


def kept(store: Path) -> list[Quad]:
    """What the graph keeps of reviews: who, when, what; without the ontology."""
    names = [SMT.reviewDecision, SMT.reviewedBy, SMT.reviewedOn, SMT.asExtracted, SMT.correction]
    with KnowledgeGraph.open(store) as graph:
        found = [q for name in names for q in graph.store.quads(None, name)]
    return [q for q in found if "/article/" in q.subject.value or "/claim/" in q.subject.value]


def values(store: Path, name: str) -> list[str]:
    return sorted(q.object.value for q in kept(store) if q.predicate == SMT[name])


def visits(run: Run) -> str:
    return run("query", "visits", "from=Kenya", "--format", "csv").out


def test_yes_keeps_a_claim_with_who_and_when(run: Run, store: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    done = run("ingest", "--review", article(), stdin="y\nyes\n")
    assert done.code == 0
    assert re.search(r"added .*: 2 claims", done.err)
    assert values(store, "reviewDecision") == ["accepted", "accepted"]
    assert set(values(store, "reviewedBy")) == {"alice"}
    for moment in values(store, "reviewedOn"):
        assert before <= datetime.fromisoformat(moment) <= datetime.now(UTC) + timedelta(seconds=1)
    assert "2031-03-18" in visits(run)


def test_each_claim_is_shown_marked_in_its_sentence(run: Run) -> None:
    body = f"Rain fell in the hills. {BODY} Farmers were glad."
    shown = run("ingest", "--review", article(body), stdin="y\ny\n").err
    assert "President »William Ruto of Kenya will visit France on 18 March 2031«." in shown
    assert "[1/2]" in shown
    assert "[2/2]" in shown
    assert "Visit of William Ruto to France, planned" in shown
    assert "the rule visit-verb; confidence" in shown
    assert "Rain" not in shown


def test_words_that_two_sentences_share_are_shown_in_one_piece(run: Run) -> None:
    # The parser may see two sentences where the words of a claim are in one.
    shown = run("ingest", "--review", article(f"Kenyan {BODY.replace(' of Kenya', '')}"), stdin="a\n").err
    assert "»Kenyan President William Ruto« will visit France" in re.sub("« »", " ", shown)


def test_no_leaves_a_claim_out_and_keeps_a_record(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="y\nn\n")
    assert "1 claim" in done.err
    assert values(store, "reviewDecision") == ["accepted", "rejected"]
    assert "hostState" in values(store, "asExtracted")[0]
    assert "2031-03-18" not in visits(run)
    assert run("query", "visits", "from=Kenya", "--format", "csv").code == 0


def test_an_edit_is_kept_with_what_was_read(run: Run, store: Path) -> None:
    answers = "y\ne\n4\n2031-03-19\n\ny\n"
    done = run("ingest", "--review", article(), stdin=answers)
    assert done.code == 0, done.err
    assert values(store, "reviewDecision") == ["accepted", "edited"]
    assert "2031-03-18" in values(store, "asExtracted")[0]
    assert any("2031-03-18" in text and "2031-03-19" in text for text in values(store, "correction"))
    assert "2031-03-19" in visits(run)
    assert "2031-03-18" not in visits(run)
    told = run("why", "Visit of William Ruto to France, March 2031").out
    assert "alice" in told
    assert "confidence 1" in told


def test_undoing_an_edit_leaves_the_claim_as_it_was(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="y\ne\n4\n2031-03-19\ns\ncancelled\nu\n\ny\n")
    assert done.code == 0
    assert values(store, "reviewDecision") == ["accepted", "accepted"]
    assert "2031-03-18" in visits(run)


def test_a_name_that_nobody_has_is_asked_for_again(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="y\ne\n1\nAtlantis\nJapan\n\ny\n")
    assert "Atlantis" in done.err
    assert done.code == 0
    assert "Japan" in visits(run)


def test_wrong_answers_bring_help_and_the_question_again(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="maybe\n\n?\nY\n" + "x" * 5000 + "\n\xff\ny\n")
    assert done.code == 0
    assert done.err.count("keep this one and all that follow") == 5
    assert "5,000 characters" in done.err
    assert values(store, "reviewDecision") == ["accepted", "accepted"]


def test_bytes_that_are_no_text_are_a_wrong_answer(run: Run) -> None:
    assert run("ingest", "--review", article(), stdin=b"\xff\xfe\x00\ny\ny\n").code == 0


def test_all_that_follow(run: Run, store: Path) -> None:
    assert run("ingest", "--review", article(), stdin="a\n").code == 0
    assert values(store, "reviewDecision") == ["accepted", "accepted"]


def test_quitting_keeps_the_articles_before(run: Run, store: Path) -> None:
    files = article(), article(OTHER, "b.md"), article(f"Again: {BODY}", "c.md")
    done = run("ingest", "--review", *files, stdin="y\ny\ny\nq\n")
    assert "stopped: nothing of" in done.err
    assert done.err.count("added") == 1
    assert len(values(store, "reviewDecision")) == 2
    with KnowledgeGraph.open(store) as graph:
        assert not [q for q in graph.store.quads() if "Hichilema of Zambia will" in str(q.object)]
    # The next run passes over the first, and asks about the others.
    again = run("ingest", "--review", *files, stdin="a\na\n")
    assert again.code == 0
    assert (again.err.count("known     "), again.err.count("added     ")) == (1, 2)


def test_quitting_from_within_an_edit(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="y\ne\n4\n2031-03-19\nq\n")
    assert "stopped" in done.err
    assert kept(store) == []


@pytest.mark.parametrize("answers", ["", "y\n", "y\ne\n", "y\ne\n4\n", "y\ne\n4\n2031-03-19\n", "y"])
def test_where_the_answers_end_nothing_is_written(run: Run, store: Path, answers: str) -> None:
    done = run("ingest", "--review", article(), stdin=answers)
    assert done.code != 0
    assert "the answers ended" in done.err
    assert "Traceback" not in done.err
    assert kept(store) == []
    assert "2031-03-18" not in visits(run)


def test_what_breaks_the_rules_is_asked_about_once_more(run: Run, store: Path) -> None:
    home = "y\ne\n1\nKenya\n\ny\n"  # a visit of a president to his own state
    mended = home + "what\nr\n\ne\nu\n\n\n"
    done = run("ingest", "--review", article(), stdin=mended)
    assert "breaks the rules of the graph" in done.err
    assert "as before" in done.err
    assert done.code == 0, done.err
    assert "2031-03-18" in visits(run)


def test_what_breaks_the_rules_can_be_left(run: Run, store: Path) -> None:
    done = run("ingest", "--review", article(), stdin="y\ne\n1\nKenya\n\ny\nq\n")
    assert "stopped" in done.err
    assert kept(store) == []


def test_nothing_that_an_article_or_a_person_writes_moves_the_cursor(run: Run) -> None:
    tricky = BODY.replace("France", "France \u202e\u2066")
    publisher = '"Lake \\e]0;owned\\a\\e[2J Courier"'
    answers = "\x1b[2J\ny\ne\n1\n\x1b]0;x\x07Atlantis\x9b2J\n\n\ny\n"
    done = run("ingest", "--review", article(tricky, publisher=publisher), stdin=answers)
    for text in (done.err, done.out, run("why", "Visit of William Ruto to France, March 2031").out):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("other", ["--dry-run", "--explain"])
def test_review_and_what_writes_nothing_exclude_each_other(run: Run, other: str) -> None:
    done = run("ingest", "--review", other, article())
    assert done.code == 2
    assert other in done.err


def test_answers_and_articles_cannot_both_come_from_standard_input(run: Run) -> None:
    done = run("ingest", "--review", "-", stdin=BODY)
    assert done.code == 2
    assert "standard input" in done.err


class Terminal:
    """`kg` on a terminal of its own."""

    def __init__(self, *arguments: str | Path, **environment: str) -> None:
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def until(self, words: str, seconds: float = 60) -> str:
        """Everything shown until these words came, or the end."""
        start, deadline = len(self.seen), time.monotonic() + seconds
        while words not in self.seen[start:]:
            if not select.select([self._own], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} did not come: {self.seen[start:]}")
            try:
                data = os.read(self._own, 65536)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            self.seen += data.decode()
        return self.seen[start:]

    def type(self, text: str) -> None:
        os.write(self._own, text.encode())

    def end(self) -> int:
        self.until("\0")
        code = self.process.wait(timeout=30)
        os.close(self._own)
        return code


def test_on_a_terminal_the_words_are_in_colour(store: Path) -> None:
    terminal = Terminal("ingest", "--review", article())
    terminal.until("is that what it says?")
    terminal.type("y\n")
    shown = terminal.until("is that what it says?")
    assert "President \x1b[33mWilliam Ruto of Kenya will visit France on 18 March 2031\x1b[0m." in shown
    terminal.type("n\n")
    assert terminal.end() == 0
    assert values(store, "reviewDecision") == ["accepted", "rejected"]


def test_without_colour_the_words_stand_between_marks(store: Path) -> None:
    terminal = Terminal("ingest", "--review", article(), NO_COLOR="1")
    shown = terminal.until("is that what it says?")
    terminal.type("a\n")
    assert terminal.end() == 0
    assert "»" in shown
    assert "\x1b[3" not in terminal.seen


def test_end_of_input_on_a_terminal(store: Path) -> None:
    terminal = Terminal("ingest", "--review", article())
    terminal.until("is that what it says?")
    terminal.type("\x04")
    assert terminal.end() == 2
    assert "the answers ended" in terminal.seen
    assert kept(store) == []


def test_an_interrupt_writes_nothing(store: Path) -> None:
    terminal = Terminal("ingest", "--review", article())
    terminal.until("is that what it says?")
    terminal.type("y\n")
    terminal.until("is that what it says?")
    os.killpg(terminal.process.pid, signal.SIGINT)
    assert terminal.end() == 130
    assert "nothing of" in terminal.seen
    assert "Traceback" not in terminal.seen
    assert kept(store) == []


def test_what_would_change_in_other_claims_is_said_and_the_review_can_be_left_there(
    run: Run, store: Path
) -> None:
    body = BODY + " The visit by President Ruto to France is to last two days."
    asked = run("ingest", "--review", article(body), stdin="y\ne\n1\nJapan\n\n?\nq\n")
    assert "about it also said: to France" in asked.err
    assert "leave them as they are" in asked.err
    assert asked.code == 0
    assert "stopped: nothing of" in asked.err
    assert kept(store) == []
