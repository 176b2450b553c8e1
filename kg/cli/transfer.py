"""What kg push and kg pull have in common: progress, and what is said at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.cli.harmless import clean, harmless
from kg.cli.progress import Progress
from kg.cli.talk import counted, say

if TYPE_CHECKING:
    from kg.operations.transfer import Step, Transferred

_GRAPHS: Final = 10
_TRIPLES: Final = 5
_THOUSAND: Final = 1000


@contextmanager
def steps() -> Iterator[Step]:
    """A function that draws how far a transfer is, a line for each thing that it does."""
    drawn: list[tuple[str, Progress]] = []

    def step(what: str, done: int, total: int) -> None:
        if not drawn or drawn[-1][0] != what:
            end()
            drawn.append((what, Progress(lambda: -(-total // _THOUSAND), what=what).__enter__()))
        progress = drawn[-1][1]
        progress.step(-(-done // _THOUSAND) - progress.done)

    def end() -> None:
        if drawn:
            drawn[-1][1].__exit__(None, None, None)

    try:
        yield step
    finally:
        end()


def tell(done: Transferred) -> int:
    """Say what was done; answers the exit code: 1 where the target keeps something otherwise."""
    target = clean(done.target)
    if done.resumed:
        say("went on with what had been broken off")
    if not (done.new or done.changed or done.gone):
        say(f"nothing to do: {target} holds the same {counted(done.quads, 'quad')}")
    else:
        parts = [
            f"{number:,} {word}"
            for number, word in ((done.new, "new"), (done.changed, "changed"), (done.gone, "dropped"))
            if number
        ]
        say(
            f"{', '.join(parts)} graph{'' if done.new + done.changed + done.gone == 1 else 's'}: {counted(done.sent, 'quad')} written, {done.deleted:,} deleted"
        )
    if not done.differences:
        say(
            f"{target} holds {counted(done.quads, 'quad')} in {counted(done.graphs, 'graph')}, checked graph by graph: {done.digest[:16]}"
        )
        return 0
    say(f"{target} keeps {counted(len(done.differences), 'graph')} otherwise than {clean(done.source)}:")
    for difference in done.differences[:_GRAPHS]:
        say(
            f"  {harmless(str(difference.graph)) if str(difference.graph) != 'DEFAULT' else 'the resolved view'}"
        )
        for sign, quads in (("-", difference.first), ("+", difference.second)):
            for quad in quads[:_TRIPLES]:
                say(f"    {sign} {clean(str(quad.triple))}")
            if len(quads) > _TRIPLES:
                say(f"    {sign} and {len(quads) - _TRIPLES:,} more")
    if len(done.differences) > _GRAPHS:
        say(f"  and {len(done.differences) - _GRAPHS:,} more graphs; kg diff shows all")
    return 1
