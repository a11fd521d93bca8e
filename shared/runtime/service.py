"""A service's record, and how installed services are found."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

from shared.kernel.errors import SettingsError
from shared.runtime.setting import Setting

GROUP = "working_carers.services"
KEEPS_NAMES = "working_carers.names"


@dataclass(frozen=True)
class Service:
    """A service by name. Its parts are modules of its folder, imported only by the process that needs them.

    ``about``: one sentence for the home page, what people find there. ``settings``: what this service alone is told.
    """

    name: str
    title: str
    folder: str
    about: str = ""
    settings: tuple[Setting, ...] = ()

    def part(self, name: str) -> Any:
        """A module of the service, such as ``api``, ``pages``, ``wiring`` or ``service``."""
        return importlib.import_module(f"{self.folder}.{name}")

    def has(self, name: str) -> bool:
        """Whether the service has this module."""
        return importlib.util.find_spec(f"{self.folder}.{name}") is not None


def installed() -> dict[str, Service]:
    """The services whose folders are present, by name in the order of their entry points."""
    found: dict[str, Service] = {}
    for point in entry_points(group=GROUP):
        folder = point.value.partition(":")[0]
        if _is_package(folder):
            found[point.name] = point.load()
    return found


def absent() -> list[str]:
    """The names of services that the program can have and whose folders are not here, as in an image of others."""
    return [point.name for point in entry_points(group=GROUP) if not _is_package(point.value.partition(":")[0])]


def keeper_of_names() -> str:
    """The name of the service that keeps the names of people, which may run elsewhere; empty where none does."""
    return next((point.name for point in entry_points(group=KEEPS_NAMES)), "")


def _is_package(folder: str) -> bool:
    """Whether the folder is there with its record; an image without the service has at most an empty folder."""
    try:
        spec = importlib.util.find_spec(folder)
    except ModuleNotFoundError:
        return False
    return spec is not None and spec.origin is not None


def chosen(names: tuple[str, ...]) -> dict[str, Service]:
    """The named services, or all; raises ``SettingsError`` for one that is not installed."""
    services = installed()
    unknown = [name for name in names if name not in services]
    if unknown:
        raise SettingsError(f"No service is called {', '.join(unknown)}. There are: {', '.join(services)}.")
    return {name: services[name] for name in names} if names else services
