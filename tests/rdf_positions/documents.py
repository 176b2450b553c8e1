"""Random Turtle and TriG, written together with the place of each object, for comparison with what is read.

The writer knows where it has put what: it notes the line and column at which an object begins and what kind of
statement it is in. Nothing is taken from the code that is tested.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

HEAD = (
    "@base <https://example.org/base/> .\n"
    "PREFIX ex: <https://example.org/>\n"
    '@prefix : <https://example.org/none#> . # a remark with . ; [ and "\n'
    "prefix dé: <rel/>\r\n"
)
GAPS = [" ", "\n", "  \t", ' # remark <urn:x> "\n', "\r\n ", "\n\n"]
IRIS = [
    "<urn:a>", "<x/../y>", "<#f>", "<>", "<http://e.org/\\u00e9>", "ex:a", "ex:a.b", ":", ":a-1", "dé:ü", "ex:b\\,c", "ex:%41:x",
]  # fmt: skip
BLANKS = ["_:a", "_:b.c", "_:7"]
LITERALS = [
    '"x"', "'y'", '"é😀"@en', '"q\\"uote"', '"""two\nlines "quoted" ""here"""', "'''o'o\n'''@de-AT", '"\\u00e9\\n"', '""',
    '"075"^^<http://www.w3.org/2001/XMLSchema#integer>', '"z"^^ex:dt', '"z" ^^ ex:dt', "7", "-1.50", "+.5", "1e3", "true", "false",
    '"# no remark"', '"x"@EN',
]  # fmt: skip
PREDICATES = ["a", "ex:p", "<urn:p>", ":"]


@dataclass
class Document:
    """Text that grows, and the places of the objects that were written into it."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)

    def here(self) -> tuple[int, int]:
        """The place of what is written next."""
        line = self.text.count("\n")
        return line + 1, len(self.text) - (self.text.rfind("\n") + 1) + 1


class Writer:
    """Writes a random document, asking `draw` what comes next."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.document = Document(HEAD)

    def pick(self, options: list[str]) -> str:
        return self.draw(st.sampled_from(options))

    def put(self, text: str) -> None:
        self.document.text += text

    def gap(self) -> None:
        self.put(self.pick(GAPS))

    def object(self, depth: int) -> None:
        self.document.places.append(self.document.here())
        kind = self.draw(st.integers(0, 9 if depth < 3 else 6))
        if kind <= 2:
            self.put(self.pick(LITERALS))
        elif kind <= 5:
            self.put(self.pick(IRIS))
        elif kind == 6:
            self.put(self.pick(BLANKS))
        elif kind == 7:
            self.put("[")
            self.gap()
            if self.draw(st.booleans()):
                self.predicates(depth + 1)
            self.put("]")
        else:
            self.items(depth)

    def items(self, depth: int) -> None:
        self.put("(")
        self.gap()
        for _ in range(self.draw(st.integers(0, 3))):
            self.object(depth + 1)
            self.gap()
        self.put(")")

    def predicates(self, depth: int) -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.put(self.pick([";", "; ;"]))
                self.gap()
            self.put(self.pick(PREDICATES))
            self.gap()
            for other in range(self.draw(st.integers(1, 3))):
                if other:
                    self.put(",")
                    self.gap()
                self.object(depth)
                self.gap()
        if self.draw(st.booleans()):
            self.put(";")

    def statement(self) -> None:
        kind = self.draw(st.integers(0, 5))
        if kind <= 2:
            self.put(self.pick(IRIS + BLANKS))
        elif kind == 3:
            self.put("[")
            self.predicates(1)
            self.put("]")
            if self.draw(st.booleans()):
                return
        elif kind == 4:
            self.put("[]")
        else:
            # A list as the subject: its items are objects of rdf:first.
            self.items(1)
        self.gap()
        self.predicates(0)

    def graph(self) -> None:
        name = self.pick(["", "<urn:g> ", "GRAPH ex:g ", "_:g ", "[] ", "graph _:a\n"])
        self.put(name + "{")
        self.gap()
        statements = self.draw(st.integers(0, 2))
        for number in range(statements):
            if number:
                self.put(".")
                self.gap()
            self.statement()
        self.put(self.pick(["}", " . }"]) if statements else "}")


@st.composite
def turtle(draw: st.DrawFn) -> Document:
    """A Turtle document."""
    writer = Writer(draw)
    for _ in range(draw(st.integers(1, 3))):
        writer.statement()
        writer.put(".")
        writer.gap()
    return writer.document


@st.composite
def trig(draw: st.DrawFn) -> Document:
    """A TriG document."""
    writer = Writer(draw)
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            writer.graph()
        else:
            writer.statement()
            writer.put(".")
        writer.gap()
    return writer.document


@st.composite
def lines(draw: st.DrawFn, *, graphs: bool) -> Document:
    """An N-Triples or, with graphs, N-Quads document."""
    document = Document()
    nodes = ["<urn:a>", "<http://e.org/\\u00e9>", "_:a", "_:b.c"]
    plain = [
        '"x"',
        '"é😀"@en',
        '"q\\"\\n"',
        '"075"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"x"@EN',
        '""',
    ]
    for _ in range(draw(st.integers(1, 4))):
        document.text += draw(st.sampled_from(["", "  ", "# remark <urn:x>\n", "\n"]))
        document.text += draw(st.sampled_from(nodes)) + draw(st.sampled_from([" ", "\t"])) + "<urn:p> "
        document.places.append(document.here())
        document.text += draw(st.sampled_from(nodes + plain))
        if graphs and draw(st.booleans()):
            document.text += " " + draw(st.sampled_from(nodes))
        document.text += draw(st.sampled_from([" .\n", " . # end\r\n"]))
    return document
