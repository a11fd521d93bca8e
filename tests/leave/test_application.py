"""Leave's commands on real stores: from notice to correction, and what others are told of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from services.leave.domain.account import LeaveAccount
from services.leave.domain.commands import Day, Forget, GiveNotice, LapseNotice, PostponeNotice, TakeDay, WaiveNotice
from services.leave.read.notices import notice
from shared.contracts import types
from shared.kernel.errors import ConflictError, ErasedError, KeyReusedError, NotFoundError, RefusedError
from shared.kernel.ids import derived_id
from shared.store.commands import CommandKey
from tests.leave.builders import BOTH, CARER, HR, MANAGER, OFF, cycle
from tests.leave.rig import FRIDAY, ORGANISATION, OTHER, POST, Rig

SATURDAY = date(2026, 3, 14)


def test_the_story_of_half_a_day_from_notice_to_correction(rig: Rig) -> None:
    notice = rig.give((FRIDAY, "am")).data["notice"]
    rig.confirm(notice)
    rig.until(SATURDAY)
    rig.correct(notice, FRIDAY, Fraction(0))
    assert [event["type"] for event in rig.published()] == [
        types.LEAVE_REQUESTED,
        types.LEAVE_CONFIRMED,
        types.LEAVE_TAKEN,
        types.LEAVE_CORRECTED,
    ]
    (requested,) = rig.told(types.LEAVE_REQUESTED)
    assert requested == {
        "notice": notice,
        "employment": POST,
        "given_on": "2026-03-02",
        "late": False,
        "waived": False,
        "days": [{"date": "2026-03-13", "part": "am", "minutes": 222, "scheduled_minutes": 444}],
    }
    (taken,) = rig.told(types.LEAVE_TAKEN)
    assert (taken["minutes"], taken["paid_minutes"], taken["scheduled_minutes"]) == (222, 0, 444)
    (corrected,) = rig.told(types.LEAVE_CORRECTED)
    assert (corrected["minutes"], corrected["previous_minutes"]) == (0, 222)


def test_a_day_taken_after_a_move_is_taken_and_corrected_where_the_person_is_then(rig: Rig) -> None:
    notice = rig.give(FRIDAY, date(2026, 3, 20)).data["notice"]
    moved = {"organisation": OTHER, "effective_from": date(2026, 3, 16), "employer": ORGANISATION}
    rig.employ(CARER, kind=types.EMPLOYMENT_CHANGED, **moved)
    rig.clock.advance(timedelta(days=21))
    for day in (date(2026, 3, 20), FRIDAY):  # nobody has confirmed, and the worker comes late: the first day does
        rig.run(TakeDay(CARER, ORGANISATION, notice, day))
    for minutes in (222, 111):
        rig.correct(notice, date(2026, 3, 20), Fraction(minutes))
    rig.correct(notice, FRIDAY, Fraction(0))
    assert [(event["type"], event["organisation"]) for event in rig.published()] == [
        (types.LEAVE_REQUESTED, ORGANISATION),
        (types.LEAVE_CONFIRMED, ORGANISATION),
        (types.LEAVE_TAKEN, OTHER),
        (types.LEAVE_TAKEN, ORGANISATION),
        (types.LEAVE_CORRECTED, OTHER),
        (types.LEAVE_CORRECTED, OTHER),
        (types.LEAVE_CORRECTED, ORGANISATION),
    ]


def test_nothing_published_holds_a_reason_or_a_word_of_the_declaration(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.until(SATURDAY)
    rig.correct(notice, FRIDAY, Fraction(0), "Mother was better, came in")
    text = str(rig.published())
    assert not any(word in text for word in ("Mother", "reason", "dependant", "declared", "week"))


def test_silence_confirms_and_the_day_is_taken_in_one_look_of_the_clock(rig: Rig) -> None:
    rig.give(FRIDAY)
    assert rig.until(SATURDAY) == 2
    assert [each["confirmed_by"] for each in rig.told(types.LEAVE_CONFIRMED)] == ["clock"]
    assert len(rig.told(types.LEAVE_TAKEN)) == 1


def test_silence_confirms_on_the_day_after_the_last_day_of_a_postponement(rig: Rig) -> None:
    rig.give(FRIDAY)
    assert rig.until(date(2026, 3, 9), hour=23) == 0
    assert rig.until(date(2026, 3, 10), hour=0) == 1


def test_a_late_notice_lapses_with_its_first_day_and_is_never_taken(rig: Rig) -> None:
    rig.days_later(10)
    rig.give(FRIDAY)
    assert rig.until(FRIDAY, hour=8) == 0
    assert rig.until(FRIDAY, hour=9) == 1
    assert rig.until(SATURDAY) == 0
    assert rig.told(types.LEAVE_TAKEN) == []


def test_a_late_notice_that_is_waived_is_told_as_late_and_waived(rig: Rig) -> None:
    rig.days_later(10)
    answer = rig.give(FRIDAY)
    assert (answer.data["late"], answer.data["in_time_from"]) == (True, "2026-03-15")
    rig.run(WaiveNotice(CARER, ORGANISATION, answer.data["notice"], "manager", by=MANAGER))
    (confirmed,) = rig.told(types.LEAVE_CONFIRMED)
    assert (confirmed["late"], confirmed["waived"], confirmed["confirmed_by"]) == (True, True, "manager")
    rig.until(SATURDAY)
    assert len(rig.told(types.LEAVE_TAKEN)) == 1


def test_a_lapsed_notice_that_is_waived_afterwards_is_taken_at_the_next_look(rig: Rig) -> None:
    rig.days_later(10)
    notice = rig.give(FRIDAY).data["notice"]
    rig.until(SATURDAY)
    rig.run(WaiveNotice(CARER, ORGANISATION, notice, "hr", by=HR))
    assert rig.due() == 1
    assert len(rig.told(types.LEAVE_TAKEN)) == 1


def test_the_clock_sends_each_command_once(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.until(SATURDAY)
    assert rig.due() == 0
    assert rig.until(date(2026, 4, 20)) == 0


def test_all_missed_days_are_done_when_the_clock_comes_back(rig: Rig) -> None:
    for day in (9, 10, 11):
        rig.give(date(2026, 3, day))
    rig.until(date(2026, 6, 1))
    assert [taken["date"] for taken in rig.told(types.LEAVE_TAKEN)] == ["2026-03-09", "2026-03-10", "2026-03-11"]


def test_a_withdrawn_day_is_told_and_never_taken(rig: Rig) -> None:
    notice = rig.give(FRIDAY, date(2026, 3, 16)).data["notice"]
    assert rig.withdraw(notice, FRIDAY).data["dates"] == ["2026-03-13"]
    rig.until(date(2026, 3, 20))
    assert rig.told(types.LEAVE_WITHDRAWN) == [{"notice": notice, "dates": ["2026-03-13"]}]
    assert [taken["date"] for taken in rig.told(types.LEAVE_TAKEN)] == ["2026-03-16"]


def test_a_day_after_the_employment_ended_is_given_back_instead_of_taken(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.end(CARER, date(2026, 3, 12))
    rig.until(SATURDAY)
    assert rig.told(types.LEAVE_TAKEN) == []
    assert len(rig.told(types.LEAVE_WITHDRAWN)) == 1


def test_the_same_key_gives_the_same_notice_and_another_body_is_refused(rig: Rig) -> None:
    first = rig.give(FRIDAY, key="k")
    again = rig.give(FRIDAY, key="k")
    assert again.repeated
    assert again.data == first.data
    with pytest.raises(KeyReusedError):
        rig.give(date(2026, 3, 16), key="k")
    assert len(rig.told(types.LEAVE_REQUESTED)) == 1


def test_a_refusal_stores_nothing_and_the_key_can_be_used_again(rig: Rig) -> None:
    with pytest.raises(RefusedError):
        rig.give(SATURDAY, key="k")
    assert rig.application.stores.log.head()[1] == 0
    rig.give(FRIDAY, key="k")


def test_a_bank_holiday_of_the_posts_nation_is_not_leave(rig: Rig) -> None:
    answer = rig.give(*(date(2026, 8, 31 - 3 + offset) for offset in range(4)))
    assert [each["state"] for each in answer.data["dates"]] == [
        "fits",
        "no-working-time",
        "no-working-time",
        "no-working-time",
    ]


def test_a_future_change_of_pattern_measures_the_days_after_it(rig: Rig) -> None:
    mornings = cycle(*[(200, 0)] * 5, OFF, OFF)
    rig.employ(CARER, pattern=mornings, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 4, 1), manager=MANAGER)
    answer = rig.give(FRIDAY, date(2026, 4, 10))
    assert [each["minutes"] for each in answer.data["dates"]] == [444, 200]
    assert answer.data["week_minutes"] == 2220


def test_who_has_two_posts_says_which_and_the_week_is_of_both(rig: Rig) -> None:
    second = rig.employ(CARER, employment=str(derived_id("second", CARER)), pattern=cycle((60, 0), *[OFF] * 6))
    with pytest.raises(RefusedError) as refusal:
        rig.give(FRIDAY)
    assert refusal.value.code_ == "which-post"
    assert [each["employment"] for each in refusal.value.data["posts"]] == sorted(
        [POST, second], key=[POST, second].index
    )
    assert rig.give(FRIDAY, employment=POST).data["week_minutes"] == 2280


def test_a_pattern_whose_weeks_differ_has_its_week_once_it_stood_a_year(rig: Rig) -> None:
    fortnight = cycle(*[(222, 222)] * 5, OFF, OFF, *[(222, 222)] * 4, OFF, OFF, OFF)
    rig.employ(CARER, pattern=fortnight, manager=MANAGER)
    assert rig.give(date(2026, 3, 12)).data["week_minutes"] == 1998
    longer = cycle(*[(222, 222)] * 5, OFF, OFF, *[(222, 222)] * 4, (60, 0), OFF, OFF)
    rig.employ(CARER, pattern=longer, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 1, 5), manager=MANAGER)
    with pytest.raises(RefusedError) as refusal:
        rig.give(FRIDAY)
    assert refusal.value.code_ == "hours-vary"


def test_what_if_answers_by_the_same_rule_and_stores_nothing(rig: Rig) -> None:
    rig.give(*(date(2026, 3, day) for day in range(9, 14)))
    before = rig.application.stores.log.head()
    answer = rig.application.what_if(CARER, "", [Day(date(2027, 3, 8), "whole"), Day(date(2027, 3, 9), "whole")])
    assert not answer["fits"]
    assert [each["state"] for each in answer["dates"]] == ["does-not-fit", "fits"]
    assert rig.application.stores.log.head() == before
    assert rig.application.what_if(CARER, "", [Day(date(2027, 3, 9), "whole")])["fits"]


def test_the_parts_of_a_date_are_those_of_the_post_on_that_date(rig: Rig) -> None:
    assert rig.application.parts_of(CARER, "", [FRIDAY, SATURDAY]) == {FRIDAY: ("whole", "am", "pm"), SATURDAY: ()}


@pytest.mark.parametrize(
    "command",
    [
        LapseNotice(CARER, ORGANISATION, "none"),
        TakeDay(CARER, ORGANISATION, "none", FRIDAY),
        WaiveNotice(CARER, ORGANISATION, "none", "hr", by=HR),
    ],
)
def test_a_notice_that_is_not_there_is_not_found_with_or_without_an_account(rig: Rig, command: Any) -> None:
    with pytest.raises(NotFoundError):
        rig.run(command)
    rig.give(FRIDAY)
    with pytest.raises(NotFoundError):
        rig.run(command)


def test_the_reason_of_a_correction_is_sealed_in_the_log(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.until(SATURDAY)
    rig.correct(notice, FRIDAY, Fraction(0), "Came in after all")
    states = b"".join(entry.state for entry in rig.application.stores.log.read_after(0, 100))
    assert b"Came in after all" not in states
    account = rig.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert account.notices[notice].days[FRIDAY].minutes == 0


def test_an_upward_correction_tells_hr_which_windows_are_over(rig: Rig) -> None:
    first = rig.give(*(date(2026, 3, day) for day in range(23, 27)), (date(2026, 3, 27), "am")).data["notice"]
    rig.until(date(2026, 4, 1))
    assert rig.correct(first, date(2026, 3, 27), Fraction(0)).data["windows_over"] == []
    rig.give(date(2026, 5, 5))
    over = rig.correct(first, date(2026, 3, 27), Fraction(222)).data["windows_over"]
    assert over == [{"first": "2025-05-06", "last": "2026-05-05"}]


def test_forgetting_destroys_the_key_and_closes_the_account(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    rig.until(SATURDAY)
    rig.correct(notice, FRIDAY, Fraction(0), "Came in after all")
    assert rig.run(Forget(CARER, ORGANISATION, by="system")).data == {"accounts": 1}
    with pytest.raises(ErasedError):
        rig.give(date(2026, 6, 1))
    with pytest.raises(ErasedError):
        rig.withdraw(notice)
    account = rig.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert account.forgotten
    assert rig.run(Forget(CARER, ORGANISATION, by="system")).position == 0


def test_nothing_of_an_erased_person_falls_due(rig: Rig) -> None:
    rig.give(FRIDAY)
    rig.run(Forget(CARER, ORGANISATION, by="system"))
    assert rig.until(SATURDAY) == 0
    assert rig.told(types.LEAVE_TAKEN) == []


def test_forgetting_somebody_without_leave_is_no_event(rig: Rig) -> None:
    answer = rig.run(Forget(MANAGER, ORGANISATION, by="system"))
    assert (answer.data, answer.position) == ({"accounts": 0}, 0)


def test_many_clicks_at_once_on_one_week_take_no_more_than_the_week(rig: Rig) -> None:
    days = [date(2026, 3, day) for day in (16, 17, 18, 19, 20, 23, 24, 25)]

    def click(number: int) -> bool:
        command = GiveNotice(CARER, "", (Day(days[number], "whole"),), BOTH, by=CARER)
        while True:
            try:
                rig.application.execute(command, CommandKey(f"{ORGANISATION}/{CARER}/GiveNotice", f"click-{number}"))
            except ConflictError:
                continue
            except RefusedError:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(click, range(8)))
    account = rig.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert sum(accepted) == 5
    assert sum(held.entry.minutes for held in account.held) == 2220


def test_a_later_day_is_given_back_in_the_same_command_to_make_room(rig: Rig) -> None:
    later = rig.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    december = (date(2026, 12, 1), "am")
    with pytest.raises(RefusedError) as refusal:
        rig.give(december)
    (told,) = refusal.value.data["dates"]
    assert told["fits_if"] == {"date": "2027-01-08", "give_up_minutes": 222}
    before = len(rig.published())

    answer = rig.run(
        GiveNotice(CARER, "", (Day(*december),), BOTH, by=CARER, give_back=(date(2027, 1, 8),)), key="exchange"
    )

    assert [event["type"] for event in rig.published()[before:]] == [types.LEAVE_WITHDRAWN, types.LEAVE_REQUESTED]
    assert rig.told(types.LEAVE_WITHDRAWN) == [{"notice": later, "dates": ["2027-01-08"]}]
    assert [each["state"] for each in answer.data["dates"]] == ["fits"]
    rig.until(date(2027, 2, 1))
    assert [taken["date"] for taken in rig.told(types.LEAVE_TAKEN)] == [
        "2026-12-01",
        "2027-01-04",
        "2027-01-05",
        "2027-01-06",
        "2027-01-07",
    ]


def test_a_request_that_does_not_fit_gives_nothing_back(rig: Rig) -> None:
    rig.give(*(date(2027, 1, day) for day in range(4, 9)))
    for days, code in (
        ((Day(date(2026, 12, 1), "whole"), Day(date(2026, 12, 2), "whole")), "does-not-fit"),
        ((Day(SATURDAY, "whole"),), "no-working-time"),
    ):
        with pytest.raises(RefusedError) as refusal:
            rig.run(GiveNotice(CARER, "", days, BOTH, by=CARER, give_back=(date(2027, 1, 8),)))
        assert refusal.value.code_ == code
    assert rig.told(types.LEAVE_WITHDRAWN) == []


def test_what_is_not_there_or_has_begun_is_not_given_back_for_another_day(rig: Rig) -> None:
    rig.give(FRIDAY)
    for ready in (lambda: None, lambda: rig.until(FRIDAY, hour=12)):
        ready()
        day = Day(date(2026, 4, 1), "whole")
        with pytest.raises(RefusedError) as refusal:
            rig.run(GiveNotice(CARER, "", (day,), BOTH, by=CARER, give_back=(FRIDAY, date(2026, 3, 20))))
        assert refusal.value.code_ == "no-leave-there"
    for ask in (
        lambda: rig.run(GiveNotice(CARER, "", (day,), BOTH, by=CARER, give_back=(FRIDAY,))),
        lambda: rig.application.what_if(CARER, "", [day], [FRIDAY]),
    ):
        with pytest.raises(RefusedError) as refusal:
            ask()
        assert refusal.value.code_ == "day-has-begun"
    assert rig.told(types.LEAVE_WITHDRAWN) == []


def test_what_if_tells_what_giving_back_would_make_room_for(rig: Rig) -> None:
    with pytest.raises(RefusedError):
        rig.application.what_if(CARER, "", [Day(FRIDAY, "whole")], [FRIDAY])
    rig.give(*(date(2027, 1, day) for day in range(4, 9)))
    december = [Day(date(2026, 12, 1), "whole")]
    assert not rig.application.what_if(CARER, "", december)["fits"]
    assert rig.application.what_if(CARER, "", december, [date(2027, 1, 8)])["fits"]
    assert rig.told(types.LEAVE_WITHDRAWN) == []


MONDAY = date(2026, 3, 16)


def test_a_postponed_day_is_taken_where_it_lies_now_and_nothing_is_taken_where_it_was(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    answer = rig.postpone(notice, MONDAY, agreed=False)
    assert answer.data["state"] == "confirmed"
    rig.until(date(2026, 3, 20))
    assert rig.told(types.LEAVE_POSTPONED) == [
        {
            "notice": notice,
            "given_on": "2026-03-02",
            "postponed_on": "2026-03-02",
            "agreed": False,
            "lawful": True,
            "dates": ["2026-03-13"],
            "days": [{"date": "2026-03-16", "part": "whole", "minutes": 444, "scheduled_minutes": 444}],
        }
    ]
    assert [each["confirmed_by"] for each in rig.told(types.LEAVE_CONFIRMED)] == ["manager"]
    assert [taken["date"] for taken in rig.told(types.LEAVE_TAKEN)] == ["2026-03-16"]
    rig.correct(notice, MONDAY, Fraction(0))
    assert len(rig.told(types.LEAVE_CORRECTED)) == 1


def test_a_new_day_may_not_be_a_bank_holiday(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    with pytest.raises(RefusedError) as refusal:
        rig.postpone(notice, date(2026, 4, 3))
    assert refusal.value.code_ == "no-working-time"


def test_asking_whether_to_postpone_stores_nothing(rig: Rig) -> None:
    notice = rig.give(FRIDAY).data["notice"]
    before = rig.application.stores.log.head()
    command = PostponeNotice(
        CARER, ORGANISATION, notice, (), (Day(MONDAY, "whole"),), date(2026, 3, 2), "-", True, "manager", by=MANAGER
    )
    rig.application.would_postpone(command)
    assert rig.application.postponement(CARER, ORGANISATION, notice, "manager")["possible"]
    assert rig.application.stores.log.head() == before
    rig.run(command)


def test_reasons_of_decisions_are_sealed_in_the_log_and_the_lists_and_on_no_bus(rig: Rig) -> None:
    postponed = rig.give(date(2026, 3, 20)).data["notice"]
    rig.postpone(postponed, date(2026, 3, 23), reason="Pemberton audit")
    rig.days_later(9)
    late = rig.give(FRIDAY).data["notice"]
    rig.not_waive(late, "Pemberton again")
    states = b"".join(entry.state for entry in rig.application.stores.log.read_after(0, 100))
    with rig.wiring.reading() as connection:
        sealed = [notice(connection, which) for which in (postponed, late)]
    opened = [rig.application.keys.open(CARER, found.reason, "reason") for found in sealed if found]
    assert opened == ["Pemberton audit", "Pemberton again"]
    assert not any("Pemberton" in text for text in (str(states), str(sealed), str(rig.published())))


def test_a_late_notice_that_is_not_waived_is_told_and_moves_with_its_time_of_notice(rig: Rig) -> None:
    rig.days_later(9)
    notice = rig.give(FRIDAY).data["notice"]
    assert rig.not_waive(notice).data == {"notice": notice, "state": "not-waived", "in_time_from": "2026-03-14"}
    assert rig.until(FRIDAY) == 0
    moved = rig.move(notice)
    assert [each["late"] for each in rig.told(types.LEAVE_REQUESTED)] == [True, False]
    assert [each["given_on"] for each in rig.told(types.LEAVE_REQUESTED)] == ["2026-03-11", "2026-03-11"]
    assert rig.told(types.LEAVE_NOT_WAIVED) == [
        {"notice": notice, "given_on": "2026-03-11", "decided_on": "2026-03-11"}
    ]
    rig.until(date(2026, 3, 17))
    assert [(taken["notice"], taken["date"]) for taken in rig.told(types.LEAVE_TAKEN)] == [
        (moved.data["notice"], "2026-03-16")
    ]


def test_the_week_of_a_moved_notice_is_the_one_at_its_time_of_notice(rig: Rig) -> None:
    rig.days_later(9)
    notice = rig.give(FRIDAY).data["notice"]
    rig.not_waive(notice)
    shorter = cycle(*[(222, 222)] * 4, OFF, OFF, OFF)
    rig.employ(CARER, pattern=shorter, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 3, 12), manager=MANAGER)
    rig.days_later(1)
    assert rig.move(notice).data["week_minutes"] == 2220


def test_erasing_a_person_erases_the_reasons_of_decisions(rig: Rig) -> None:
    which = rig.give(FRIDAY).data["notice"]
    rig.postpone(which, MONDAY, reason="Pemberton audit")
    with rig.wiring.reading() as connection:
        sealed = notice(connection, which)
    assert sealed is not None
    rig.run(Forget(CARER, ORGANISATION, by="system"))
    assert rig.application.keys.open(CARER, sealed.reason, "reason") is None
    with rig.wiring.reading() as connection:
        assert notice(connection, which) is None
