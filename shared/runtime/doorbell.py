"""How a commit wakes the worker at once: one datagram to its Unix socket. Polling once a second is the safety net."""

from __future__ import annotations

import socket
from pathlib import Path


def ring(doorbell: Path, service: str) -> None:
    """Tell the worker that a service's log has grown; nobody there is no harm."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(service.encode(), str(doorbell))
        except OSError:
            return


def listen(doorbell: Path) -> socket.socket:
    """The worker's end: a bound datagram socket. Its folder is made, and an old socket in its place removed."""
    doorbell.parent.mkdir(parents=True, exist_ok=True)
    doorbell.unlink(missing_ok=True)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(str(doorbell))
    return receiver
