"""Many articles out of a few: the texts of the extraction benchmark, told of other states, leaders and days.

    python benchmarks/generate_articles.py FOLDER [--number 1000] [--seed 1] [--json-lines FILE]

In each copy of a text every state goes by another one, with its adjective, capital and current leaders, and all dates are
moved by the same number of whole weeks, so that a Tuesday stays a Tuesday. The same seed gives the same files,
byte for byte; no two of them hold the same text. They are for measuring: the news in them are nonsense.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.bundled import reference_quads
from kg.namespaces import ORG, RDF, RDFS, SMT

TEXTS = Path(__file__).resolve().parent / "extraction" / "articles"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = r"(?P<month>" + "|".join(f"{name}|{name[:3]}t?" for name in _MONTHS) + r")\b"
_DATE = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)|\b(?:(?P<before>\d\d?) )?{_MONTH}(?:(?P<gap>\.? )(?P<after>\d\d?)\b)?(?:(?P<comma>,? )(?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<alone>(?:19|20)\d\d)\b"
)


@dataclass(frozen=True)
class State:
    """What a state and its people are called; `leaders` by the kind of their office."""

    name: str
    adjective: str
    capital: str
    leaders: dict[str, str]


def states() -> list[State]:
    """The states that have one adjective, one capital and leaders in office, by name."""
    by: dict[NamedNode, dict[NamedNode, list[Quad]]] = {}
    for quad in reference_quads():
        if isinstance(quad.subject, NamedNode):
            by.setdefault(quad.predicate, {}).setdefault(quad.subject, []).append(quad)

    def one(predicate: NamedNode, node: object) -> object:
        found = by[predicate].get(node, ()) if isinstance(node, NamedNode) else ()
        values = sorted((quad.object for quad in found), key=str)
        return values[0] if values else None

    def text(term: object) -> str:
        return term.value if isinstance(term, Literal) else ""

    leaders: dict[object, dict[str, str]] = {}
    for tenure, found in sorted(by[SMT.inOffice].items(), key=lambda item: item[0].value):
        office = found[0].object
        kind = one(SMT.officeKind, office)
        if isinstance(kind, NamedNode) and tenure not in by[SMT.until]:
            name = text(one(RDFS.label, one(ORG.member, tenure)))
            leaders.setdefault(one(ORG.postIn, office), {})[kind.value.rsplit("#", 1)[-1]] = name
    found_states = []
    for node, kinds in by[RDF.type].items():
        if not any(quad.object == SMT.State for quad in kinds) or not leaders.get(node):
            continue
        name, capital = text(one(RDFS.label, node)), text(one(RDFS.label, one(SMT.capital, node)))
        adjective = text(one(SMT.demonymAdjective, node))
        # A state called like its capital, or within another's name, could not be told apart in a text.
        if name and adjective and capital and name not in capital and adjective != name:
            found_states.append(State(name, adjective, capital, leaders[node]))
    return sorted(found_states, key=lambda state: state.name)


def retold(text: str, known: list[State], chance: random.Random) -> str:
    """A text with other states, leaders and days: front matter and body alike."""
    named = set(
        _pattern(tuple(word for state in known for word in (state.name, state.adjective))).findall(text)
    )
    there = [state for state in known if state.name in named or state.adjective in named]
    others = chance.sample([state for state in known if state not in there], len(there))
    words: dict[str, str] = {}
    for old, new in zip(there, others, strict=True):
        words |= {old.name: new.name, old.adjective: new.adjective, old.capital: new.capital}
        words[old.capital.upper()] = new.capital.upper()
        for kind, name in old.leaders.items():
            leader = new.leaders.get(kind) or next(iter(new.leaders.values()))
            words[name] = leader
            words[name.split()[-1]] = leader.split()[-1]
    if words:
        text = _pattern(tuple(words)).sub(lambda match: words[match[0]], text)
    return moved(text, timedelta(weeks=chance.randrange(-300, 100)))


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def moved(text: str, by: timedelta) -> str:
    """A text with its dates moved; days without a year are those of the year of publication.

    >>> moved("published: 2024-02-28 On Feb 27, in March 2020 and in 2019", timedelta(days=7))
    'published: 2024-03-06 On March 5, in March 2020 and in 2019'
    """
    published = re.search(r"^published: (\d{4})", text, re.MULTILINE) or re.search(r"(\d{4})-\d\d-\d\d", text)
    this_year = int(published[1]) if published else 2020
    years = round(by.days / 365.25)

    def other(match: re.Match[str]) -> str:
        if match["iso"]:
            return (date.fromisoformat(match["iso"]) + by).isoformat()
        if match["alone"]:
            return str(int(match["alone"]) + years)
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
        number = match["before"] or match["after"]
        if not number and not match["year"]:
            return match[0] if match["month"] == "May" else _MONTHS[(month - 1 + round(by.days / 30.4)) % 12]
        try:
            day = date(int(match["year"] or this_year), month, int(number or 15)) + by
        except ValueError:
            return match[0]
        before = f"{day.day} " if match["before"] else ""
        after = f" {day.day}" if match["after"] and not match["before"] else ""
        rest = f"{match['gap'] or ''}{match['after']}" if match["before"] and match["after"] else ""
        year = f"{match['comma']}{day.year}" if match["year"] else ""
        return f"{before}{_MONTHS[day.month - 1]}{after}{rest}{year}"

    return _DATE.sub(other, text)


def generate(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names and contents of Markdown files with front matter, as many as asked for, all different."""
    originals = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob("*.md"))]
    known, chance = states(), random.Random(seed)
    seen: set[str] = set()
    while len(seen) < number:
        stem, text = originals[len(seen) % len(originals)]
        told = retold(text, known, chance)
        body = told.split("---\n", 2)[-1]
        if body not in seen:
            seen.add(body)
            yield f"{len(seen):05d}-{stem}.md", told


def write(folder: Path, number: int, seed: int = 1) -> None:
    """Write articles into a folder, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in generate(number, seed):
        (folder / name).write_text(text, encoding="utf-8")


def write_lines(path: Path, number: int, seed: int = 1) -> None:
    """Write articles into one file of JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for _, text in generate(number, seed):
            _, head, body = text.split("---\n", 2)
            record = dict(re.findall(r'^(\w+): "?(.*?)"?$', head, re.MULTILINE))
            record["text"] = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="where the files go, one an article")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json-lines", type=Path, metavar="FILE", help="one file with an article a line")
    options = parser.parse_args()
    if options.folder is None and options.json_lines is None:
        parser.error("say where to: a FOLDER, --json-lines FILE, or both")
    if options.folder is not None:
        write(options.folder, options.number, options.seed)
    if options.json_lines is not None:
        write_lines(options.json_lines, options.number, options.seed)


if __name__ == "__main__":
    main()
