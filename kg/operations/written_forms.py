"""Whether lines are written as Oxigraph would write them, so that their digest is that of what it keeps.

Loading and dumping all of them tells, and costs more than all the rest of a pull. Most lines can be seen to be in that
form; of the others the values are collected, each once, and only those are loaded and dumped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from pyoxigraph import RdfFormat

_MOST: Final = 500_000
"""So many values are collected; then it is better to load and dump everything."""
_ABOUT: Final = b"<urn:s> <urn:p> "
_UPPER_TAG: Final = re.compile(rb'"@[a-z0-9-]*[A-Z]')


class Forms:
    """Looks at lines of N-Triples without their full stops.

    >>> forms = Forms()
    >>> forms.look([b'<urn:a> <urn:b> "7"^^<http://www.w3.org/2001/XMLSchema#integer>', b'<urn:a> <urn:b> "c"'])
    >>> forms.are_canonical()
    True
    >>> forms.look([b'<urn:a> <urn:b> "07"^^<http://www.w3.org/2001/XMLSchema#integer>'])
    >>> forms.are_canonical()
    False
    """

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._known = True

    def look(self, texts: Iterable[bytes]) -> None:
        """Look at some more."""
        if not self._known:
            return
        texts = list(texts)
        together = b"\n".join([b"", *texts])
        if b"_:" in together or b"\r" in together or together.count(b"\n<") != len(texts):
            self._known = False  # blank nodes, or something that is no line as anybody writes it
            return
        self._seen.update([_ABOUT + text[text.index(b'"') :] for text in texts if b'"^^<' in text])
        if b"\\" in together or b"\t" in together or b"  " in together:
            self._seen.update([text for text in texts if b"\\" in text or b"\t" in text or b"  " in text])
        if _UPPER_TAG.search(together):
            self._seen.update([text for text in texts if _UPPER_TAG.search(text)])
        if len(self._seen) > _MOST:
            self._known = False
            self._seen.clear()

    def are_canonical(self) -> bool:
        """Whether all of them certainly are as Oxigraph writes them."""
        if not self._known:
            return False
        memory = ox.Store()
        try:
            memory.bulk_load(b" .\n".join([*self._seen, b""]), format=RdfFormat.N_TRIPLES)
        except SyntaxError:
            return False
        kept = memory.dump(format=RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
        return {text[:-2] for text in kept.split(b"\n") if text} == self._seen
