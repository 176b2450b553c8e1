"""Runs a command until standard input ends, then ends it: python guard.py COMMAND...

Whoever starts a server this way holds the other end of the pipe. However that process ends, also killed, the pipe is
closed with it, and no server is left behind.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys

PATIENCE = 10.0  # seconds between asking it to end and ending it


def guard(command: list[str]) -> int:
    """The exit code of the command, which runs no longer than there is somebody at the other end of the pipe."""
    # What is sent to the whole group of processes (Ctrl-C) is for those who hold the pipe to deal with.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            with contextlib.suppress(InterruptedError):
                if select.select([0], [], [], 0.2)[0] and not os.read(0, 1):
                    break
        process.terminate()
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


if __name__ == "__main__":
    sys.exit(guard(sys.argv[1:]))
