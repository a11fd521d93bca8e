"""The people who use a service, each signed in. A service's ``conftest`` takes these beside its own ``rig``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pytest

from shared.kernel.clock import Clock
from shared.runtime.identity import Actor
from shared.runtime.wiring import Wiring
from tests.support import project
from tests.web_client import WebClient, web_client


class Rig(Protocol):
    """A service with people. ``actors``: by the name of their part."""

    service: str
    clock: Clock
    wiring: Wiring
    actors: Mapping[str, Actor]


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app; lists follow every command at once."""
    rig.wiring.application.on_stored = lambda: project(rig.wiring)
    return web_client({rig.service: rig.wiring}, clock=rig.clock)


@pytest.fixture
def carer(rig: Rig, web: WebClient) -> WebClient:
    """The carer."""
    return web.signed_in(rig.actors["carer"])


@pytest.fixture
def manager(rig: Rig, web: WebClient) -> WebClient:
    """The carer's manager."""
    return web.signed_in(rig.actors["manager"])


@pytest.fixture
def hr(rig: Rig, web: WebClient) -> WebClient:
    """HR of the carer's organisation."""
    return web.signed_in(rig.actors["hr"])
