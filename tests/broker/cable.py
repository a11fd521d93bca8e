"""A cable to the broker that can be pulled: what a network does, without touching the broker that others use."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading


class Cable:
    """Forwards connections from a port of its own until it is cut; new ones are refused until it is mended."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._whole = True
        self._running = True
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        """The port on loopback."""
        return int(self._listener.getsockname()[1])

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            self._whole = False
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _close(*pair)

    def mend(self) -> None:
        """Forward again."""
        self._whole = True

    def close(self) -> None:
        """End."""
        self._running = False
        self.cut()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while self._running:
            near, _ = self._listener.accept()
            with self._lock:
                if not (self._whole and self._running):
                    _close(near)
                    continue
                far = socket.create_connection(self._to, timeout=3)
                far.settimeout(None)
                self._pairs.append((near, far))
            thread = threading.Thread(target=_forward, args=(near, far))
            self._threads.append(thread)
            thread.start()


def _forward(near: socket.socket, far: socket.socket) -> None:
    with selectors.DefaultSelector() as selector, contextlib.suppress(OSError, ValueError, KeyError):
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)
        while near.fileno() >= 0 and far.fileno() >= 0:
            for key, _ in selector.select(0.2):
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not data:
                    _close(near, far)
                    return
                key.data.sendall(data)
    _close(near, far)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
