"""Leave's lists and the questions asked of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from services.leave.domain.commands import WaiveNotice
from services.leave.read.balance import balance_of
from services.leave.read.due_items import days_to_take, notices_to_confirm, notices_to_lapse
from services.leave.read.notices import (
    NextDay,
    NoticeShown,
    count_late_in,
    count_waiting_for,
    flagged_in,
    next_day_of,
    not_waived_of,
    notice,
    notices_of,
    soonest_for,
    waiting_for,
    waiting_in,
)
from services.leave.read.posts import PostsView
from shared.contracts import types
from shared.people.labels import label_of, person_with
from tests.leave.builders import CARER, HR, MANAGER, OFF, cycle
from tests.leave.rig import FRIDAY, MORNING, ORGANISATION, OTHER, POST, STRANGER, Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

MONDAY = date(2026, 3, 16)
PAGE = {"limit": 50, "offset": 0}


def shown(rig: Rig, which: str) -> NoticeShown:
    with rig.wiring.reading() as connection:
        found = notice(connection, which)
    assert found is not None
    return found


def states(rig: Rig, which: str) -> tuple[str, list[str]]:
    found = shown(rig, which)
    return found.state, [day.state for day in found.days]


def test_a_notice_is_listed_through_its_whole_life(rig: Rig) -> None:
    which = rig.give(FRIDAY, MONDAY).data["notice"]
    assert states(rig, which) == ("given", ["booked", "booked"])
    rig.withdraw(which, MONDAY)
    assert states(rig, which) == ("given", ["booked", "withdrawn"])
    rig.confirm(which)
    assert (shown(rig, which).confirmed_by, shown(rig, which).confirmed_on) == ("manager", "2026-03-02")
    rig.until(date(2026, 3, 14))
    assert states(rig, which) == ("confirmed", ["taken", "withdrawn"])
    rig.correct(which, FRIDAY, Fraction(222), "Came back at noon")
    day = shown(rig, which).days[0]
    assert (day.minutes, day.counted_minutes, day.corrected) == ("222", "222", True)
    assert "noon" not in day.reason
    assert rig.application.keys.open(CARER, day.reason, "reason") == "Came back at noon"


def test_a_notice_without_days_left_is_withdrawn(rig: Rig) -> None:
    which = rig.give(FRIDAY).data["notice"]
    rig.withdraw(which)
    assert states(rig, which) == ("withdrawn", ["withdrawn"])


def test_a_lapsed_notice_and_its_revival_are_listed(rig: Rig) -> None:
    rig.days_later(10)
    which = rig.give(FRIDAY, MONDAY).data["notice"]
    rig.withdraw(which, MONDAY)
    rig.until(FRIDAY)
    assert states(rig, which) == ("lapsed", ["lapsed", "withdrawn"])
    rig.run(WaiveNotice(CARER, ORGANISATION, which, "hr", by=HR))
    assert states(rig, which) == ("confirmed", ["booked", "withdrawn"])
    assert shown(rig, which).waived


def test_what_waits_for_a_manager_is_that_of_their_people_today_nearest_first(rig: Rig) -> None:
    later = rig.give(MONDAY).data["notice"]
    sooner = rig.give(FRIDAY).data["notice"]
    own = rig.give(FRIDAY, person=MANAGER).data["notice"]
    with rig.wiring.reading() as connection:
        found = waiting_for(connection, MANAGER, MORNING.date(), **PAGE)
        assert [each.notice for each in found] == [sooner, later]
        assert count_waiting_for(connection, MANAGER, MORNING.date()) == 2
        assert count_waiting_for(connection, CARER, MORNING.date()) == 0
        assert {each.notice for each in waiting_in(connection, ORGANISATION, HR, **PAGE)} == {sooner, later, own}
        assert own not in {each.notice for each in waiting_in(connection, ORGANISATION, MANAGER, **PAGE)}
        assert waiting_in(connection, OTHER, HR, **PAGE) == []
    rig.confirm(sooner)
    rig.withdraw(later)
    with rig.wiring.reading() as connection:
        assert waiting_for(connection, MANAGER, MORNING.date(), **PAGE) == []


def test_a_persons_notices_come_newest_first_a_page_at_a_time(rig: Rig) -> None:
    given = [rig.give(date(2026, 3, day)).data["notice"] for day in (9, 10, 11)]
    with rig.wiring.reading() as connection:
        assert [each.notice for each in notices_of(connection, CARER, limit=2, offset=0)] == given[:0:-1]
        assert [each.notice for each in notices_of(connection, CARER, limit=2, offset=2)] == given[:1]
        assert notices_of(connection, CARER, OTHER, **PAGE) == []


def test_what_is_due_is_told_at_its_instant_and_not_before(rig: Rig) -> None:
    which = rig.give(FRIDAY).data["notice"]
    with rig.wiring.reading() as connection:
        assert notices_to_confirm(connection, date(2026, 3, 9)) == []
        (confirm,) = notices_to_confirm(connection, date(2026, 3, 10))
        assert days_to_take(connection, datetime(2026, 3, 13, 23, 59, 59, 999999, tzinfo=UTC)) == []
        (take,) = days_to_take(connection, datetime(2026, 3, 14, tzinfo=UTC))
        assert days_to_take(connection, datetime(2026, 3, 14, 0, 0, 0, 1, tzinfo=UTC)) == [take]
        assert notices_to_lapse(connection, datetime(2026, 4, 1, tzinfo=UTC)) == []
    assert [confirm.key, take.key] == [f"due:confirm:{which}:2026-03-09", f"due:take:{which}:2026-03-13"]


def test_in_summer_a_day_ends_an_hour_earlier_by_utc(rig: Rig) -> None:
    rig.give(date(2026, 7, 10))
    with rig.wiring.reading() as connection:
        assert len(days_to_take(connection, datetime(2026, 7, 10, 23, tzinfo=UTC))) == 1
        assert days_to_take(connection, datetime(2026, 7, 10, 22, 59, tzinfo=UTC)) == []


def test_a_late_notice_is_due_to_lapse_when_its_first_booked_day_begins(rig: Rig) -> None:
    rig.days_later(9)
    which = rig.give(date(2026, 3, 12), FRIDAY).data["notice"]
    rig.withdraw(which, date(2026, 3, 12))
    with rig.wiring.reading() as connection:
        assert notices_to_lapse(connection, datetime(2026, 3, 13, 8, 59, tzinfo=UTC)) == []
        (lapse,) = notices_to_lapse(connection, datetime(2026, 3, 13, 9, tzinfo=UTC))
        assert days_to_take(connection, datetime(2026, 4, 1, tzinfo=UTC)) == []
    assert lapse.key == f"due:lapse:{which}:2026-03-13"


def test_the_balance_is_of_what_is_booked_and_taken(rig: Rig) -> None:
    rig.withdraw(rig.give(date(2026, 3, 10)).data["notice"])
    taken = rig.give(date(2026, 3, 11)).data["notice"]
    rig.give((FRIDAY, "am"))
    rig.until(date(2026, 3, 12))
    posts = PostsView(rig.wiring.stores.read).posts_on(CARER, date(2026, 3, 12))
    with rig.wiring.reading() as connection:
        balance = balance_of(connection, CARER, posts, date(2026, 3, 12))
    assert (balance.used, balance.booked, balance.left) == (444, 222, 2220 - 666)
    rig.correct(taken, date(2026, 3, 11), Fraction(0))
    with rig.wiring.reading() as connection:
        assert balance_of(connection, CARER, posts, date(2026, 3, 12)).used == 0


def test_a_post_is_as_it_is_on_each_day(rig: Rig) -> None:
    rig.employ(
        CARER, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 4, 1), nation="scotland", manager=MANAGER
    )
    rig.end(CARER, date(2026, 6, 30))
    view = PostsView(rig.wiring.stores.read)
    days = [date(2019, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)]
    nations = [held.nation if held else None for held in view.post_on_days(POST, days).values()]
    assert nations == [None, "england", "scotland", "scotland", None]
    assert view.employers_of(CARER) == [ORGANISATION]


def test_since_when_a_pattern_has_stood_looks_past_changes_of_other_things(rig: Rig) -> None:
    unequal = cycle((60, 0), *[OFF] * 13)
    for day, post in ((date(2026, 1, 5), "Clerk"), (date(2026, 2, 2), "Senior clerk")):
        rig.employ(CARER, kind=types.EMPLOYMENT_CHANGED, effective_from=day, pattern=unequal, post=post)
    (post,) = PostsView(rig.wiring.stores.read).posts_on(CARER, FRIDAY)
    assert (post.post, post.pattern_since) == ("Senior clerk", date(2026, 1, 5))


def test_somebody_is_found_by_staff_number_in_their_own_organisation_while_employed(rig: Rig) -> None:
    with rig.wiring.reading() as connection:
        assert person_with(connection, ORGANISATION, "S1111", FRIDAY) == CARER
        assert person_with(connection, OTHER, "S1111", FRIDAY) is None
        assert person_with(connection, OTHER, f"S{STRANGER[:4]}", FRIDAY) == STRANGER
        assert label_of(connection, POST, FRIDAY) == "S1111, Policy adviser"
    rig.end(CARER, date(2026, 3, 12))
    with rig.wiring.reading() as connection:
        assert person_with(connection, ORGANISATION, "S1111", FRIDAY) is None
        assert label_of(connection, POST, FRIDAY) == "S1111, Policy adviser"


def test_an_erased_person_is_on_no_list(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.forget(CARER)
    with rig.wiring.reading() as connection:
        assert notices_of(connection, CARER, **PAGE) == []
        assert waiting_for(connection, MANAGER, MORNING.date(), **PAGE) == []


def test_a_postponed_notice_is_listed_with_its_new_day_and_waits_no_longer(rig: Rig) -> None:
    which = rig.give(FRIDAY, MONDAY).data["notice"]
    rig.withdraw(which, MONDAY)
    rig.postpone(which, MONDAY, agreed=False)
    assert states(rig, which) == ("confirmed", ["postponed", "booked"])
    found = shown(rig, which)
    assert (found.postponed_on, found.decided_by, found.consulted_on) == ("2026-03-02", "manager", "2026-03-02")
    assert (found.agreed, found.lawful) == (False, True)
    assert [day.is_new for day in found.days] == [False, True]
    assert (found.day("2026-03-16") or found.days[0]).window_last == "2026-03-16"
    with rig.wiring.reading() as connection:
        assert count_waiting_for(connection, MANAGER, date(2026, 3, 2)) == 0
    rig.withdraw(which)
    assert states(rig, which) == ("withdrawn", ["postponed", "withdrawn"])


def test_a_notice_that_was_not_waived_is_listed_and_so_is_the_one_with_its_place(rig: Rig) -> None:
    rig.days_later(9)
    which = rig.give(FRIDAY).data["notice"]
    rig.not_waive(which)
    assert states(rig, which) == ("not-waived", ["not-waived"])
    found = shown(rig, which)
    assert (found.decided_on, found.decided_by, found.in_time_from) == ("2026-03-11", "manager", "2026-03-14")
    moved = rig.move(which).data["notice"]
    assert shown(rig, which).moved_to == moved
    assert states(rig, moved) == ("given", ["booked"])
    with rig.wiring.reading() as connection:
        assert notices_to_lapse(connection, datetime(2026, 3, 14, tzinfo=UTC)) == []


def test_only_what_was_postponed_without_agreement_or_outside_the_limits_is_flagged_to_hr(rig: Rig) -> None:
    days = [date(2026, 3, day) for day in (18, 19, 20)]
    agreed, without, outside = (rig.give(day).data["notice"] for day in days)
    rig.give(date(2026, 3, 24))
    rig.postpone(agreed, date(2026, 3, 25))
    rig.postpone(without, date(2026, 3, 26), agreed=False)
    rig.until(date(2026, 3, 10))
    rig.postpone(outside, date(2026, 3, 27), decided_by="hr", by=HR)
    with rig.wiring.reading() as connection:
        found = flagged_in(connection, ORGANISATION, HR, **PAGE)
        assert [each.notice for each in found] == [outside, without]
        assert flagged_in(connection, ORGANISATION, CARER, **PAGE) == []
        assert flagged_in(connection, OTHER, HR, **PAGE) == []


def test_the_balance_counts_postponed_leave_where_it_lies_now(rig: Rig) -> None:
    which = rig.give(FRIDAY).data["notice"]
    rig.postpone(which, date(2026, 4, 1))
    with rig.wiring.reading() as connection:
        balance = balance_of(connection, CARER, PostsView(rig.wiring.stores.read).posts_on(CARER, FRIDAY), FRIDAY)
    assert (balance.used, balance.booked) == (0, 444)
    assert balance.all_back_on == date(2027, 4, 1)


def test_what_comes_soonest_is_first_whatever_its_first_day(rig: Rig) -> None:
    rig.clock.advance(timedelta(days=-7))
    early = rig.give(date(2026, 4, 10)).data["notice"]
    rig.days_later(7)
    in_time, late = rig.give(FRIDAY).data["notice"], rig.give(date(2026, 3, 4)).data["notice"]
    with rig.wiring.reading() as connection:
        found = soonest_for(connection, MANAGER, MORNING.date(), limit=10)
        assert [each.notice for each in found] == [early, late, in_time]
        assert [each.deadline for each in found] == ["2026-03-02", "2026-03-03", "2026-03-09"]
        assert [each.notice for each in soonest_for(connection, MANAGER, MORNING.date(), limit=1)] == [early]
        assert soonest_for(connection, HR, MORNING.date(), limit=10) == []


def test_late_notices_of_an_organisation_are_counted_with_their_first_day(rig: Rig) -> None:
    with rig.wiring.reading() as connection:
        assert count_late_in(connection, ORGANISATION, HR) == (0, "")
    rig.give(date(2026, 3, 4))
    rig.withdraw(rig.give(date(2026, 3, 3), date(2026, 3, 5)).data["notice"], date(2026, 3, 3))
    with rig.wiring.reading() as connection:
        assert count_late_in(connection, ORGANISATION, HR) == (2, "2026-03-04")
        assert count_late_in(connection, ORGANISATION, CARER) == (0, "")
        assert count_late_in(connection, OTHER, HR) == (0, "")


def test_the_next_day_away_is_the_first_that_is_booked(rig: Rig) -> None:
    rig.withdraw(rig.give(date(2026, 3, 12)).data["notice"], date(2026, 3, 12))
    rig.give((FRIDAY, "am"))
    with rig.wiring.reading() as connection:
        for day in (MORNING.date(), FRIDAY):
            assert next_day_of(connection, CARER, day) == NextDay("2026-03-13", "am", late=False)
        assert next_day_of(connection, CARER, date(2026, 3, 14)) is None
        assert next_day_of(connection, MANAGER, FRIDAY) is None


def test_notices_that_can_be_moved_are_those_not_waived_and_not_moved(rig: Rig) -> None:
    moved, left = rig.give(date(2026, 3, 3)).data["notice"], rig.give(date(2026, 3, 4)).data["notice"]
    for which in (moved, left):
        rig.not_waive(which)
    rig.move(moved)
    with rig.wiring.reading() as connection:
        assert [each.notice for each in not_waived_of(connection, CARER, MORNING.date())] == [left]
        assert not_waived_of(connection, CARER, date(2026, 5, 7)) == []
