"""Reversals, new totals, and the proposal of a batch."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.payroll.domain.days import DayTotal
from services.payroll.domain.lines import OpenLine, OpenLines, PayLine, propose

TOTAL = DayTotal(
    line="l1",
    person="p1",
    organisation="works",
    employer="works",
    pay_group="monthly",
    staff_number="S1",
    post="P1",
    date="2026-03-13",
    element="unpaid",
    unit="days",
    quantity="1.00",
    absence_code="A02",
    pay_code="P02",
    continuity="S",
    period="2026-03",
)
GONE = replace(TOTAL, quantity="0.00")


def first_sent() -> PayLine:
    (line,) = OpenLine(TOTAL, None, 0).changes(1)
    return line


def test_a_first_total_is_sent_as_revision_one() -> None:
    line = first_sent()
    assert (line.quantity, line.revision, line.reverses, line.batch) == ("1.00", 1, "", 1)


def test_a_change_takes_back_the_sent_line_as_it_was_and_sends_the_new_total() -> None:
    now = replace(TOTAL, quantity="0.50", pay_code="NEW", staff_number="S2")
    reversal, total = OpenLine(now, first_sent(), 1).changes(2)
    assert reversal == replace(first_sent(), quantity="-1.00", revision=2, reverses="l1/1", batch=2)
    assert (total.quantity, total.pay_code, total.revision, total.reverses) == ("0.50", "NEW", 3, "")


def test_a_day_worked_instead_is_a_reversal_alone() -> None:
    (reversal,) = OpenLine(GONE, first_sent(), 1).changes(2)
    assert (reversal.quantity, reversal.reverses) == ("-1.00", "l1/1")


def test_what_came_and_went_in_one_open_batch_is_nothing() -> None:
    assert OpenLine(GONE, None, 0).changes(1) == []
    assert OpenLine(TOTAL, first_sent(), 1).changes(2) == []


def test_a_day_that_comes_back_after_its_reversal_goes_on_with_the_next_revision() -> None:
    (again,) = OpenLine(TOTAL, None, 2).changes(3)
    assert (again.revision, again.reverses) == (3, "")


def test_a_full_batch_leaves_the_rest_for_the_next_and_keeps_reversal_and_total_together() -> None:
    changed = OpenLine(replace(TOTAL, quantity="0.50", line="l0", staff_number="S0"), first_sent(), 1)
    pair = replace(changed, standing=replace(first_sent(), staff_number="S0", line="l0"))
    others = [OpenLine(replace(TOTAL, line=f"x{number}"), None, 0) for number in range(3)]
    proposal = propose(OpenLines(4, (*others, pair), beyond=7), most=3)
    assert [line.line for line in proposal.lines] == ["l0", "l0", "x0"]
    assert (proposal.number, proposal.left) == (5, 2 + 7)


def test_the_same_lines_make_the_same_proposal_in_whatever_order_they_are_read() -> None:
    lines = tuple(OpenLine(replace(TOTAL, line=f"l{number}", post=f"P{number % 3}"), None, 0) for number in range(9))
    forward, backward = propose(OpenLines(0, lines)), propose(OpenLines(0, lines[::-1]))
    assert forward.fingerprint == backward.fingerprint
    assert forward.fingerprint != propose(OpenLines(1, lines)).fingerprint
    assert forward.fingerprint != propose(OpenLines(0, lines[1:])).fingerprint


@given(st.lists(st.sampled_from(["0.00", "0.25", "0.50", "1.00"]), max_size=12))
def test_whatever_happens_the_lines_sent_add_up_to_the_total_now(quantities: list[str]) -> None:
    standing: PayLine | None = None
    sent: list[PayLine] = []
    for number, quantity in enumerate(quantities, start=1):
        new = OpenLine(replace(TOTAL, quantity=quantity), standing, len(sent)).changes(number)
        sent += new
        if new:
            standing = None if new[-1].reverses else new[-1]
        assert sum((Decimal(line.quantity) for line in sent), Decimal(0)) == Decimal(quantity)
    assert [line.revision for line in sent] == list(range(1, len(sent) + 1))
