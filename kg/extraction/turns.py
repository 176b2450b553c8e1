"""Paragraphs, turns of a transcript and quotations: whose words stand at a place of a text."""

from __future__ import annotations

import re

from kg.extraction.persons import Person
from kg.extraction.reading import Reading


class Turns:
    """The paragraphs and turns of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._transcript: bool | None = None

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Where the paragraph of an offset begins and ends."""
        start = self.text.rfind("\n\n", 0, offset) + 2 if "\n\n" in self.text[:offset] else 0
        end = self.text.find("\n\n", offset)
        return start, len(self.text) if end < 0 else end

    def heading_speaker(self, offset: int) -> Person | None:
        """The name that heads the paragraph ("PRESIDENT N.: …"), or, below it, the turn that goes on."""
        start, end = self.paragraph(offset)
        while True:
            head = re.match(r"[^\n:.!?]{1,60}(?:\.[^\n:.!?]{1,40})?:", self.text[start:end])
            if head is not None:
                named = {id(m.person): m.person for p in self.reading.people for m in p.mentions
                         if start <= m.start < start + head.end()}  # fmt: skip
                return next(iter(named.values())) if len(named) == 1 and self.told() else None
            if start == 0 or not self.told():
                return None
            start, end = self.paragraph(start - 3)

    def told(self) -> bool:
        """Whether the text is a transcript: some paragraphs open with a name or a role and a colon."""
        if self._transcript is None:
            labels = re.findall(r"(?m)^(?:[A-Z][^\n:.!?]{0,58}|Q\b[^\n:]{0,30}):", self.text)
            self._transcript = len(labels) >= 2
        return self._transcript

    def quoted(self, start: int, offset: int) -> bool:
        """Whether a place lies between quotation marks of its paragraph."""
        before = self.text[start:offset]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1
