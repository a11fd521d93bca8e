"""Which revision counts, and which one a release holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

from services.reporting.domain.revisions import Held, Revision, current, held_by_release, is_revised

PROVISIONAL = Revision(1, datetime(2026, 11, 20, tzinfo=UTC), complete=False)
COMPLETE = Revision(2, datetime(2026, 12, 2, tzinfo=UTC), complete=True)
CORRECTED = Revision(3, datetime(2027, 1, 20, tzinfo=UTC), complete=True)
LATE = Revision(4, datetime(2027, 2, 1, 0, 0, tzinfo=UTC), complete=True)


def test_the_highest_revision_wins_in_whatever_order_they_come() -> None:
    for order in permutations([PROVISIONAL, COMPLETE, CORRECTED, COMPLETE]):
        assert current(order) == CORRECTED


def test_completing_a_month_is_no_revision_and_what_follows_is() -> None:
    assert not is_revised([PROVISIONAL, COMPLETE])
    assert is_revised([PROVISIONAL, COMPLETE, CORRECTED])


def test_what_the_day_of_the_first_complete_return_corrects_is_no_revision_of_it() -> None:
    evening = Revision(3, datetime(2026, 12, 2, 23, 59, tzinfo=UTC), complete=True)
    midnight = Revision(3, datetime(2026, 12, 3, tzinfo=UTC), complete=True)
    assert not is_revised([PROVISIONAL, COMPLETE, evening])
    assert is_revised([PROVISIONAL, COMPLETE, midnight])
    assert is_revised([PROVISIONAL, COMPLETE, evening, CORRECTED._replace(revision=4)])


def test_the_day_is_londons_day() -> None:
    late = Revision(1, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), complete=True)
    assert not is_revised([late, Revision(2, datetime(2026, 7, 1, 22, 59, tzinfo=UTC), complete=True)])
    assert is_revised([late, Revision(2, datetime(2026, 7, 1, 23, 0, tzinfo=UTC), complete=True)])


def test_nothing_is_held_before_the_release_day() -> None:
    assert held_by_release([COMPLETE], "2026-11", date(2027, 1, 31)) is None


def test_a_release_holds_the_highest_revision_known_before_its_day() -> None:
    held = Held(CORRECTED, date(2027, 2, 1))
    for order in permutations([PROVISIONAL, COMPLETE, CORRECTED, LATE]):
        assert held_by_release(order, "2026-11", date(2027, 2, 1)) == held


def test_a_later_revision_never_moves_what_was_released() -> None:
    known = [COMPLETE, CORRECTED, LATE]
    assert held_by_release(known, "2026-11", date(2029, 1, 1)) == Held(CORRECTED, date(2027, 2, 1))


def test_a_month_that_is_not_complete_waits_for_the_next_release() -> None:
    waiting = Revision(3, datetime(2027, 1, 25, tzinfo=UTC), complete=False)
    mended = Revision(4, datetime(2027, 2, 3, tzinfo=UTC), complete=True)
    known = [COMPLETE, waiting, mended]
    assert held_by_release(known, "2026-11", date(2027, 4, 30)) is None
    assert held_by_release(known, "2026-11", date(2027, 5, 1)) == Held(mended, date(2027, 5, 1))
