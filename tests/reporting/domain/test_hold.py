"""Returns on hold: held once, let go on once, for one of three reasons."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.reporting.domain.hold import REASONS, Hold
from shared.kernel.errors import InvalidError, RefusedError
from shared.kernel.provenance import Provenance

ACT = Provenance("system", datetime(2026, 6, 2, 23, 30, tzinfo=UTC), "ministry-of-works")


def test_returns_are_on_hold_since_the_day_in_london_until_they_go_on() -> None:
    hold = Hold.open(ACT)
    assert hold.reason == ""
    hold.hold("records-moving", ACT)
    assert hold.reason == "records-moving"
    hold.resume(ACT)
    assert hold.reason == ""
    _, held, resumed = hold.collect_events()
    assert (held.since, held.reason, held.organisation, held.person) == (
        "2026-06-03",
        "records-moving",
        "ministry-of-works",
        "",
    )
    assert (resumed.organisation, resumed.by, resumed.timestamp) == ("ministry-of-works", "system", ACT.at)


@pytest.mark.parametrize("again", REASONS)
def test_what_is_on_hold_cannot_be_put_on_hold_again(again: str) -> None:
    hold = Hold.open(ACT)
    hold.hold("other", ACT)
    with pytest.raises(RefusedError, match="on hold already") as refused:
        hold.hold(again, ACT)
    assert refused.value.code_ == "on-hold-already"
    assert hold.reason == "other"


def test_what_goes_on_cannot_be_let_go_on() -> None:
    hold = Hold.open(ACT)
    with pytest.raises(RefusedError, match="not on hold") as refused:
        hold.resume(ACT)
    assert refused.value.code_ == "not-on-hold"


def test_a_reason_is_one_of_the_list() -> None:
    hold = Hold.open(ACT)
    with pytest.raises(InvalidError):
        hold.hold("Jo is on leave", ACT)
    assert hold.reason == ""
