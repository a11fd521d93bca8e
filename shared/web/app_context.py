"""What the app keeps beside Flask's own, built once and read by every request; and the services of this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import current_app, g

from shared.kernel.clock import Clock
from shared.runtime.wiring import Wiring

if TYPE_CHECKING:
    from shared.runtime.directory import Directory
    from shared.runtime.settings import Settings
    from shared.web.access import Access
    from shared.web.keys import SigningKeys

W = TypeVar("W", bound=Wiring)


@dataclass(frozen=True)
class AppContext:
    """The process's settings, services, clock, keys and log.

    ``access``: each service's table by name; ``directory``: what people are called, where that is kept in this process.
    """

    settings: Settings
    wirings: Mapping[str, Wiring]
    access: Mapping[str, Access]
    clock: Clock
    keys: SigningKeys
    log: Any
    directory: Directory | None = None


EXTENSION = "working-carers"


def app_context() -> AppContext:
    """What the app that answers the present request keeps."""
    return cast("AppContext", current_app.extensions[EXTENSION])


def wired(kind: type[W]) -> W:
    """The service of this process that is wired in this way, such as ``LeaveWiring``; raises LookupError for none.

    On a page that follows a command its lists have the change, whether or not the worker has folded it.
    """
    for found in app_context().wirings.values():
        if isinstance(found, kind):
            return _with_own_changes(found)
    raise LookupError(f"This process has no {kind.__name__}.")


def wired_by_name(service: str) -> Wiring:
    """The same by the service's name, for what is done in all services alike."""
    return _with_own_changes(app_context().wirings[service])


def _with_own_changes(wiring: W) -> W:
    return wiring.ahead() if g.get("behind") == wiring.service.name else wiring
