"""What leaves by the second door."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import example, given, settings

from services.reporting.domain.figures import Flow
from services.reporting.domain.released import SENSITIVE_CELLS, Cell, Released, released
from tests.reporting.domain.flows import a_return, flow, flows

RELEASE = date(2027, 2, 1)


def test_only_released_makes_a_released() -> None:
    real = released(a_return(flow()), on=RELEASE)
    fields = {field.name: getattr(real, field.name) for field in dataclasses.fields(real)}
    with pytest.raises(TypeError):
        Released(**(fields | {"seal": object()}))


def test_a_safe_month_is_rounded_and_says_so_in_whole_numbers() -> None:
    shown = cells(released(a_return(flow(people=43, headcount=412)), on=RELEASE))
    assert shown == {
        "people": "45",
        "headcount": "410",
        "uptake": "11%",
        "days": "85",
        "fte": "410",
        "volume": "21",
        "paid_days": "45",
        "unpaid_days": "45",
        "paid_share": "53%",
        "in_date": "[c]",
        "postponed": "[c]",
        "waived": "[c]",
        "trained": "[c]",
        "policy": "no",
        "champion": "no",
        "awards": "no",
        "drafts": "[c]",
        "answers": "[c]",
    }


def test_nine_people_are_suppressed_in_every_figure() -> None:
    assert sensitive(released(a_return(flow(people=9)), on=RELEASE)) == dict.fromkeys(SENSITIVE_CELLS, "[c]")


def test_nobody_is_suppressed_like_nine() -> None:
    nobody = released(a_return(Flow(headcount=Fraction(400), fte=Fraction(380))), on=RELEASE)
    nine = released(a_return(flow(people=9, headcount=400, fte=Fraction(380))), on=RELEASE)
    assert cells(nobody) == cells(nine)


def test_all_but_nine_are_suppressed() -> None:
    shown = sensitive(released(a_return(flow(people=391, headcount=400)), on=RELEASE))
    assert shown == dict.fromkeys(SENSITIVE_CELLS, "[c]")


def test_one_persons_volume_is_suppressed_where_they_have_over_half_of_it() -> None:
    shown = cells(released(a_return(flow(largest=Fraction(81, 2))), on=RELEASE))
    assert (shown["people"], shown["days"], shown["volume"]) == ("40", "[c]", "[c]")


def test_paid_and_unpaid_days_are_suppressed_together_because_the_total_is_shown() -> None:
    shown = cells(released(a_return(flow(paid_people=9)), on=RELEASE))
    assert shown["days"] == "80"
    assert (shown["paid_days"], shown["unpaid_days"], shown["paid_share"]) == ("[c]", "[c]", "[c]")


def test_parts_never_show_where_the_whole_does_not() -> None:
    parted = flow(people=20, headcount=25, paid_people=10, unpaid_people=10)
    assert sensitive(released(a_return(parted), on=RELEASE)) == dict.fromkeys(SENSITIVE_CELLS, "[c]")


def test_a_rate_over_few_days_is_not_shown() -> None:
    few = flow(people=12, days=Fraction(29), paid_days=Fraction(29, 2), unpaid_days=Fraction(29, 2))
    assert cells(released(a_return(few), on=RELEASE))["paid_share"] == "[c]"


@given(flows())
def test_what_no_release_holds_is_suppressed_and_provisional(month: Flow) -> None:
    for shown in (released(a_return(month), on=None), released(a_return(month, complete=False), on=RELEASE)):
        assert {str(shown[name]) for name in SENSITIVE_CELLS} == {"[c] [p]"}


def test_a_released_month_that_was_revised_since_says_so_and_does_not_move() -> None:
    before = released(a_return(flow()), on=RELEASE)
    since = released(a_return(flow()), on=RELEASE, revised_since=True)
    assert cells(before) == {name: text.removesuffix(" [r]") for name, text in cells(since).items()}
    assert all(text.endswith("[r]") for text in cells(since).values())


@given(flows())
def test_raw_values_do_not_travel_with_what_is_released(month: Flow) -> None:
    shown = released(a_return(month), on=RELEASE)
    kinds = {field.name: type(getattr(shown, field.name)) for field in dataclasses.fields(shown)}
    assert {kind for name, kind in kinds.items() if name != "seal"} == {str, int, date, datetime, dict}
    assert {type(cell) for cell in shown.cells.values()} == {Cell}
    assert kinds["definition"] is int
    for name in ("headcount", "fte", *SENSITIVE_CELLS):
        assert re.fullmatch(r"\[c\]|[0-9]+%?", shown[name].text)


@given(flows())
def test_a_shown_count_is_of_ten_people_or_more_and_within_two_and_a_half(month: Flow) -> None:
    shown = cells(released(a_return(month), on=RELEASE))
    for name, people in (("people", month.people), ("paid_days", month.paid_people), ("days", month.people)):
        if shown[name] != "[c]":
            assert people >= 10
            assert abs(int(shown[name]) - getattr(month, name)) <= Fraction(5, 2)


def cells(shown: Released) -> dict[str, str]:
    return {name: str(cell) for name, cell in shown.cells.items()}


def sensitive(shown: Released) -> dict[str, str]:
    return {name: text for name, text in cells(shown).items() if name in SENSITIVE_CELLS}


class Attacker:
    """Bounds everything about one organisation's months from all that was released and the public staff numbers.

    Knows: rounding ranges, non-negativity, days = paid + unpaid, half days as the smallest piece of leave, that a
    count passed the threshold where it is shown, and the exact headcount of every month.
    """

    LONGEST = Fraction(31)
    """Days that one person can have in a month."""

    def __init__(self, shown: dict[str, str], headcount: Fraction) -> None:
        self.bounds: dict[str, tuple[Fraction, Fraction]] = {
            name: self._given(shown[name], headcount) for name in ("people", "days", "paid_days", "unpaid_days")
        }
        for _ in range(4):
            self._narrow()

    def _given(self, text: str, headcount: Fraction) -> tuple[Fraction, Fraction]:
        if text == "[c]":
            return Fraction(0), headcount * self.LONGEST
        return max(Fraction(0), int(text) - Fraction(5, 2)), int(text) + Fraction(5, 2)

    def _narrow(self) -> None:
        people, days, paid, unpaid = (self.bounds[name] for name in ("people", "days", "paid_days", "unpaid_days"))
        days = _meet(days, (paid[0] + unpaid[0], paid[1] + unpaid[1]), (people[0] / 2, people[1] * self.LONGEST))
        people = _meet(people, (days[0] / self.LONGEST, days[1] * 2))
        paid = _meet(paid, (days[0] - unpaid[1], days[1] - unpaid[0]))
        unpaid = _meet(unpaid, (days[0] - paid[1], days[1] - paid[0]))
        self.bounds = {"people": people, "days": days, "paid_days": paid, "unpaid_days": unpaid}

    def most_people_in(self, name: str) -> Fraction:
        """The most people whom the attacker must reckon with behind a suppressed number."""
        return min(self.bounds["people"][1], self.bounds[name][1] * 2)

    def fewest_people_in(self, name: str) -> Fraction:
        """The fewest people behind it."""
        return self.bounds[name][0] / self.LONGEST if name != "people" else self.bounds["people"][0]


def _meet(*bounds: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    return max(low for low, _ in bounds), min(high for _, high in bounds)


@settings(max_examples=300)
@given(flows())
@example(flow(people=20, headcount=25, paid_people=10, unpaid_people=10))
@example(flow(paid_people=0, paid_days=Fraction(0), largest_paid=Fraction(0), unpaid_days=Fraction(80)))
@example(flow(paid_people=1, paid_days=Fraction(1), unpaid_days=Fraction(79)))
def test_an_attacker_who_subtracts_cannot_bound_a_suppressed_number_to_fewer_than_ten_people(month: Flow) -> None:
    assert_nothing_recovered(released(a_return(month), on=RELEASE), month)


def assert_nothing_recovered(shown: Released, month: Flow) -> None:
    texts = cells(shown)
    attacker = Attacker(texts, month.headcount)
    for name in ("people", "days", "paid_days", "unpaid_days"):
        if texts[name] == "[c]" and month.headcount >= 20:
            most, fewest = attacker.most_people_in(name), attacker.fewest_people_in(name)
            assert most >= 10, (name, most)
            assert most - fewest >= 10, (name, fewest, most)


def test_the_attacker_recovers_a_part_that_is_left_beside_its_total() -> None:
    """The control: the same attacker breaks a release that suppresses the unsafe part alone."""
    month = flow(people=40, paid_people=1, paid_days=Fraction(1), days=Fraction(80), unpaid_days=Fraction(79))
    leaky = cells(released(a_return(month), on=RELEASE)) | {"unpaid_days": "80"}
    attacker = Attacker(leaky, month.headcount)
    assert attacker.bounds["paid_days"][1] <= 5
