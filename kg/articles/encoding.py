"""Bytes to characters, without guessing.

UTF-8, with or without a byte order mark; UTF-16 and UTF-32 with one. Anything else is refused with the
place of the first byte that does not fit: a text read in the wrong encoding looks fine until a name is
wrong in the graph.
"""

from __future__ import annotations

import codecs

from kg.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = frozenset({"utf-16", "utf-32"})


def decode(data: bytes, where: str, *, declared: str | None = None, part: bool = False) -> str:
    """The characters of a file. `declared` is the encoding that the file itself names, as HTML can.

    `part` says that the data are a line of a file, which `where` names already.

    Raises ArticleError for binary data and for any other encoding.

    >>> decode(b"\\xef\\xbb\\xbfErdo\\xc4\\x9fan", "a.txt")
    'Erdoğan'
    >>> try:
    ...     decode(b"caf\\xe9 au lait", "a.txt")
    ... except ArticleError as error:
    ...     print(error.what)
    not UTF-8: byte 0xE9 at offset 3
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is None and b"\0" in data:
        if guess := _unmarked(data):
            raise ArticleError(
                f"it looks like {guess}, but has no byte order mark",
                where=where,
                hint=f"convert it: iconv -f {guess} -t UTF-8",
            )
        raise ArticleError(
            f"binary data: a zero byte at offset {data.index(0)}",
            where=where,
            hint="give the text of the article; a PDF or a word processor's file must be exported first",
        )
    if data.startswith(b"%PDF-"):
        raise ArticleError("a PDF", where=where, hint="export its text first: pdftotext FILE.pdf")
    encoding = marked or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if marked is None and declared is not None:
            return _decode_as(data, declared, where)
        line = data.count(b"\n", 0, error.start) + 1
        byte = f": byte 0x{data[error.start]:02X}" if error.start < len(data) else ""
        raise ArticleError(
            f"not {encoding.upper().removesuffix('-SIG')}{byte} at offset {error.start}",
            where=where if part or marked in _WIDE else f"{where}, line {line}",
            hint="its byte order mark says so: the file may be damaged or cut off"
            if marked is not None
            else "if it was written on Windows, convert it: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def _unmarked(data: bytes) -> str | None:
    """UTF-16 in the order that zero bytes speak for, where every second byte of the beginning is mostly one."""
    head = data[:512]
    for name, zeros, others in (("UTF-16LE", head[1::2], head[::2]), ("UTF-16BE", head[::2], head[1::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.8 * len(zeros) and others.count(0) == 0:
            return name
    return None


def _decode_as(data: bytes, declared: str, where: str) -> str:
    try:
        return data.decode(declared)
    except (UnicodeError, LookupError) as error:
        offset = f" at offset {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise ArticleError(
            f"neither UTF-8 nor the encoding it declares, {declared}{offset}",
            where=where,
            hint="convert the file to UTF-8 from the encoding it was saved in",
        ) from None
