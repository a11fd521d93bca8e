"""From leave's events to sealed batches, with the real application on SQLite files."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from services.payroll.domain.batch import Batch
from services.payroll.domain.lines import MOST_LINES
from services.payroll.domain.mapping import CodeMapping, PayMapping
from shared.kernel.errors import InvalidError, KeyReusedError, RefusedError, UnavailableError
from shared.kernel.ids import derived_id
from tests.payroll.rig import Rig

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

ANNA = "aaaaaaaa-0000-4000-8000-000000000001"
BEN = "bbbbbbbb-0000-4000-8000-000000000002"
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)


def quantities(rig: Rig, batch: Batch) -> list[str]:
    return [row["Quantity"] for row in rig.rows(batch)]


def test_half_a_day_is_one_line_with_its_codes_period_and_batch(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY, 222)
    rig.arrive()
    rig.seal()
    (batch,) = rig.batches()
    (row,) = rig.rows(batch)
    assert row | {"Line": ""} == {
        "Employer": "ministry-of-works",
        "Payroll": "monthly",
        "Person number": "Saaaa",
        "Post": "P1",
        "Date": "2026-03-13",
        "Unit": "days",
        "Quantity": "0.50",
        "Absence code": "A02",
        "Pay code": "P02",
        "Continuity": "S",
        "Period": "2026-03",
        "Batch": "1",
        "Line": "",
        "Revision": "1",
        "Reverses": "",
    }


def test_two_halves_by_two_notices_share_one_line(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY, 222, part="am")
    rig.taken(ANNA, FRIDAY, 222, part="pm", notice=str(derived_id("notice", "second")))
    rig.arrive()
    rig.seal()
    assert quantities(rig, rig.batches()[0]) == ["1.00"]


def test_half_of_an_odd_day_is_exactly_half(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY, "555/2", scheduled_minutes=555)
    rig.arrive()
    rig.seal()
    assert quantities(rig, rig.batches()[0]) == ["0.50"]


def test_changes_inside_an_open_batch_collapse(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.taken(BEN, FRIDAY)
    rig.arrive()
    rig.corrected(ANNA, FRIDAY, 222)
    rig.corrected(BEN, FRIDAY, 0)
    rig.arrive()
    rig.seal()
    assert quantities(rig, rig.batches()[0]) == ["0.50"]


def test_a_correction_after_sealing_is_a_reversal_and_the_new_total(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 222)
    rig.arrive()
    rig.seal()
    first, second = rig.batches()
    (sent,), (reversal, total) = rig.rows(first), rig.rows(second)
    assert reversal["Reverses"] == f"{sent['Line']}/1"
    assert {**reversal, "Reverses": "", "Revision": "1", "Batch": "1", "Quantity": "1.00"} == sent
    assert (reversal["Quantity"], total["Quantity"]) == ("-1.00", "0.50")
    assert (reversal["Line"], reversal["Revision"], total["Line"], total["Revision"]) == (
        sent["Line"],
        "2",
        sent["Line"],
        "3",
    )
    assert second.quantities == {"days": "-0.50"}


def test_a_day_worked_instead_is_taken_back_and_a_day_taken_after_all_comes_again(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    for minutes in (None, 0, 444):
        if minutes is not None:
            rig.corrected(ANNA, FRIDAY, minutes)
        rig.arrive()
        rig.seal()
    assert [quantities(rig, batch) for batch in rig.batches()] == [["1.00"], ["-1.00"], ["1.00"]]


def test_a_day_that_moves_to_another_post_is_taken_back_there_and_sent_here(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    rig.corrected(ANNA, FRIDAY, 444, post="P2")
    rig.arrive()
    rig.seal()
    rows = rig.rows(rig.batches()[1])
    assert [(row["Post"], row["Quantity"]) for row in rows] == [("P1", "-1.00"), ("P2", "1.00")]


def test_an_event_received_twice_makes_one_line(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.leave.events.append(dict(rig.leave.events[0]))
    rig.arrive()
    rig.seal()
    assert rig.sent() == {("Saaaa", "P1", "2026-03-13", "P02"): Decimal("1.00")}


def test_a_day_that_failed_is_applied_before_its_correction(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_yet(mapping: PayMapping, employer: str, day: date) -> CodeMapping:
        raise InvalidError("The pay mapping has no codes for this employer yet.", code="not-mapped")

    rig.taken(ANNA, FRIDAY)
    rig.corrected(ANNA, FRIDAY, 222)
    with monkeypatch.context() as unmapped:
        unmapped.setattr(PayMapping, "codes_on", not_yet)
        rig.arrive()
    assert rig.wiring.stores.log.head()[1] == 0
    with monkeypatch.context() as later:
        later.setattr("shared.bus.inbox.time.time", lambda: float(2**40))
        rig.retry()
    rig.project()
    rig.seal()
    assert quantities(rig, rig.batches()[0]) == ["0.50"]


def test_a_sealed_file_is_the_same_bytes_whatever_comes_later(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    sealed = rig.seal()
    before = rig.batches()[0].file
    assert hashlib.sha256(before).hexdigest() == sealed.data["sha256"]
    rig.corrected(ANNA, FRIDAY, 0)
    rig.taken(BEN, MONDAY)
    rig.arrive()
    rig.seal()
    assert rig.batches()[0].file == before


def test_a_seal_before_leave_has_been_applied_up_to_the_cut_off_is_refused_in_words(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    cut_off = rig.taken(ANNA, MONDAY)
    with pytest.raises(RefusedError, match=f"everything up to {cut_off}") as refusal:
        rig.seal(leave_position=cut_off)
    assert refusal.value.code_ == "leave-not-applied"
    rig.arrive()
    rig.seal(leave_position=cut_off)
    assert len(rig.rows(rig.batches()[0])) == 2


def test_a_cut_off_in_another_epoch_of_leave_is_refused(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    with pytest.raises(RefusedError):
        rig.seal(leave_epoch="00000000-0000-4000-8000-00000000dead", leave_position=1)


def test_a_seal_waits_for_the_lists_and_then_says_that_they_are_behind(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.deliver()
    with pytest.raises(UnavailableError, match="Nothing was sealed"):
        rig.seal()
    assert rig.batches() == []


def test_nothing_is_sealed_twice_while_the_lists_do_not_show_the_last_batch(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    rig.seal()
    with pytest.raises(UnavailableError):
        rig.seal()
    rig.project()
    with pytest.raises(RefusedError, match="no line has changed since batch 1"):
        rig.seal()
    assert len(rig.batches()) == 1


def test_the_same_key_gets_the_same_answer_and_another_body_is_refused(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.arrive()
    first = rig.seal(key="k1")
    rig.taken(ANNA, MONDAY)
    rig.arrive()
    again = rig.seal(key="k1")
    assert (again.data, again.position, again.repeated) == (first.data, first.position, True)
    with pytest.raises(KeyReusedError):
        rig.seal(key="k1", leave_position=2)
    assert len(rig.batches()) == 1


def test_another_organisations_lines_are_in_its_own_batches(rig: Rig) -> None:
    rig.taken(ANNA, FRIDAY)
    rig.taken(BEN, FRIDAY, organisation="canal-agency")
    rig.arrive()
    rig.seal()
    rig.project()
    assert [row["Person number"] for row in rig.rows(rig.batches()[0])] == ["Saaaa"]
    rig.seal(organisation="canal-agency")
    (batch,) = rig.batches(organisation="canal-agency")
    assert [row["Person number"] for row in rig.rows(batch)] == ["Sbbbb"]


def test_a_full_batch_is_sealed_whole_and_what_is_left_is_in_the_next(rig: Rig) -> None:
    for number in range(MOST_LINES // 100 + 1):
        person = str(derived_id("person", str(number)))
        for day in range(100):
            rig.taken(person, date.fromordinal(FRIDAY.toordinal() + day), staff_number=f"S{number:05d}")
    rig.arrive()
    rig.seal()
    rig.project()
    rig.seal()
    assert [batch.count for batch in rig.batches()] == [MOST_LINES, 100]
    assert rig.sent() == rig.owed()
