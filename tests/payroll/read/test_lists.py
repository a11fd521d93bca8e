"""Payroll's lists and the questions asked of them."""

from __future__ import annotations

from datetime import date

import pytest

from services.payroll.read.erased_persons import erased_among
from services.payroll.read.next_batch import next_batch
from services.payroll.read.open_lines import open_lines
from services.payroll.read.pay_groups import PayGroupState, pay_groups
from services.payroll.read.sealed_batches import sealed_batches
from services.payroll.read.sent_lines import lines_of_batch, lines_of_person, lines_waiting_for_person
from services.payroll.read.shown_lines import shown_lines
from tests.payroll.house import EPOCH, House

pytestmark = pytest.mark.parametrize(
    "house", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
BEN = "bbbbbbbb-0000-4000-8000-000000000002"
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)


def named(house: House) -> tuple[str, str, str]:
    return house.organisation, house.employer, "monthly"


def test_a_day_taken_opens_its_line_and_a_seal_closes_it(house: House) -> None:
    house.taken(ANNA, FRIDAY, 222)
    house.arrive()
    with house.wiring.reading() as connection:
        (line,) = open_lines(connection, *named(house)).lines
    assert (line.current.quantity, line.standing, line.revision) == ("0.50", None, 0)
    house.seal()
    house.project()
    with house.wiring.reading() as connection:
        found = open_lines(connection, *named(house))
    assert (found.sealed, found.lines, found.beyond) == (1, (), 0)


def test_the_preview_is_what_a_seal_seals(house: House) -> None:
    house.taken(ANNA, FRIDAY)
    house.arrive()
    house.seal()
    house.corrected(ANNA, FRIDAY, 222)
    house.taken(BEN, MONDAY)
    house.arrive()
    with house.wiring.reading() as connection:
        preview = next_batch(connection, house.settings.instance, *named(house))
    house.seal(checked=preview.proposal.fingerprint)
    house.project()
    batch = house.batches()[1]
    with house.wiring.reading() as connection:
        assert tuple(lines_of_batch(connection, str(batch.id))) == preview.proposal.lines
    assert batch.quantities == preview.proposal.quantities


def test_the_preview_says_up_to_where_leave_is_in_it(house: House) -> None:
    position = house.taken(ANNA, FRIDAY)
    house.arrive()
    with house.wiring.reading() as connection:
        preview = next_batch(connection, house.settings.instance, *named(house))
    assert (preview.leave_epoch, preview.leave_position, preview.waiting) == (EPOCH, position, 0)


def test_the_preview_counts_events_of_leave_that_could_not_be_applied(house: House) -> None:
    house.taken(ANNA, FRIDAY, 444, paid_minutes=999)
    house.taken(ANNA, MONDAY)
    house.taken(BEN, FRIDAY)
    house.arrive()
    with house.wiring.reading() as connection:
        preview = next_batch(connection, house.settings.instance, *named(house))
    assert preview.waiting == 2
    assert [line.person for line in preview.proposal.lines] == [BEN]


def test_pay_groups_are_listed_with_what_waits_and_the_last_batch(house: House) -> None:
    house.taken(ANNA, FRIDAY)
    house.taken(BEN, FRIDAY, employer="canal-agency")
    house.taken(BEN, MONDAY, organisation="elsewhere")
    house.arrive()
    house.seal()
    house.project()
    with house.wiring.reading() as connection:
        assert pay_groups(connection, house.organisation) == [
            PayGroupState("canal-agency", "monthly", 1, 0),
            PayGroupState("ministry-of-works", "monthly", 0, 1),
        ]


def test_batches_are_listed_newest_first(house: House) -> None:
    for day in (FRIDAY, MONDAY):
        house.taken(ANNA, day)
        house.arrive()
        house.seal()
        house.project()
    with house.wiring.reading() as connection:
        found = sealed_batches(connection, house.organisation)
        assert sealed_batches(connection, "elsewhere") == []
        assert sealed_batches(connection, house.organisation, limit=1, offset=1) == found[1:]
    assert [(batch.number, batch.lines, batch.quantities) for batch in found] == [
        (2, 1, {"days": "1.00"}),
        (1, 1, {"days": "1.00"}),
    ]
    assert found[0].sha256 == house.batches()[1].sha256


def test_a_person_finds_their_own_lines_and_nobody_elses(house: House) -> None:
    house.taken(ANNA, FRIDAY)
    house.taken(BEN, FRIDAY)
    house.arrive()
    house.seal()
    house.corrected(ANNA, FRIDAY, 0)
    house.arrive()
    with house.wiring.reading() as connection:
        assert [(line.quantity, line.batch) for line in lines_of_person(connection, ANNA)] == [("1.00", 1)]
        assert [(line.quantity, line.batch) for line in lines_waiting_for_person(connection, ANNA)] == [("-1.00", 0)]


def test_an_erased_persons_staff_number_is_shown_no_more_and_the_file_stays(house: House) -> None:
    house.taken(ANNA, FRIDAY)
    house.taken(BEN, FRIDAY)
    house.arrive()
    house.seal()
    file = house.batches()[0].file
    house.workforce.publish("person-forgotten", ANNA, house.organisation, {})
    house.arrive()
    with house.wiring.reading() as connection:
        assert erased_among(connection, [ANNA, BEN]) == {ANNA}
        lines = lines_of_batch(connection, str(house.batches()[0].id))
        assert [line["staff_number"] for line in shown_lines(connection, lines)] == ["", "Sbbbb"]
        assert "person" not in shown_lines(connection, lines)[0]
    assert house.batches()[0].file == file
