"""Answers as text: the W3C formats for rows and for yes or no, Markdown, and tables for people.

Written here and not by the engine, because the answer may come from a remote endpoint.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import InputError
from kg.queries.tables import cell_text, format_markdown, format_table
from kg.stores.base import Answer, Table, Term

# name: media type; table and markdown are for people
FORMATS: Final[dict[str, str]] = {
    "table": "text/plain",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "markdown": "text/markdown",
}

__all__ = [
    "FORMATS", "cell_text", "format_answer", "format_boolean", "format_csv", "format_json", "format_markdown",
    "format_rows", "format_table", "format_tsv", "format_xml",
]  # fmt: skip


def format_answer(answer: Answer, format: str | None = None, *, width: int | None = None) -> str:
    """An answer as text that ends with a line end.

    `format` is one of FORMATS for SELECT and ASK (default: table) and one of kg.export.FORMATS for CONSTRUCT
    and DESCRIBE (default: turtle); `width` is that of the terminal, if there is one, and only tables look
    at it. Raises InputError for a format that does not fit the answer.

    >>> format_answer(True, "json")
    '{"head":{},"boolean":true}\\n'
    """
    if isinstance(answer, list):
        from kg.export import FORMATS as RDF_FORMATS
        from kg.export import serialize

        if format is not None and format not in RDF_FORMATS:
            raise InputError(
                f'triples cannot be written as "{format}"', hint=f"choose one of {', '.join(RDF_FORMATS)}"
            )
        return serialize(answer, format or "turtle")
    if format is not None and format not in FORMATS:
        raise InputError(f'rows cannot be written as "{format}"', hint=f"choose one of {', '.join(FORMATS)}")
    if isinstance(answer, bool):
        return format_boolean(answer, format or "table")
    return format_rows(answer, format or "table", width=width)


def format_rows(table: Table, format: str, *, width: int | None = None) -> str:
    """The answer of a SELECT in one of FORMATS.

    >>> from pyoxigraph import Literal
    >>> format_rows(Table(("n",), [(Literal("1"),)]), "csv")
    'n\\r\\n1\\r\\n'
    """
    if format == "table":
        return format_table(table, width=width)
    return {
        "json": format_json,
        "csv": format_csv,
        "tsv": format_tsv,
        "xml": format_xml,
        "markdown": format_markdown,
    }[format](table)


def format_boolean(answer: bool, format: str) -> str:
    """The answer of an ASK in one of FORMATS; CSV and TSV have no form for it, and get the bare word.

    >>> format_boolean(False, "table")
    'false\\n'
    """
    word = "true" if answer else "false"
    if format == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'
    if format == "xml":
        return f"{_XML_START}<head/><boolean>{word}</boolean></sparql>\n"
    return f"{word}\r\n" if format == "csv" else f"{word}\n"


def format_json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON Format, one line for each row.

    >>> from pyoxigraph import Literal
    >>> print(format_json(Table(("n",), [(Literal("une", language="fr"),), (None,)])), end="")
    {"head":{"vars":["n"]},"results":{"bindings":[
    {"n":{"type":"literal","value":"une","xml:lang":"fr"}},
    {}
    ]}}
    """
    import json

    rows = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    names = json.dumps(table.columns, ensure_ascii=False, separators=(",", ":"))
    body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"head":{{"vars":{names}}},"results":{{"bindings":[\n{body}\n]}}}}\n'


def format_csv(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV: bare values, lines end with CR LF.

    >>> from pyoxigraph import Literal
    >>> format_csv(Table(("a", "b"), [(Literal("x, y"), None)]))
    'a,b\\r\\n"x, y",\\r\\n'
    """
    lines = [",".join(table.columns)]
    lines += [",".join(_csv_cell(term) for term in row) for row in table.rows]
    return "".join(f"{line}\r\n" for line in lines)


def format_tsv(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV: terms as in a query, with their datatypes and languages.

    >>> from pyoxigraph import Literal
    >>> format_tsv(Table(("n",), [(Literal("a\\tb"),), (NamedNode("http://example.org/"),)]))
    '?n\\n"a\\\\tb"\\n<http://example.org/>\\n'
    """
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in table.rows]
    return "".join(f"{line}\n" for line in lines)


def format_xml(table: Table) -> str:
    """SPARQL Query Results XML Format.

    >>> from pyoxigraph import Literal
    >>> print(format_xml(Table(("n",), [(Literal("1 < 2"),)])), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head><results>
    <result><binding name="n"><literal>1 &lt; 2</literal></binding></result>
    </results></sparql>
    """
    head = "".join(f'<variable name="{name}"/>' for name in table.columns)
    rows = [
        "<result>"
        + "".join(
            f'<binding name="{name}">{_xml_term(term)}</binding>'
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        )
        + "</result>\n"
        for row in table.rows
    ]
    return f"{_XML_START}<head>{head}</head><results>\n{''.join(rows)}</results></sparql>\n"


_XML_START = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
# What XML 1.0 cannot hold in any form is shown by the replacement character; a bare CR would be read as LF.
_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")
_XML |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", 13: "&#13;"}


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        found["datatype"] = term.datatype.value
    return found


def _csv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    text = cell_text(term, prefixes=False)
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in '",\r\n') else text


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return (
            "<triple>"
            + "".join(f"<{name}>{_xml_term(p)}</{name}>" for name, p in parts.items())
            + "</triple>"
        )
    if term.language:
        return f'<literal xml:lang="{_xml(term.language)}">{_xml(term.value)}</literal>'
    if term.datatype.value != _XSD_STRING:
        return f'<literal datatype="{_xml(term.datatype.value)}">{_xml(term.value)}</literal>'
    return f"<literal>{_xml(term.value)}</literal>"


def _xml(text: str) -> str:
    return text.translate(_XML)
