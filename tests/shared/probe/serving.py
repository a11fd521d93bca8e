"""The probe's feed over HTTP, as its web would serve it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import make_server

from shared.runtime.wiring import Wiring
from shared.web.app import create_app
from shared.web.feed import blueprint


@contextmanager
def feed_of(probe: Wiring) -> Iterator[str]:
    """Serve it on loopback; gives the base address."""
    wirings: dict[str, Any] = {}
    app = create_app(probe.settings, wirings, front=False, clock=probe.clock, extra=[blueprint])
    wirings["probe"] = probe  # only now: the probe has no pages to register
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
