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
from tests.payroll.rig import EPOCH, Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
BEN = "bbbbbbbb-0000-4000-8000-000000000002"
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)


def named(rig: Rig) -> tuple[str, str, str]:
    return rig.organisation, rig.employer, "monthly"


def test_a_day_taken_opens_its_line_and_a_seal_closes_it(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY, 222)
    rig.arrive()
    with rig.wiring.reading() as connection:
        (line,) = open_lines(connection, *named(rig)).lines
    assert (line.current.quantity, line.standing, line.revision) == ("0.50", None, 0)
    rig.seal()
    rig.project()
    with rig.wiring.reading() as connection:
        found = open_lines(connection, *named(rig))
    assert (found.sealed, found.lines, found.beyond) == (1, (), 0)


def test_the_preview_is_what_a_seal_seals(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 222)
    rig.taken(BEN, MONDAY)
    rig.arrive()
    with rig.wiring.reading() as connection:
        preview = next_batch(connection, rig.settings.instance, *named(rig))
    rig.seal(checked=preview.proposal.fingerprint)
    rig.project()
    batch = rig.batches()[1]
    with rig.wiring.reading() as connection:
        assert tuple(lines_of_batch(connection, str(batch.id))) == preview.proposal.lines
    assert batch.quantities == preview.proposal.quantities


def test_the_preview_says_up_to_where_leave_is_in_it(rig: Rig) -> None:
    position = rig.taken(ANNA, FRIDAY)
    rig.arrive()
    with rig.wiring.reading() as connection:
        preview = next_batch(connection, rig.settings.instance, *named(rig))
    assert (preview.leave_epoch, preview.leave_position, preview.waiting) == (EPOCH, position, 0)


def test_the_preview_counts_events_of_leave_that_could_not_be_applied(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY, 444, paid_minutes=999)
    rig.taken(ANNA, MONDAY)
    rig.taken(BEN, FRIDAY)
    rig.arrive()
    with rig.wiring.reading() as connection:
        preview = next_batch(connection, rig.settings.instance, *named(rig))
    assert preview.waiting == 2
    assert [line.person for line in preview.proposal.lines] == [BEN]


def test_pay_groups_are_listed_with_what_waits_and_the_last_batch(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.taken(BEN, FRIDAY, employer="canal-agency")
    rig.taken(BEN, MONDAY, organisation="elsewhere")
    rig.arrive()
    rig.seal()
    rig.project()
    with rig.wiring.reading() as connection:
        assert pay_groups(connection, rig.organisation) == [
            PayGroupState("canal-agency", "monthly", 1, 0),
            PayGroupState("ministry-of-works", "monthly", 0, 1),
        ]


def test_batches_are_listed_newest_first(rig: Rig) -> None:
    for day in (FRIDAY, MONDAY):
        rig.taken(ANNA, day)
        rig.arrive()
        rig.seal()
        rig.project()
    with rig.wiring.reading() as connection:
        found = sealed_batches(connection, rig.organisation)
        assert sealed_batches(connection, "elsewhere") == []
        assert sealed_batches(connection, rig.organisation, limit=1, offset=1) == found[1:]
    assert [(batch.number, batch.lines, batch.quantities) for batch in found] == [
        (2, 1, {"days": "1.00"}),
        (1, 1, {"days": "1.00"}),
    ]
    assert found[0].sha256 == rig.batches()[1].sha256


def test_a_person_finds_their_own_lines_and_nobody_elses(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.taken(BEN, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 0)
    rig.arrive()
    with rig.wiring.reading() as connection:
        assert [(line.quantity, line.batch) for line in lines_of_person(connection, ANNA)] == [("1.00", 1)]
        assert [(line.quantity, line.batch) for line in lines_waiting_for_person(connection, ANNA)] == [("-1.00", 0)]


def test_an_erased_persons_staff_number_is_shown_no_more_and_the_file_stays(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.taken(BEN, FRIDAY)
    rig.arrive()
    rig.seal()
    file = rig.batches()[0].file
    rig.workforce.publish("person-forgotten", ANNA, rig.organisation, {})
    rig.arrive()
    with rig.wiring.reading() as connection:
        assert erased_among(connection, [ANNA, BEN]) == {ANNA}
        lines = lines_of_batch(connection, str(rig.batches()[0].id))
        assert [line["staff_number"] for line in shown_lines(connection, lines)] == ["", "Sbbbb"]
        assert "person" not in shown_lines(connection, lines)[0]
    assert rig.batches()[0].file == file
