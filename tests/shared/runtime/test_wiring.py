"""A service as it is wired: what its figures say about itself and its sources."""

from __future__ import annotations

from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.shared.bus.receiving import inbox_of
from tests.shared.probe.stories import count, open_tally, person
from tests.support import PeerFeed, project

ANN = person(1)


def test_a_fresh_service_is_ready_and_caught_up(probe: Wiring) -> None:
    health = probe.health()

    assert health.ready
    assert health.caught_up
    assert health.fresh


def test_what_is_not_yet_followed_counts_as_behind(probe: Wiring) -> None:
    open_tally(probe, ANN)
    count(probe, ANN)
    probe.peers = {"probe": probe}

    own, echo = probe.health().sources
    assert (own.source, own.behind) == ("probe", 2)
    assert (echo.source, echo.behind) == ("probe", 2)
    assert not probe.health().caught_up

    project(probe)
    inbox_of(probe, PeerFeed([probe])).ask()
    project(probe)

    assert probe.health().caught_up
    assert probe.health().fresh


def test_a_subscription_that_never_moved_is_shown_as_soon_as_it_was_asked(probe: Wiring) -> None:
    assert probe.figures() == []
    inbox_of(probe, PeerFeed([probe])).ask()

    [figure] = probe.figures()
    assert (figure.subscription, figure.position) == ("probe.echo", 0)
    assert figure.age < 60


def test_each_commit_rings_the_services_doorbell(probe: Wiring, settings: Settings) -> None:
    from shared.runtime.doorbell import listen

    receiver = listen(settings.doorbell)
    receiver.settimeout(2)
    open_tally(probe, ANN)

    assert receiver.recv(100) == b"probe"
    receiver.close()
