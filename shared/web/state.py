"""What the app keeps beside Flask's own: built once, read by every request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

from shared.kernel.clock import Clock

if TYPE_CHECKING:
    from shared.web.access import Access
    from shared.web.keys import Keys
    from shared.web.settings import WebSettings
    from shared.web.wiring import Wiring


@dataclass(frozen=True)
class WebState:
    """The process's settings, services, clock, keys and log. ``access``: each service's table by name."""

    settings: WebSettings
    wirings: Mapping[str, Wiring]
    access: Mapping[str, Access]
    clock: Clock
    keys: Keys
    log: Any


EXTENSION = "working-carers"


def state() -> WebState:
    """The state of the app that answers the present request."""
    return cast("WebState", current_app.extensions[EXTENSION])
