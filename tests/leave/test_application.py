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
from tests.leave.house import FRIDAY, ORGANISATION, OTHER, POST, House

SATURDAY = date(2026, 3, 14)


def test_the_story_of_half_a_day_from_notice_to_correction(house: House) -> None:
    notice = house.give((FRIDAY, "am")).data["notice"]
    house.confirm(notice)
    house.until(SATURDAY)
    house.correct(notice, FRIDAY, Fraction(0))
    assert [event["type"] for event in house.published()] == [
        types.LEAVE_REQUESTED,
        types.LEAVE_CONFIRMED,
        types.LEAVE_TAKEN,
        types.LEAVE_CORRECTED,
    ]
    (requested,) = house.told(types.LEAVE_REQUESTED)
    assert requested == {
        "notice": notice,
        "employment": POST,
        "given_on": "2026-03-02",
        "late": False,
        "waived": False,
        "days": [{"date": "2026-03-13", "part": "am", "minutes": 222, "scheduled_minutes": 444}],
    }
    (taken,) = house.told(types.LEAVE_TAKEN)
    assert (taken["minutes"], taken["paid_minutes"], taken["scheduled_minutes"]) == (222, 0, 444)
    (corrected,) = house.told(types.LEAVE_CORRECTED)
    assert (corrected["minutes"], corrected["previous_minutes"]) == (0, 222)


def test_a_day_taken_after_a_move_is_taken_and_corrected_where_the_person_is_then(house: House) -> None:
    notice = house.give(FRIDAY, date(2026, 3, 20)).data["notice"]
    moved = {"organisation": OTHER, "effective_from": date(2026, 3, 16), "employer": ORGANISATION}
    house.employ(CARER, kind=types.EMPLOYMENT_CHANGED, **moved)
    house.clock.advance(timedelta(days=21))
    for day in (date(2026, 3, 20), FRIDAY):  # nobody has confirmed, and the worker comes late: the first day does
        house.run(TakeDay(CARER, ORGANISATION, notice, day))
    for minutes in (222, 111):
        house.correct(notice, date(2026, 3, 20), Fraction(minutes))
    house.correct(notice, FRIDAY, Fraction(0))
    assert [(event["type"], event["organisation"]) for event in house.published()] == [
        (types.LEAVE_REQUESTED, ORGANISATION),
        (types.LEAVE_CONFIRMED, ORGANISATION),
        (types.LEAVE_TAKEN, OTHER),
        (types.LEAVE_TAKEN, ORGANISATION),
        (types.LEAVE_CORRECTED, OTHER),
        (types.LEAVE_CORRECTED, OTHER),
        (types.LEAVE_CORRECTED, ORGANISATION),
    ]


def test_nothing_published_holds_a_reason_or_a_word_of_the_declaration(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    house.until(SATURDAY)
    house.correct(notice, FRIDAY, Fraction(0), "Mother was better, came in")
    text = str(house.published())
    assert not any(word in text for word in ("Mother", "reason", "dependant", "declared", "week"))


def test_silence_confirms_and_the_day_is_taken_in_one_look_of_the_clock(house: House) -> None:
    house.give(FRIDAY)
    assert house.until(SATURDAY) == 2
    assert [each["confirmed_by"] for each in house.told(types.LEAVE_CONFIRMED)] == ["clock"]
    assert len(house.told(types.LEAVE_TAKEN)) == 1


def test_silence_confirms_on_the_day_after_the_last_day_of_a_postponement(house: House) -> None:
    house.give(FRIDAY)
    assert house.until(date(2026, 3, 9), hour=23) == 0
    assert house.until(date(2026, 3, 10), hour=0) == 1


def test_a_late_notice_lapses_with_its_first_day_and_is_never_taken(house: House) -> None:
    house.days_later(10)
    house.give(FRIDAY)
    assert house.until(FRIDAY, hour=8) == 0
    assert house.until(FRIDAY, hour=9) == 1
    assert house.until(SATURDAY) == 0
    assert house.told(types.LEAVE_TAKEN) == []


def test_a_late_notice_that_is_waived_is_told_as_late_and_waived(house: House) -> None:
    house.days_later(10)
    answer = house.give(FRIDAY)
    assert (answer.data["late"], answer.data["in_time_from"]) == (True, "2026-03-15")
    house.run(WaiveNotice(CARER, ORGANISATION, answer.data["notice"], "manager", by=MANAGER))
    (confirmed,) = house.told(types.LEAVE_CONFIRMED)
    assert (confirmed["late"], confirmed["waived"], confirmed["confirmed_by"]) == (True, True, "manager")
    house.until(SATURDAY)
    assert len(house.told(types.LEAVE_TAKEN)) == 1


def test_a_lapsed_notice_that_is_waived_afterwards_is_taken_at_the_next_look(house: House) -> None:
    house.days_later(10)
    notice = house.give(FRIDAY).data["notice"]
    house.until(SATURDAY)
    house.run(WaiveNotice(CARER, ORGANISATION, notice, "hr", by=HR))
    assert house.due() == 1
    assert len(house.told(types.LEAVE_TAKEN)) == 1


def test_the_clock_sends_each_command_once(house: House) -> None:
    house.give(FRIDAY)
    house.until(SATURDAY)
    assert house.due() == 0
    assert house.until(date(2026, 4, 20)) == 0


def test_all_missed_days_are_done_when_the_clock_comes_back(house: House) -> None:
    for day in (9, 10, 11):
        house.give(date(2026, 3, day))
    house.until(date(2026, 6, 1))
    assert [taken["date"] for taken in house.told(types.LEAVE_TAKEN)] == ["2026-03-09", "2026-03-10", "2026-03-11"]


def test_a_withdrawn_day_is_told_and_never_taken(house: House) -> None:
    notice = house.give(FRIDAY, date(2026, 3, 16)).data["notice"]
    assert house.withdraw(notice, FRIDAY).data["dates"] == ["2026-03-13"]
    house.until(date(2026, 3, 20))
    assert house.told(types.LEAVE_WITHDRAWN) == [{"notice": notice, "dates": ["2026-03-13"]}]
    assert [taken["date"] for taken in house.told(types.LEAVE_TAKEN)] == ["2026-03-16"]


def test_a_day_after_the_employment_ended_is_given_back_instead_of_taken(house: House) -> None:
    house.give(FRIDAY)
    house.end(CARER, date(2026, 3, 12))
    house.until(SATURDAY)
    assert house.told(types.LEAVE_TAKEN) == []
    assert len(house.told(types.LEAVE_WITHDRAWN)) == 1


def test_the_same_key_gives_the_same_notice_and_another_body_is_refused(house: House) -> None:
    first = house.give(FRIDAY, key="k")
    again = house.give(FRIDAY, key="k")
    assert again.repeated
    assert again.data == first.data
    with pytest.raises(KeyReusedError):
        house.give(date(2026, 3, 16), key="k")
    assert len(house.told(types.LEAVE_REQUESTED)) == 1


def test_a_refusal_stores_nothing_and_the_key_can_be_used_again(house: House) -> None:
    with pytest.raises(RefusedError):
        house.give(SATURDAY, key="k")
    assert house.application.stores.log.head()[1] == 0
    house.give(FRIDAY, key="k")


def test_a_bank_holiday_of_the_posts_nation_is_not_leave(house: House) -> None:
    answer = house.give(*(date(2026, 8, 31 - 3 + offset) for offset in range(4)))
    assert [each["state"] for each in answer.data["dates"]] == [
        "fits",
        "no-working-time",
        "no-working-time",
        "no-working-time",
    ]


def test_a_future_change_of_pattern_measures_the_days_after_it(house: House) -> None:
    mornings = cycle(*[(200, 0)] * 5, OFF, OFF)
    house.employ(
        CARER, pattern=mornings, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 4, 1), manager=MANAGER
    )
    answer = house.give(FRIDAY, date(2026, 4, 10))
    assert [each["minutes"] for each in answer.data["dates"]] == [444, 200]
    assert answer.data["week_minutes"] == 2220


def test_who_has_two_posts_says_which_and_the_week_is_of_both(house: House) -> None:
    second = house.employ(CARER, employment=str(derived_id("second", CARER)), pattern=cycle((60, 0), *[OFF] * 6))
    with pytest.raises(RefusedError) as refusal:
        house.give(FRIDAY)
    assert refusal.value.code_ == "which-post"
    assert [each["employment"] for each in refusal.value.data["posts"]] == sorted(
        [POST, second], key=[POST, second].index
    )
    assert house.give(FRIDAY, employment=POST).data["week_minutes"] == 2280


def test_a_pattern_whose_weeks_differ_has_its_week_once_it_stood_a_year(house: House) -> None:
    fortnight = cycle(*[(222, 222)] * 5, OFF, OFF, *[(222, 222)] * 4, OFF, OFF, OFF)
    house.employ(CARER, pattern=fortnight, manager=MANAGER)
    assert house.give(date(2026, 3, 12)).data["week_minutes"] == 1998
    longer = cycle(*[(222, 222)] * 5, OFF, OFF, *[(222, 222)] * 4, (60, 0), OFF, OFF)
    house.employ(CARER, pattern=longer, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 1, 5), manager=MANAGER)
    with pytest.raises(RefusedError) as refusal:
        house.give(FRIDAY)
    assert refusal.value.code_ == "hours-vary"


def test_what_if_answers_by_the_same_rule_and_stores_nothing(house: House) -> None:
    house.give(*(date(2026, 3, day) for day in range(9, 14)))
    before = house.application.stores.log.head()
    answer = house.application.what_if(CARER, "", [Day(date(2027, 3, 8), "whole"), Day(date(2027, 3, 9), "whole")])
    assert not answer["fits"]
    assert [each["state"] for each in answer["dates"]] == ["does-not-fit", "fits"]
    assert house.application.stores.log.head() == before
    assert house.application.what_if(CARER, "", [Day(date(2027, 3, 9), "whole")])["fits"]


def test_the_parts_of_a_date_are_those_of_the_post_on_that_date(house: House) -> None:
    assert house.application.parts_of(CARER, "", [FRIDAY, SATURDAY]) == {FRIDAY: ("whole", "am", "pm"), SATURDAY: ()}


@pytest.mark.parametrize(
    "command",
    [
        LapseNotice(CARER, ORGANISATION, "none"),
        TakeDay(CARER, ORGANISATION, "none", FRIDAY),
        WaiveNotice(CARER, ORGANISATION, "none", "hr", by=HR),
    ],
)
def test_a_notice_that_is_not_there_is_not_found_with_or_without_an_account(house: House, command: Any) -> None:
    with pytest.raises(NotFoundError):
        house.run(command)
    house.give(FRIDAY)
    with pytest.raises(NotFoundError):
        house.run(command)


def test_the_reason_of_a_correction_is_sealed_in_the_log(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    house.until(SATURDAY)
    house.correct(notice, FRIDAY, Fraction(0), "Came in after all")
    states = b"".join(entry.state for entry in house.application.stores.log.read_after(0, 100))
    assert b"Came in after all" not in states
    account = house.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert account.notices[notice].days[FRIDAY].minutes == 0


def test_an_upward_correction_tells_hr_which_windows_are_over(house: House) -> None:
    first = house.give(*(date(2026, 3, day) for day in range(23, 27)), (date(2026, 3, 27), "am")).data["notice"]
    house.until(date(2026, 4, 1))
    assert house.correct(first, date(2026, 3, 27), Fraction(0)).data["windows_over"] == []
    house.give(date(2026, 5, 5))
    over = house.correct(first, date(2026, 3, 27), Fraction(222)).data["windows_over"]
    assert over == [{"first": "2025-05-06", "last": "2026-05-05"}]


def test_forgetting_destroys_the_key_and_closes_the_account(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    house.until(SATURDAY)
    house.correct(notice, FRIDAY, Fraction(0), "Came in after all")
    assert house.run(Forget(CARER, ORGANISATION, by="system")).data == {"accounts": 1}
    with pytest.raises(ErasedError):
        house.give(date(2026, 6, 1))
    with pytest.raises(ErasedError):
        house.withdraw(notice)
    account = house.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert account.forgotten
    assert house.run(Forget(CARER, ORGANISATION, by="system")).position == 0


def test_nothing_of_an_erased_person_falls_due(house: House) -> None:
    house.give(FRIDAY)
    house.run(Forget(CARER, ORGANISATION, by="system"))
    assert house.until(SATURDAY) == 0
    assert house.told(types.LEAVE_TAKEN) == []


def test_forgetting_somebody_without_leave_is_no_event(house: House) -> None:
    answer = house.run(Forget(MANAGER, ORGANISATION, by="system"))
    assert (answer.data, answer.position) == ({"accounts": 0}, 0)


def test_many_clicks_at_once_on_one_week_take_no_more_than_the_week(house: House) -> None:
    days = [date(2026, 3, day) for day in (16, 17, 18, 19, 20, 23, 24, 25)]

    def click(number: int) -> bool:
        command = GiveNotice(CARER, "", (Day(days[number], "whole"),), BOTH, by=CARER)
        while True:
            try:
                house.application.execute(command, CommandKey(f"{ORGANISATION}/{CARER}/GiveNotice", f"click-{number}"))
            except ConflictError:
                continue
            except RefusedError:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(click, range(8)))
    account = house.application.load(LeaveAccount, LeaveAccount.id_of(CARER, ORGANISATION))
    assert account is not None
    assert sum(accepted) == 5
    assert sum(held.entry.minutes for held in account.held) == 2220


def test_a_later_day_is_given_back_in_the_same_command_to_make_room(house: House) -> None:
    later = house.give(*(date(2027, 1, day) for day in range(4, 9))).data["notice"]
    december = (date(2026, 12, 1), "am")
    with pytest.raises(RefusedError) as refusal:
        house.give(december)
    (told,) = refusal.value.data["dates"]
    assert told["fits_if"] == {"date": "2027-01-08", "give_up_minutes": 222}
    before = len(house.published())

    answer = house.run(
        GiveNotice(CARER, "", (Day(*december),), BOTH, by=CARER, give_back=(date(2027, 1, 8),)), key="exchange"
    )

    assert [event["type"] for event in house.published()[before:]] == [types.LEAVE_WITHDRAWN, types.LEAVE_REQUESTED]
    assert house.told(types.LEAVE_WITHDRAWN) == [{"notice": later, "dates": ["2027-01-08"]}]
    assert [each["state"] for each in answer.data["dates"]] == ["fits"]
    house.until(date(2027, 2, 1))
    assert [taken["date"] for taken in house.told(types.LEAVE_TAKEN)] == [
        "2026-12-01",
        "2027-01-04",
        "2027-01-05",
        "2027-01-06",
        "2027-01-07",
    ]


def test_a_request_that_does_not_fit_gives_nothing_back(house: House) -> None:
    house.give(*(date(2027, 1, day) for day in range(4, 9)))
    for days, code in (
        ((Day(date(2026, 12, 1), "whole"), Day(date(2026, 12, 2), "whole")), "does-not-fit"),
        ((Day(SATURDAY, "whole"),), "no-working-time"),
    ):
        with pytest.raises(RefusedError) as refusal:
            house.run(GiveNotice(CARER, "", days, BOTH, by=CARER, give_back=(date(2027, 1, 8),)))
        assert refusal.value.code_ == code
    assert house.told(types.LEAVE_WITHDRAWN) == []


def test_what_is_not_there_or_has_begun_is_not_given_back_for_another_day(house: House) -> None:
    house.give(FRIDAY)
    for ready in (lambda: None, lambda: house.until(FRIDAY, hour=12)):
        ready()
        day = Day(date(2026, 4, 1), "whole")
        with pytest.raises(RefusedError) as refusal:
            house.run(GiveNotice(CARER, "", (day,), BOTH, by=CARER, give_back=(FRIDAY, date(2026, 3, 20))))
        assert refusal.value.code_ == "no-leave-there"
    for ask in (
        lambda: house.run(GiveNotice(CARER, "", (day,), BOTH, by=CARER, give_back=(FRIDAY,))),
        lambda: house.application.what_if(CARER, "", [day], [FRIDAY]),
    ):
        with pytest.raises(RefusedError) as refusal:
            ask()
        assert refusal.value.code_ == "day-has-begun"
    assert house.told(types.LEAVE_WITHDRAWN) == []


def test_what_if_tells_what_giving_back_would_make_room_for(house: House) -> None:
    with pytest.raises(RefusedError):
        house.application.what_if(CARER, "", [Day(FRIDAY, "whole")], [FRIDAY])
    house.give(*(date(2027, 1, day) for day in range(4, 9)))
    december = [Day(date(2026, 12, 1), "whole")]
    assert not house.application.what_if(CARER, "", december)["fits"]
    assert house.application.what_if(CARER, "", december, [date(2027, 1, 8)])["fits"]
    assert house.told(types.LEAVE_WITHDRAWN) == []


MONDAY = date(2026, 3, 16)


def test_a_postponed_day_is_taken_where_it_lies_now_and_nothing_is_taken_where_it_was(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    answer = house.postpone(notice, MONDAY, agreed=False)
    assert answer.data["state"] == "confirmed"
    house.until(date(2026, 3, 20))
    assert house.told(types.LEAVE_POSTPONED) == [
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
    assert [each["confirmed_by"] for each in house.told(types.LEAVE_CONFIRMED)] == ["manager"]
    assert [taken["date"] for taken in house.told(types.LEAVE_TAKEN)] == ["2026-03-16"]
    house.correct(notice, MONDAY, Fraction(0))
    assert len(house.told(types.LEAVE_CORRECTED)) == 1


def test_a_new_day_may_not_be_a_bank_holiday(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    with pytest.raises(RefusedError) as refusal:
        house.postpone(notice, date(2026, 4, 3))
    assert refusal.value.code_ == "no-working-time"


def test_asking_whether_to_postpone_stores_nothing(house: House) -> None:
    notice = house.give(FRIDAY).data["notice"]
    before = house.application.stores.log.head()
    command = PostponeNotice(
        CARER, ORGANISATION, notice, (), (Day(MONDAY, "whole"),), date(2026, 3, 2), "-", True, "manager", by=MANAGER
    )
    house.application.would_postpone(command)
    assert house.application.postponement(CARER, ORGANISATION, notice, "manager")["possible"]
    assert house.application.stores.log.head() == before
    house.run(command)


def test_reasons_of_decisions_are_sealed_in_the_log_and_the_lists_and_on_no_bus(house: House) -> None:
    postponed = house.give(date(2026, 3, 20)).data["notice"]
    house.postpone(postponed, date(2026, 3, 23), reason="Pemberton audit")
    house.days_later(9)
    late = house.give(FRIDAY).data["notice"]
    house.not_waive(late, "Pemberton again")
    states = b"".join(entry.state for entry in house.application.stores.log.read_after(0, 100))
    with house.wiring.reading() as connection:
        sealed = [notice(connection, which) for which in (postponed, late)]
    opened = [house.application.keys.open(CARER, found.reason, "reason") for found in sealed if found]
    assert opened == ["Pemberton audit", "Pemberton again"]
    assert not any("Pemberton" in text for text in (str(states), str(sealed), str(house.published())))


def test_a_late_notice_that_is_not_waived_is_told_and_moves_with_its_time_of_notice(house: House) -> None:
    house.days_later(9)
    notice = house.give(FRIDAY).data["notice"]
    assert house.not_waive(notice).data == {"notice": notice, "state": "not-waived", "in_time_from": "2026-03-14"}
    assert house.until(FRIDAY) == 0
    moved = house.move(notice)
    assert [each["late"] for each in house.told(types.LEAVE_REQUESTED)] == [True, False]
    assert [each["given_on"] for each in house.told(types.LEAVE_REQUESTED)] == ["2026-03-11", "2026-03-11"]
    assert house.told(types.LEAVE_NOT_WAIVED) == [
        {"notice": notice, "given_on": "2026-03-11", "decided_on": "2026-03-11"}
    ]
    house.until(date(2026, 3, 17))
    assert [(taken["notice"], taken["date"]) for taken in house.told(types.LEAVE_TAKEN)] == [
        (moved.data["notice"], "2026-03-16")
    ]


def test_the_week_of_a_moved_notice_is_the_one_at_its_time_of_notice(house: House) -> None:
    house.days_later(9)
    notice = house.give(FRIDAY).data["notice"]
    house.not_waive(notice)
    shorter = cycle(*[(222, 222)] * 4, OFF, OFF, OFF)
    house.employ(
        CARER, pattern=shorter, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 3, 12), manager=MANAGER
    )
    house.days_later(1)
    assert house.move(notice).data["week_minutes"] == 2220


def test_erasing_a_person_erases_the_reasons_of_decisions(house: House) -> None:
    which = house.give(FRIDAY).data["notice"]
    house.postpone(which, MONDAY, reason="Pemberton audit")
    with house.wiring.reading() as connection:
        sealed = notice(connection, which)
    assert sealed is not None
    house.run(Forget(CARER, ORGANISATION, by="system"))
    assert house.application.keys.open(CARER, sealed.reason, "reason") is None
    with house.wiring.reading() as connection:
        assert notice(connection, which) is None
