"""Which services tell a world's story, and which listen to it: each says so by what its module ``world`` has."""

from __future__ import annotations

from collections.abc import Mapping

from shared.runtime.service import Service


def tellers(services: Mapping[str, Service]) -> dict[str, Service]:
    """The services whose ``world`` begins acts, each after those that it hears."""
    return {name: service for name, service in _with_world(services).items() if hasattr(service.part("world"), "begin")}


def listeners(services: Mapping[str, Service]) -> dict[str, Service]:
    """The services whose ``world`` looks at what was told."""
    return {name: service for name, service in _with_world(services).items() if hasattr(service.part("world"), "look")}


def _with_world(services: Mapping[str, Service]) -> dict[str, Service]:
    return {service.name: service for service in sources_first(services) if service.has("world")}


def sources_first(services: Mapping[str, Service]) -> list[Service]:
    """The services, each after those that it hears."""
    ordered: dict[str, Service] = {}

    def add(name: str, asking: tuple[str, ...]) -> None:
        if name in services and name not in ordered and name not in asking:
            for subscription in services[name].part("consumed").CONSUMED:
                add(subscription.source, (*asking, name))
            ordered[name] = services[name]

    for name in services:
        add(name, ())
    return list(ordered.values())
