"""The passport's lists and the questions asked of them."""

from __future__ import annotations

from datetime import date

import pytest

from services.passport.domain.commands import AskForReview, EndPassport, ProposeChange, TransferPassport
from services.passport.read.listed import Listed, count_proposals, listed_of
from services.passport.read.reviews import review_reasons
from services.passport.read.staff import label_of, person_with
from services.passport.read.tables import metadata
from services.passport.read.team import TeamPassport, named_readers_passports, team_passports
from tests.passport.rig import (
    CARER,
    COLLEAGUE,
    MANAGER,
    NEXT_MANAGER,
    OTHER_MANAGER,
    PLENTY,
    TODAY,
    WORKS,
    WRITTEN,
    Rig,
)

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def team(rig: Rig, manager: str = MANAGER) -> list[TeamPassport]:
    with rig.wiring.reading() as connection:
        return team_passports(connection, manager, rig.application.today())


def mine(rig: Rig) -> Listed:
    with rig.wiring.reading() as connection:
        found = listed_of(connection, CARER)
    assert found is not None
    return found


def reasons(rig: Rig) -> tuple[str, ...]:
    with rig.wiring.reading() as connection:
        return review_reasons(connection, mine(rig), rig.application.today())


def test_a_managers_list_has_those_that_were_agreed_or_are_shared(rig: Rig) -> None:
    rig.begin(**WRITTEN)
    assert team(rig) == []
    rig.share(MANAGER, "impact")
    (one,) = team(rig)
    assert (one.staff_number, one.shared, one.waits_for_signature) == ("S1111", True, False)
    rig.share()
    rig.talk()
    rig.sign("carer")
    assert team(rig)[0].waits_for_signature
    rig.sign("manager")
    (one,) = team(rig)
    assert (one.listed.state, one.listed.review_due, one.waits_for_signature) == ("agreed", "2027-03-02", False)
    rig.move(manager=NEXT_MANAGER)
    assert team(rig) == []
    (one,) = team(rig, NEXT_MANAGER)
    assert (one.shared, one.waits_for_signature) == (False, False)


def test_whatever_is_written_takes_the_signatures_back(rig: Rig) -> None:
    rig.begin(**WRITTEN)
    rig.share()
    rig.talk()
    rig.sign("carer")
    rig.write("impact", "Something else")
    assert (mine(rig).signed_by_carer, mine(rig).signed_by_manager) == (False, "")


def test_a_review_is_due_after_a_year_and_for_each_change(rig: Rig) -> None:
    rig.agree()
    assert reasons(rig) == ()
    rig.days_later(364)
    assert reasons(rig) == ()
    rig.days_later(1)
    assert reasons(rig) == ("yearly",)
    rig.run(AskForReview(CARER, CARER))
    rig.move(manager=NEXT_MANAGER, post="Lead adviser")
    assert reasons(rig) == ("yearly", "circumstances", "manager", "post")
    rig.share(NEXT_MANAGER)
    rig.sign("carer")
    rig.sign("manager", NEXT_MANAGER)
    assert reasons(rig) == ()


def test_an_ended_passport_is_in_no_list_and_due_for_nothing(rig: Rig) -> None:
    rig.agree()
    rig.share(COLLEAGUE, "emergency")
    rig.run(EndPassport(CARER, "cared-for-died", CARER))
    rig.days_later(800)
    assert (team(rig), reasons(rig)) == ([], ())
    with rig.wiring.reading() as connection:
        assert named_readers_passports(connection, COLLEAGUE, rig.application.today()) == []


def test_a_passport_shared_by_name_is_listed_on_the_days_agreed(rig: Rig) -> None:
    rig.agree()
    rig.share(COLLEAGUE, "emergency", starts=date(2026, 3, 5), ends=date(2026, 3, 7))
    found = []
    for day in range(4, 9):
        with rig.wiring.reading() as connection:
            found.append(named_readers_passports(connection, COLLEAGUE, date(2026, 3, day)))
    assert found == [[], [CARER], [CARER], [CARER], []]


def test_what_went_along_waits_for_the_new_manager(rig: Rig) -> None:
    rig.agree()
    rig.run(ProposeChange(CARER, "contact", "By phone", "As we said", MANAGER))
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY)
    rig.run(TransferPassport(CARER, PLENTY, CARER))
    assert team(rig) == []
    (one,) = team(rig, OTHER_MANAGER)
    assert (one.waits_to_be_taken_over, one.shared, one.reviews) == (True, True, ())
    with rig.wiring.reading() as connection:
        assert count_proposals(connection, CARER) == 0


def test_people_are_found_by_staff_number_where_they_work(rig: Rig) -> None:
    with rig.wiring.reading() as connection:
        assert person_with(connection, WORKS, "S1111", TODAY) == CARER
        assert person_with(connection, PLENTY, "S1111", TODAY) is None
        assert label_of(connection, CARER, TODAY) == "S1111, Policy adviser"
        assert label_of(connection, CARER, date(2019, 1, 1)) == ""
    rig.days_later(3)
    rig.move(manager=OTHER_MANAGER, organisation=PLENTY, staff_number="P1")
    with rig.wiring.reading() as connection:
        found = [
            person_with(connection, *where, rig.application.today()) for where in ((WORKS, "S1111"), (PLENTY, "P1"))
        ]
    assert found == [None, CARER]


def test_no_list_holds_a_word_or_has_room_for_one(rig: Rig) -> None:
    own = [table for name, table in metadata.tables.items() if name in ("passports", "consents", "proposals")]
    assert {column.name for table in own for column in table.columns} == {
        *("person", "organisation", "state", "agreed_on", "settled_on", "settled_with", "review_due", "review_asked"),
        *("signed_by_carer", "signed_by_manager", "consent", "reader", "capacity", "sections", "starts", "ends"),
        *("proposal", "by"),
    }
