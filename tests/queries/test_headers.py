"""Headers: read as a YAML library would, and in one piece with the text of their query."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

from kg.errors import QueryNotFoundError, QuerySyntaxError
from kg.queries import TYPES, catalog, load, names
from kg.queries.concepts import CONCEPTS, SCHEMES
from kg.queries.header import read, split
from kg.queries.stored import BLOCK
from kg.resources import folder
from kg.stores.federation import uses_service

HEADER = """\
#+ summary: All of it.
#+ parameters:
#+   - name: since
#+     type: date
#+     description: From then on.
#+ columns:
#+   - name: thing
#+     description: The thing.
#+ example: kg query all since=2024
"""
TEXT = "SELECT ?thing WHERE { VALUES ?_since { UNDEF } ?thing ?p ?o FILTER(!BOUND(?_since)) }\n"


@pytest.mark.parametrize("name", names())
def test_yaml_reads_the_same(name: str) -> None:
    lines, _ = split((folder("queries") / f"{name}.rq").read_text(encoding="utf-8"))
    assert yaml.safe_load("\n".join(lines)) == read(lines)


@pytest.mark.parametrize(
    "line",
    [
        "summary: yes", "summary: on", "summary: null", "summary: ~", "summary: 2024", "summary: 1_000",
        "summary: 2024-05-16", "summary: 1.5", "summary: 12:30", "summary: a: b", "summary: a # b",
        "summary: 'a'", 'summary: "a\\n"', 'summary: "a"b"', "summary: [a]", "summary: {a}", "summary: *a",
        "summary: &a b", "summary: !a b", "summary: | ", "summary: > ", "summary: - a", "summary: a:", "summary:a",
        "  summary: a", "summary", "summary: %a", "summary: @a", "summary: `a`", "- a", "summary:", "tags: >-",
        "summary: .inf", "summary: 0x1F", "summary: =", "summary: <<",
    ],
)  # fmt: skip
def test_anything_that_yaml_may_read_otherwise_is_refused(line: str) -> None:
    with pytest.raises(QuerySyntaxError, match="line 1"):
        read([line])


@pytest.mark.parametrize(
    "lines",
    [
        ["a: it's", 'b: "on"', "c: true", "d: false"],
        ["a: >-", "  one", "  two: three # four", "b: x"],
        ["a:", "  - x", "  - true", "  - name: one", "    type: two"],
        ["a: b:c", "b: http://example.org/#x", "c: 75th anniversary, 2024"],
    ],
)
def test_the_known_part_is_read_as_yaml_reads_it(lines: list[str]) -> None:
    assert read(lines) == yaml.safe_load("\n".join(lines))


@pytest.mark.parametrize(
    "lines", [["a: b", "a: c"], ["a:", "  - b: c", "    b: d"], ["a:", "  - b: c", "  d: e"], ["a:", "- b"]]
)
def test_what_is_given_twice_or_out_of_place_is_refused(lines: list[str]) -> None:
    with pytest.raises(QuerySyntaxError):
        read(lines)


@pytest.mark.parametrize("query", catalog(), ids=names())
def test_types_are_known_and_the_example_gives_declared_parameters(query: object) -> None:
    from kg.queries import StoredQuery

    assert isinstance(query, StoredQuery)
    assert {parameter.type for parameter in query.parameters} <= set(TYPES)
    words = shlex.split(query.example)
    assert words[:3] == ["kg", "query", query.name]
    declared = {parameter.name: parameter for parameter in query.parameters}
    flags = words.index("--allow-service") if "--allow-service" in words else len(words)
    assert (words[flags + 1 :] != []) == uses_service(query.text)
    given = {word.split("=")[0] for word in words[3:flags]}
    assert given <= set(declared)
    assert {name for name, parameter in declared.items() if parameter.required} <= given
    assert query.tags
    assert query.summary.endswith(".")


def write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "all.rq").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_query_is_read(tmp_path: Path) -> None:
    query = load("all", write(tmp_path, HEADER + TEXT))
    assert (query.name, query.text, query.tags) == ("all", TEXT, ())
    assert BLOCK.findall(query.text) == ["since"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("VALUES ?_since { UNDEF }", "", "has no block"),
        ("VALUES ?_since { UNDEF }", "VALUES ?_since { UNDEF } VALUES ?_until { UNDEF }", "_until is not declared"),
        ("!BOUND(?_since)", "!BOUND($_until)", "_until is not declared"),
        ("VALUES ?_since { UNDEF }", "VALUES ?_since {UNDEF}", "has no block"),
        ("#+ summary: All of it.\n", "", 'no text "summary"'),
        ("#+ example", "#+ exmaple", '"exmaple" is not a key'),
        ("#+     type: date\n", "", "must have name, type, description"),
        ("#+     type: date\n", "#+     type: date\n#+     required: maybe\n", "must be true or false"),
        ("#+ example", "\n#+ example", "goes on after an empty line.* line 9"),
    ],
)  # fmt: skip
def test_header_and_text_that_do_not_fit_are_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in HEADER + TEXT
    with pytest.raises(QuerySyntaxError, match=told):
        load("all", write(tmp_path, (HEADER + TEXT).replace(old, new)))


@pytest.mark.parametrize(
    ("name", "near"), [("visit", "visits"), ("VISITS", "visits"), ("who-met", "who-met-whom")]
)
def test_unknown_name_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(QueryNotFoundError, match=f"did you mean .*{near}"):
        load(name)


@pytest.mark.parametrize("name", ["../queries/visits", "visits.rq", "", "/etc/passwd", "visits\0"])
def test_a_name_is_not_a_path(name: str) -> None:
    with pytest.raises(QueryNotFoundError):
        load(name)


def test_one_query_is_read_without_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.rq").write_text("#+ nonsense\n", encoding="utf-8")
    assert load("all", write(tmp_path, HEADER + TEXT)).name == "all"


@pytest.mark.parametrize("type", SCHEMES)
def test_concepts_are_those_of_the_ontology(type: str) -> None:
    from pyoxigraph import RdfFormat, parse

    from kg.namespaces import SKOS, SMT

    quads = list(parse(path=str(folder("ontology") / "summitry.ttl"), format=RdfFormat.TURTLE))
    found = {
        q.subject.value for q in quads if q.predicate == SKOS.inScheme and q.object == SMT[SCHEMES[type]]
    }
    assert found == {SMT[name].value for name in CONCEPTS[type]}


def test_every_concept_has_a_scheme_but_types_of_events() -> None:
    assert set(CONCEPTS) - set(SCHEMES) == {"event-type"}
