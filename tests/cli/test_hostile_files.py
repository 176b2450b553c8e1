"""Files that are made to hurt: refused with exit code 2, soon, without a traceback, a change or a connection."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.rdf_limits import MAX_BYTES

if TYPE_CHECKING:
    from tests.cli.conftest import Run

TURTLE = b"@prefix a: <urn:x:> . a:a a:b "
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
DESCRIBED = RDF + b'<rdf:Description rdf:about="urn:a"><e:b>%s</e:b></rdf:Description></rdf:RDF>'
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'haha'>".replace(b"'", b'"') + b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
)
DEPTH = 100_000
FILES = {
    "brackets.ttl": (TURTLE + b"[" * 1_000_000, "200 brackets"),
    "closed.ttl": (TURTLE + b"[ a:b " * DEPTH + b"1" + b"]" * DEPTH + b".", "200 brackets"),
    "lists.ttl": (TURTLE + b"(" * DEPTH + b")" * DEPTH + b".", "200 brackets"),
    "terms.ttl": (TURTLE + b"<<( a:a a:b " * DEPTH + b"1" + b")>>" * DEPTH + b".", "200 brackets"),
    "graphs.trig": (b"{" * 1_000_000, "200 brackets"),
    "terms.nt": (b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * DEPTH, "200 brackets"),
    "terms.nq": (b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * DEPTH, "200 brackets"),
    "prefix.ttl": (
        b"@prefix a: <urn:x:" + b"x" * 100_000 + b"> . a:a a:b " + b"a:c, " * 500 + b"a:d .",
        "20 times",
    ),
    "line.nt": (b'<urn:a> <urn:b> "' + b"x" * 17_000_000 + b'" .', "16,777,216"),
    "large.nt": (b"#" * (MAX_BYTES + 1), "--max-size"),
    "laughs.rdf": (LAUGHS + b"]>" + DESCRIBED % b"&j;", "other entities"),
    "quadratic.rdf": (
        b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]>' + DESCRIBED % (b"&a;" * 1000),
        "20 times as large",
    ),
    "external.rdf": (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>' + DESCRIBED % b"&a;",
        "outside",
    ),
    "parameter.rdf": (b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>' + DESCRIBED % b"x", "outside"),
    "deep.rdf": (RDF + b"<e:a><e:b>" * DEPTH + b"</e:b></e:a>" * DEPTH + b"</rdf:RDF>", "200 elements"),
    "deep.jsonld": (b'{"@id":"urn:a","urn:b":' * DEPTH + b"1" + b"}" * DEPTH, "200 values"),
    "deep2.jsonld": (b'{"@id":"urn:a","urn:b":' * 250 + b"1" + b"}" * 250, "200 values"),
    "remote.jsonld": (b'{"@context":{"a":{"@id":"urn:a","@context":["http://127.0.0.1:9/"]}},"a":{"a":1}}', "fetched"),
    "import.jsonld": (b'{"@context":{"@import":"http://127.0.0.1:9/"},"urn:a":1}', "fetched"),
    "hidden.jsonld": (b'{"@context":"http://127.0.0.1:9/","@context":{},"urn:a":1}', "fetched"),
    "escaped.jsonld": (b'{"\\u0040context":"http://127.0.0.1:9/","urn:a":1}', "fetched"),
    "iri.ttl": (b"<urn:a> <urn:b> <not an iri> .", "IRI"),
    "language.ttl": (b'<urn:a> <urn:b> "x"@abcdefghijkl .', "subtag"),
    "surrogate.ttl": (b'<urn:a> <urn:b> "\\uD800" .', "D800"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("verb", ["add", "validate"])
def test_they_are_refused(name: str, verb: str) -> None:
    """In a process of their own: some of them ended it."""
    data, says = FILES[name]
    Path(name).write_bytes(data)
    done = kg(verb, name)
    assert done.returncode == 2, done.stderr[-500:]
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path(".kg").exists()


def kg(*arguments: str, apart: bool = False) -> subprocess.CompletedProcess[str]:
    # The bundled graph has been built by others by then; what is measured here is that nothing hangs.
    command = [*(["unshare", "-rn"] if apart else []), sys.executable, "-m", "kg", *arguments]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        command, env=env, capture_output=True, text=True, errors="replace", timeout=60, check=False
    )


def test_what_is_nested_as_people_nest_it_is_read(run: Run) -> None:
    """The limits are far from what is written by hand; strings, comments and IRIs hold any bracket."""
    deep = "[ a:b " * 90 + "1" + "]" * 90
    Path("a.ttl").write_text(
        f'@prefix a: <urn:x:> .\n# {"[" * 300}\na:a a:b {deep}, \'{"(" * 300}\', """{"{" * 300}""" .\n'
        + "a:a a:b [ a:b 1 ] .\n" * 300
    )
    Path("a.rdf").write_bytes(b'<!DOCTYPE x [<!ENTITY o "urn:o:">]>' + DESCRIBED % (b"&o;x &lt;" * 50))
    assert run("validate", "a.ttl", "a.rdf").code == 0


def test_the_limit_of_size_can_be_raised_and_lowered(run: Run) -> None:
    Path("a.nt").write_text("<urn:a> <urn:b> <urn:c> .\n" + "#" * 2_000_000)
    assert "--max-size" in run("validate", "--max-size", "1", "a.nt").err
    assert run("validate", "--max-size", "3", "a.nt").code == 0
    assert run("validate", "--max-size", "0", "a.nt").code == 0
    with Path("large.nt").open("wb") as file:  # a gigabyte with nothing in it: told from its size
        file.truncate(1_000_000_000)
    done = run("add", "large.nt")
    assert done.code == 2
    assert "1,000 MB" in done.err
    assert "25" in done.err


def test_a_pipe_is_not_waited_for() -> None:
    os.mkfifo("pipe.ttl")
    done = kg("add", "pipe.ttl")
    assert done.returncode == 2
    assert "pipe" in done.stderr


PAGES = {
    "elements.html": b"<html><body>" + b"<p>x</p>" * 100_000,
    "attributes.html": b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">They met.</p>",
    "deep.html": b"<html><body>" + b"<div>" * 20_000 + b"<p>They met.",
    "numbers.jsonl": b'{"text": "They met.", "id": ' + b"9" * 10_000 + b"}\n",
    "deep.jsonl": b'{"text":' + b"[" * DEPTH + b"]" * DEPTH + b"}\n",
    "aliases.md": b"---\n" + b"a: &a [x]\nb: *a\n" + b"[" * DEPTH + b"\n---\nThey met.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_articles_are_refused(run: Run, name: str) -> None:
    if name.endswith("html"):
        pytest.importorskip("trafilatura", reason="needs the extra html")
    Path(name).write_bytes(PAGES[name])
    done = run("ingest", name)
    assert done.code == 2, done
    assert "set_int_max_str_digits" not in done.err
    assert not Path(".kg").exists()


def test_entities_of_pages_are_not_expanded() -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    from kg.articles import parse_html

    page = "<html><body><p>&a; &j; &x; The presidents met in Bern today and talked.</p></body></html>"
    kinds = LAUGHS.decode().replace("DOCTYPE x", "DOCTYPE html") + '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = parse_html(kinds + page).text
    assert "The presidents met" in text
    assert "haha" not in text.replace('"haha"', "")
    assert "root:" not in text


@pytest.fixture
def canary() -> Iterator[tuple[str, list[object]]]:
    """The address of a listener on this machine, and who has called."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_nobody_is_asked(canary: tuple[str, list[object]], store: Path) -> None:
    """A listener stands where everything points; the engine's native code would not ask Python's sockets."""
    address, calls = canary
    socket.create_connection(("127.0.0.1", int(address.split(":")[2].strip("/")))).close()
    link = f"<{address}>"
    owl, rdfs = "<http://www.w3.org/2002/07/owl#imports>", "<http://www.w3.org/2000/01/rdf-schema#seeAlso>"
    Path("links.ttl").write_text(f"<urn:a> {owl} {link} ; {rdfs} {link} ; <urn:b> {link} .")
    Path("scoped.jsonld").write_text(
        f'{{"@context": {{"a": {{"@id": "urn:a", "@context": "{address}"}}}}, "a": {{}}}}'
    )
    Path("entity.rdf").write_bytes(
        f'<!DOCTYPE x SYSTEM "{address}" [<!ENTITY a SYSTEM "{address}">]>'.encode() + DESCRIBED % b"&a;"
    )
    Path("page.html").write_text(
        f'<html><head><base href="{address}"></head><img src="{address}"><p>They met in Bern.</p>'
    )
    for arguments, code in [
        (["validate", "links.ttl"], 0),
        (["add", "links.ttl"], 0),
        (["add", "scoped.jsonld"], 2),
        (["add", "entity.rdf"], 2),
        (["ingest", "--dry-run", "page.html"], 0),
        (["ingest", address], 2),
        (["add", address], 2),
        (["query", "-e", f"SELECT * {{ SERVICE {link} {{ ?s ?p ?o }} }}"], 2),
        (["query", "-e", f"LOAD {link}"], 2),
        (["query", "-e", f"SELECT * FROM {link} {{ ?s ?p ?o }}"], 0),
        (["query", "-e", f"DESCRIBE {link}"], 0),
    ]:  # fmt: skip
        done = kg("--store", str(store), *arguments)
        assert done.returncode == code, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    assert len(calls) == 1  # our own, which shows that it listens


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_without_a_network_everything_works(store: Path, good: Path) -> None:
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("may not make a network namespace here")
    for arguments in (["query", "visits"], ["add", str(good)], ["export"], ["why", "state:CN"]):
        done = kg("--store", str(store), *arguments, apart=True)
        assert done.returncode == 0, (arguments, done.stderr)
