"""The web process: the chosen services' pages and APIs, and the front."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from shared.process.port import cannot_listen
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.telemetry import configure
from shared.runtime.wiring import wire_all
from shared.web.app import create_app
from shared.web.feed import blueprint as feed
from shared.web.server import serve

_CANNOT_LISTEN: Final = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


def serve_web(services: Mapping[str, Service], *, front: bool, settings: Settings) -> None:
    """Serve until told to stop."""
    configure(settings.log_level, "web")
    clock = settings.clock()
    wirings = wire_all(services, settings, clock)
    app = create_app(settings, wirings, front=front, clock=clock, extra=[feed])
    try:
        serve(app, settings.host, settings.port, settings.threads)
    except OSError as error:
        if error.errno not in _CANNOT_LISTEN:
            raise
        raise cannot_listen(error, settings.host, settings.port) from None
    finally:
        for wiring in wirings.values():
            wiring.close()
