"""Who must still take a course, in the order in which HR would look for somebody."""

from __future__ import annotations

from datetime import date

from services.accreditation.read.courses import courses_of
from services.accreditation.read.team_by_team import InTeam, to_train_by_team
from services.accreditation.web.views import by_name
from tests.accreditation.builders import CARER, HR, MANAGER, ORGANISATION
from tests.accreditation.rig import DAY, Rig

NEW = "0c000000-0000-4000-8000-000000000001"
LAST = "0c000000-0000-4000-8000-000000000002"


def listed(rig: Rig, *, most: int = 50, skip: int = 0) -> list[tuple[str, str]]:
    with rig.wiring.reading() as connection:
        (course,) = courses_of(connection, ORGANISATION)
        found = to_train_by_team(connection, course, DAY, most=most, skip=skip)
    return [(each.manager, each.person) for each in found]


def test_teams_follow_their_managers_numbers_and_people_without_a_manager_come_last(rig: Rig) -> None:
    rig.course()
    rig.employ(NEW, manager=HR, staff_number="A1")
    rig.employ(LAST, manager=MANAGER, staff_number="A2")
    first, second = sorted((HR, MANAGER))
    teams = {HR: [NEW], MANAGER: [LAST, CARER]}
    expected = [(manager, person) for manager in (first, second) for person in teams[manager]]
    assert listed(rig) == [*expected, ("", first), ("", second)]


def test_a_page_goes_on_where_the_one_before_ended(rig: Rig) -> None:
    rig.course()
    rig.employ(NEW, manager=HR, staff_number="A1")
    whole = listed(rig)
    assert [*listed(rig, most=2), *listed(rig, most=2, skip=2)] == whole[:4]


def test_who_was_trained_is_not_listed(rig: Rig) -> None:
    rig.course()
    rig.complete()
    assert CARER not in {person for _, person in listed(rig)}


def test_in_a_team_people_stand_by_name() -> None:
    day = date(2026, 1, 1)
    found = [InTeam("1", "b", day), InTeam("2", "b", day), InTeam("3", "a", day), InTeam("4", "", day)]
    names = {"1": "zoe (1, Clerk)", "2": "Ada (2, Clerk)", "3": "Bea (3, Clerk)"}
    assert [each.person for each in by_name(found, names)] == ["2", "1", "3", "4"]
