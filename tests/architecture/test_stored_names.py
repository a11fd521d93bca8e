"""Names that are in stored data: of events, of what is published, of who subscribes. They are for ever.

A new one gets its line in ``stored_names.txt``; a line that is there never changes and never goes.
"""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.aggregates import Aggregate
from shared.runtime.service import Service, installed
from tests.architecture.code import modules, named

FROZEN = Path(__file__).with_name("stored_names.txt").read_text().splitlines()
SERVICES = installed()
TOPIC = re.compile(r"[a-z]+(\.[a-z]+(-[a-z]+)*){1,3}")


def _subclasses(of: type[Any]) -> set[type[Any]]:
    return {found for direct in of.__subclasses__() for found in (direct, *_subclasses(direct))}


def events_of(service: Service) -> list[type[Any]]:
    """Every event class that a service's domain defines."""
    for module in modules(f"services/{service.name}/domain"):
        importlib.import_module(named(module).removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    inside = f"{service.folder}.domain"
    return [found for found in _subclasses(Aggregate.Event) if found.__module__.startswith(inside) and is_stored(found)]


def is_stored(event: type[Any]) -> bool:
    """Whether events of just this class are stored: it names its own topic and is no base of others."""
    return "TOPIC" in vars(event) and not event.__qualname__.endswith(".Event")


def stored_names() -> list[str]:
    """A line for each stored name of today's program."""
    lines = []
    for service in SERVICES.values():
        published = service.part("published").PUBLISHED
        for event in events_of(service):
            told = published[event.TOPIC].type if event.TOPIC in published else "private"
            lines.append(f"event {event.TOPIC} {told}")
        lines += [
            f"subscription {subscription.name} {subscription.source}"
            for subscription in service.part("consumed").CONSUMED
        ]
    return sorted(lines)


def test_stored_names_are_those_that_were_frozen() -> None:
    assert stored_names() == FROZEN


@pytest.mark.parametrize("name", SERVICES)
def test_an_event_has_a_topic_of_its_own_that_begins_with_its_service(name: str) -> None:
    events = events_of(SERVICES[name])
    topics = [event.TOPIC for event in events]
    assert events
    assert len(topics) == len(set(topics))
    assert [topic for topic in topics if not (TOPIC.fullmatch(topic) and topic.startswith(f"{name}."))] == []


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_published_is_an_event_of_the_service(name: str) -> None:
    topics = {event.TOPIC for event in events_of(SERVICES[name])}
    assert set(SERVICES[name].part("published").PUBLISHED) <= topics


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_projected_is_an_event_of_the_service(name: str) -> None:
    topics = {event.TOPIC for event in events_of(SERVICES[name])}
    assert set(SERVICES[name].part("read.projected").PROJECTED) <= topics


@pytest.mark.parametrize("name", SERVICES)
def test_sealed_fields_are_fields_of_their_event_and_are_never_published(name: str) -> None:
    for event in events_of(SERVICES[name]):
        fields = {field for part in event.__mro__ for field in getattr(part, "__annotations__", {})}
        assert set(event.SEALED) <= fields, event.TOPIC
