"""By the clock: assignment follows people, completions expire, awards lapse; missed days are made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.accreditation import due as due_module
from services.accreditation.domain.commands import CorrectCompletion, RetireCourse, ReviseCourse
from services.accreditation.due import AccreditationDue
from services.accreditation.read import assignment_candidates as candidates_module
from services.accreditation.read.assignment_candidates import assignment_candidates
from shared.contracts import types
from shared.kernel.ids import derived_id
from tests.accreditation.builders import CARER, CODE, HR, MANAGER, ORGANISATION, OTHER, STRANGER
from tests.accreditation.rig import DAY, Rig
from tests.support import project

NEWCOMER = "88888888-8888-4888-8888-888888888888"
BOTH_SUBSTRATES = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def asked(rig: Rig) -> dict[str, dict[str, object]]:
    """Who is asked, by the last word that was published."""
    found: dict[str, dict[str, object]] = {}
    for event in rig.published():
        if event["type"] == types.TRAINING_ASSIGNED:
            found[event["subject"]] = event["data"]
        elif event["type"] == types.TRAINING_RELEASED:
            del found[event["subject"]]
    return found


@BOTH_SUBSTRATES
def test_everybody_in_the_audience_is_asked_once(rig: Rig) -> None:
    rig.course(grace_days=90)
    assert rig.due() == 3
    assert rig.due() == 0
    assert set(asked(rig)) == {CARER, MANAGER, HR}
    assert asked(rig)[CARER] == {
        "course": str(derived_id("course", ORGANISATION, CODE)),
        "code": CODE,
        "audience": "all-staff",
        "least_version": 1,
        "since": "2025-01-01",
        "due_on": "2025-04-01",
    }


def test_a_line_managers_course_follows_who_manages(rig: Rig) -> None:
    rig.course(audience="line-managers", grace_days=30)
    rig.due()
    assert set(asked(rig)) == {MANAGER}
    rig.change(CARER, DAY, manager=HR)
    assert rig.due() == 2
    assert set(asked(rig)) == {HR}
    assert (asked(rig)[HR]["since"], asked(rig)[HR]["due_on"]) == ("2026-03-02", "2026-04-01")
    assert rig.told(types.TRAINING_RELEASED)[0][1]["left_on"] == "2026-03-02"


def test_a_joiner_is_asked_from_the_first_day_and_not_before(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.employ(NEWCOMER, starts="2026-03-09", effective_from=date(2026, 3, 9))
    assert rig.until(date(2026, 3, 8)) == 0
    assert rig.until(date(2026, 3, 9)) == 1
    assert asked(rig)[NEWCOMER]["since"] == "2026-03-09"


@BOTH_SUBSTRATES
def test_a_leaver_and_a_mover_are_asked_no_longer(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.end(CARER, date(2026, 3, 4))
    rig.change(MANAGER, date(2026, 3, 5), organisation=OTHER, employer=ORGANISATION)
    rig.until(date(2026, 3, 20))
    assert set(asked(rig)) == {HR}
    left = {person: data["left_on"] for person, data in rig.told(types.TRAINING_RELEASED)}
    assert left == {CARER: "2026-03-05", MANAGER: "2026-03-05"}


def test_a_new_joiner_is_asked_for_twelve_months_alone(rig: Rig) -> None:
    rig.course(audience="new-joiners")
    rig.employ(NEWCOMER, starts="2026-03-02", effective_from=DAY)
    rig.due()
    assert set(asked(rig)) == {NEWCOMER}
    rig.until(date(2027, 3, 1))
    assert set(asked(rig)) == {NEWCOMER}
    rig.until(date(2027, 3, 5))
    assert asked(rig) == {}
    assert rig.told(types.TRAINING_RELEASED)[0][1]["left_on"] == "2027-03-02"


def test_missed_days_come_to_the_same_as_looking_every_day(rig: Rig) -> None:
    rig.course(audience="line-managers", grace_days=10)
    rig.change(CARER, date(2026, 3, 10), manager=HR)
    rig.until(date(2026, 6, 1))
    assert asked(rig)[HR]["since"] == "2026-03-10"
    assert asked(rig)[HR]["due_on"] == "2026-03-20"


def test_a_retake_asks_everybody_anew_from_its_first_day(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.run(ReviseCourse(ORGANISATION, CODE, "Second edition", 12, 14, True, date(2026, 4, 1), HR))
    assert rig.until(date(2026, 3, 31)) == 0
    assert rig.until(date(2026, 4, 1)) == 3
    assert asked(rig)[CARER] | {"course": ""} == {
        "course": "",
        "code": CODE,
        "audience": "all-staff",
        "least_version": 2,
        "since": "2026-04-01",
        "due_on": "2026-04-15",
    }


def test_a_course_that_ended_asks_nobody(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.run(RetireCourse(ORGANISATION, CODE, date(2026, 3, 10), HR))
    rig.until(date(2026, 3, 12))
    assert asked(rig) == {}
    assert {data["left_on"] for _, data in rig.told(types.TRAINING_RELEASED)} == {"2026-03-10"}


def test_who_leaves_and_comes_back_is_asked_from_the_new_first_day(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.end(CARER, date(2026, 3, 4))
    rig.until(date(2026, 3, 10))
    again = str(derived_id("employment", CARER, "again"))
    rig.employ(CARER, employment=again, starts="2026-03-10", effective_from=date(2026, 3, 10))
    rig.due()
    assert asked(rig)[CARER]["since"] == "2026-03-10"


def test_facts_that_are_corrected_there_and_back_are_followed_each_time(rig: Rig) -> None:
    rig.course()
    rig.due()
    for ends in ("2026-03-01", None, "2026-03-01", None):
        rig.change(CARER, DAY, ends=ends)
        rig.due()
        assert (CARER in asked(rig)) is (ends is None)
        assert rig.due() == 0


def test_an_erased_person_is_asked_nothing_more(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.complete()
    rig.forget(CARER)
    rig.change(CARER, DAY, post="Other")
    rig.course("second")
    rig.until(date(2028, 1, 1))
    told = [event["type"] for event in rig.published() if event.get("subject") == CARER]
    assert told == [types.TRAINING_ASSIGNED, types.TRAINING_COMPLETED]


def test_people_of_another_organisation_are_not_concerned(rig: Rig) -> None:
    rig.course()
    rig.due()
    assert STRANGER not in asked(rig)


def test_a_worker_that_begins_anew_sends_nothing_twice(rig: Rig) -> None:
    rig.course()
    rig.due()
    before = len(rig.published())
    assert AccreditationDue()(rig.wiring) == 0
    assert len(rig.published()) == before


def test_lists_that_are_behind_do_not_send_a_command_twice(rig: Rig) -> None:
    rig.course()
    assert rig.wiring.due is not None
    assert AccreditationDue()(rig.wiring) == 3
    assert AccreditationDue()(rig.wiring) == 0
    project(rig.wiring)
    assert len(rig.told(types.TRAINING_ASSIGNED)) == 3


@BOTH_SUBSTRATES
def test_a_completion_expires_once_on_its_day(rig: Rig) -> None:
    rig.course()
    rig.complete(on=date(2026, 2, 2))
    rig.due()
    rig.until(date(2027, 2, 1))
    assert rig.told(types.TRAINING_EXPIRED) == []
    rig.until(date(2027, 2, 2))
    rig.until(date(2027, 2, 3))
    ((person, data),) = rig.told(types.TRAINING_EXPIRED)
    assert (person, data["expired_on"], data["renewed"]) == (CARER, "2027-02-02", False)


def test_a_completion_that_was_taken_back_does_not_expire(rig: Rig) -> None:
    rig.course()
    completion = rig.complete(on=date(2026, 2, 2)).data["completion"]
    rig.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    rig.until(date(2027, 2, 2))
    assert rig.told(types.TRAINING_EXPIRED) == []


def test_a_completion_recorded_again_after_it_was_taken_back_expires(rig: Rig) -> None:
    rig.course()
    completion = rig.complete(on=date(2025, 2, 2)).data["completion"]
    rig.due()
    rig.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    rig.complete(on=date(2025, 2, 2))
    rig.due()
    assert [data["expired_on"] for _, data in rig.told(types.TRAINING_EXPIRED)] == ["2026-02-02"] * 2


@BOTH_SUBSTRATES
def test_an_award_lapses_the_day_after_its_last(rig: Rig) -> None:
    rig.award(until=date(2026, 3, 10))
    assert rig.until(date(2026, 3, 10)) == 0
    assert rig.until(date(2026, 3, 25)) == 1
    assert rig.until(date(2026, 3, 26)) == 0
    ((_, data),) = rig.told(types.AWARD_LAPSED)
    assert (data["scheme"], data["level"], data["lapsed_on"]) == ("carer-confident", "active", "2026-03-11")


def test_an_organisation_that_takes_long_to_look_at_is_left_alone_for_a_while(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(due_module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(due_module, "_LONG_LOOK", 0.25)

    def slow(*arguments: Any) -> tuple[list[str], str]:
        now[0] += 3.0
        return assignment_candidates(*arguments)

    monkeypatch.setattr(due_module, "assignment_candidates", slow)
    rig.course()
    assert rig.due() == 3
    rig.employ(NEWCOMER)
    now[0] += 59.0
    assert rig.due() == 0
    now[0] += 2.0
    assert rig.due() == 1


def test_nothing_is_looked_at_twice_while_nothing_changes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.course()
    rig.due()
    looks: list[str] = []
    due = rig.wiring.due
    assert isinstance(due, AccreditationDue)
    monkeypatch.setattr(due, "_look", lambda wiring, organisation, *rest: looks.append(organisation) or 0)
    rig.due()
    assert looks == []
    rig.change(CARER, DAY + timedelta(days=1), post="Other")
    rig.due()
    assert looks == [ORGANISATION]


def test_a_look_that_takes_longer_than_a_call_may_is_gone_on_with_in_the_next(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates_module, "PORTION", 1)
    monkeypatch.setattr(due_module, "_LONG", -1.0)
    rig.course()
    assert [rig.due() for _ in range(4)] == [2, 1, 0, 0]
    assert set(asked(rig)) == {CARER, MANAGER, HR}


def test_other_days_of_grace_are_followed_for_everybody(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.run(ReviseCourse(ORGANISATION, CODE, "Carer aware", 12, 30, False, DAY, HR))
    assert rig.due() == 3
    assert asked(rig)[CARER]["due_on"] == "2025-01-31"


@BOTH_SUBSTRATES
def test_people_who_are_as_they_should_be_concern_nobody(rig: Rig) -> None:
    rig.course()
    rig.course("second", audience="line-managers", grace_days=30)
    rig.due()
    rig.forget(CARER)
    with rig.wiring.reading() as connection:
        assert assignment_candidates(connection, ORGANISATION, DAY) == ([], "")
