"""How long a request may take, and a socket that keeps to it."""

from __future__ import annotations

import io
import time
from typing import Any, Final

BLOCK: Final = 1 << 18
"""Bytes that are sent or read at once."""


class Clock:
    """The time that a request may take: `limit` seconds, and with a `pace` one more for each so many bytes.

    The bytes are those that are sent, or with `reading` those that come. With a pace only waiting counts, and not
    what the caller does with what has come so far.

    >>> Clock(float("inf")).left() is None
    True
    """

    def __init__(self, limit: float, pace: int | None = None, *, reading: bool = False) -> None:
        self.limit = limit
        self._pace = pace
        self._reading = reading
        self._start = time.monotonic()
        self._waited = 0.0
        self._moved = 0

    def left(self) -> float | None:
        """Seconds that are left, None for no limit; raises TimeoutError when there are none."""
        if self._pace is None:
            left = self.limit - (time.monotonic() - self._start)
        else:
            left = self.limit + self._moved / self._pace - self._waited
        if left <= 0:
            raise TimeoutError
        return left if left < 1e9 else None  # sockets count in machine words

    def waited(self, seconds: float, *, sent: int = 0, received: int = 0) -> None:
        """Count a wait for the server, and the bytes that went or came."""
        self._waited += seconds
        self._moved += received if self._reading else sent


class TimedSocket:
    """A socket whose reads get the time that is left; as much of one as http.client's responses need."""

    def __init__(self, sock: Any, clock: Clock) -> None:
        self._sock = sock
        self._clock = clock

    def makefile(self, mode: str) -> io.BufferedReader:
        """A file to read from."""
        return io.BufferedReader(_TimedReads(self._sock, self._clock), BLOCK)


class _TimedReads(io.RawIOBase):
    def __init__(self, sock: Any, clock: Clock) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._clock.left())
        began = time.monotonic()
        count: int = self._raw.readinto(buffer)
        self._clock.waited(time.monotonic() - began, received=count)
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()
