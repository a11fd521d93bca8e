"""Ports on loopback, each for one process of tests as long as it runs.

A port that a killed process listened on is free until it is started again. Whoever asked the system for any free port
meanwhile would be given it, and people of one deployment would speak to another. So ports are taken from below those
that the system gives away by itself, and a lock on a file tells other runs of tests that a port is somebody's.
"""

from __future__ import annotations

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

PORTS = range(20_000, 32_000)

_FOLDER = Path(tempfile.gettempdir()) / f"carers-test-ports-{os.getuid()}"
_held: dict[int, IO[bytes]] = {}


def free_port(first: int | None = None) -> int:
    """A port that nobody listens on and no other run of tests holds; ``first``: where to look first, else anywhere."""
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    start = random.choice(PORTS) if first is None else first
    for port in (*range(start, PORTS.stop), *range(PORTS.start, start)):
        if port not in _held and _is_taken(port):
            return port
    raise RuntimeError("Every port for tests is somebody's.")


def _is_taken(port: int) -> bool:
    """Whether the port is now this process's."""
    lock = (_FOLDER / str(port)).open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with socket.socket() as found:
            found.bind(("127.0.0.1", port))
    except OSError:
        lock.close()
        return False
    _held[port] = lock
    return True
