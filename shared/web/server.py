"""Waitress with our bounds: real threads, no broker, a clean end on a signal, problem details for its own refusals."""

from __future__ import annotations

import json
import signal
import sys
import threading
from types import FrameType
from typing import Any
from uuid import uuid4

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from shared.web.limits import BULK_BYTES

_HEADER_BYTES = 16 * 1024
_BODY_BYTES = BULK_BYTES * 2
_IDLE_SECONDS = 60
_BACKLOG = 256
_CONNECTIONS = 200

_DETAILS = {
    413: "What was sent is larger than any address here takes. Send it in smaller parts.",
    431: "The headers are too large. Send fewer of them.",
}


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """Answers what cannot be handed to the app – unreadable, or far too large – with problem details."""

    def execute(self) -> None:
        """Write the answer and close the connection."""
        status = int(self.request.error.code)
        body = json.dumps(
            {
                "type": "urn:working-carers:problem:unreadable",
                "title": "The request cannot be read",
                "status": status,
                "detail": _DETAILS.get(status, "The request is not well-formed HTTP."),
                "code": "unreadable",
                "reference": uuid4().hex[:16],
            }
        ).encode()
        self.status = f"{status} {self.request.error.reason}"
        self.response_headers.append(("Content-Type", "application/problem+json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class ProblemChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that answers in our shape."""

    error_task_class = ProblemTask


def make_server(app: Flask, host: str, port: int, threads: int) -> Any:
    """A listening server on one address: ``effective_port`` tells the port where 0 was asked.

    ``run()`` blocks, ``close()`` ends it.
    """
    server = create_server(
        app,
        host=host,
        port=port,
        threads=threads,
        backlog=_BACKLOG,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE_SECONDS,
        max_request_body_size=_BODY_BYTES,
        max_request_header_size=_HEADER_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=False,  # nothing trusts them; that there are any tells of a proxy
    )
    for listener in list(getattr(server, "map", {}).values()) or [server]:
        listener.channel_class = ProblemChannel
    return server


def serve(app: Flask, host: str, port: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished within waitress's five seconds."""
    server = make_server(app, host, port, threads)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background job begins with the latter ignored
            signal.signal(number, _leave)
    try:
        server.run()
    finally:
        server.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
