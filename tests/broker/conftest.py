"""RabbitMQ as one deployment of its own sees it, and a cable to it that can be pulled."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from uuid import uuid4

import pytest
from kombu import Connection
from sqlalchemy import make_url

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # eventlet's notice that it is near its end, known
    from shared.bus.transport import Bus
from tests.broker.cable import Cable
from tests.shared.probe.consumed import ECHO
from tests.shared.probe.substrates import clock, open_probe, postgres_database, probe, settings, sqlite_template
from tests.system.substrate import BROKER, need_broker

__all__ = ["clock", "open_probe", "postgres_database", "probe", "settings", "sqlite_template"]


@pytest.fixture
def instance() -> Iterator[str]:
    """A deployment's name that nobody else uses; its queues are deleted at the end."""
    need_broker()
    name = f"test-{uuid4().hex[:8]}"
    yield name
    with Connection(BROKER) as connection:
        connection.channel().queue_delete(f"{name}.{ECHO}")


@pytest.fixture
def bus(instance: str) -> Bus:
    """The broker."""
    return Bus(BROKER, instance)


@pytest.fixture
def cable(instance: str) -> Iterator[Cable]:
    """A cable to the broker."""
    url = make_url(BROKER)
    made = Cable(str(url.host), url.port or 5672)
    yield made
    made.close()


@pytest.fixture
def wired_bus(cable: Cable, instance: str) -> Bus:
    """The broker at the other end of the cable."""
    url = make_url(BROKER).set(host="127.0.0.1", port=cable.port)
    return Bus(url.render_as_string(hide_password=False), instance)
