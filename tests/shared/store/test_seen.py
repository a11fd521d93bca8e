"""What people have seen: one by one or all up to a position, of their own alone, gone with their erasure."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shared.runtime.wiring import Wiring
from shared.store.seen import EVERYBODY, Seen, SeenSoFar
from shared.store.tables import seen
from tests.shared.probe.stories import open_tally, person

CARER, OTHER = person(1), person(2)


@pytest.fixture
def marks(probe: Wiring) -> Seen:
    """What is seen of a log of some length."""
    for number in range(3, 9):
        open_tally(probe, person(number))
    return probe.seen


def test_what_was_marked_is_seen_by_that_person_alone(marks: Seen) -> None:
    for position in (3, 5, 5):
        marks.mark(CARER, position)
    assert marks.of(CARER) == SeenSoFar(0, frozenset({3, 5}))
    assert marks.of(OTHER) == SeenSoFar()


def test_all_up_to_a_position_is_seen_at_once_and_never_less_again(marks: Seen) -> None:
    for position in (1, 4):
        marks.mark(CARER, position)
    marks.mark_through(CARER, 3)
    assert marks.of(CARER) == SeenSoFar(3, frozenset({4}))
    marks.mark_through(CARER, 2)
    assert marks.of(CARER) == SeenSoFar(3, frozenset({4}))


def test_what_is_not_recorded_yet_cannot_have_been_seen(marks: Seen, probe: Wiring) -> None:
    marks.mark(CARER, 10**9)
    assert marks.of(CARER) == SeenSoFar()
    marks.mark_through(CARER, 10**9)
    assert marks.of(CARER).through == probe.stores.log.head()[1]


def test_what_everybody_has_seen_is_news_to_nobody(marks: Seen) -> None:
    marks.mark_through(EVERYBODY, 2)
    marks.mark(CARER, 3)
    assert marks.of(CARER) == SeenSoFar(2, frozenset({3}))
    assert marks.of(OTHER) == SeenSoFar(2)


def test_with_an_erasure_nothing_is_kept_of_what_somebody_has_seen(marks: Seen, probe: Wiring) -> None:
    marks.mark(CARER, 1)
    marks.mark_through(OTHER, 1)
    probe.application.erase(CARER)
    with probe.stores.log.database.reading() as connection:
        assert connection.execute(select(seen.c.person)).scalars().all() == [OTHER]
    assert CARER in probe.keys.destroyed()
