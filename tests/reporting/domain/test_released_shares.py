"""What leaves by the second door of notices, passports, training, and of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from services.reporting.domain.durations import SpannedDurations, durations
from services.reporting.domain.facts import Training
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.notices import ANSWERS, POSTPONEMENTS, Answers, Share, Spanned
from services.reporting.domain.passports import DRAFTS, HELD, Passports
from services.reporting.domain.provisions_and_awards import AWARDS_HELD, POLICIES
from services.reporting.domain.released import Released, released
from services.reporting.domain.training import STAFF_TRAINED
from tests.reporting.domain.flows import NOTHING_MEASURED, a_return, flow, measured

Measures = Mapping[str, object]

RELEASE = date(2027, 2, 1)
MOST = 56
"""The largest organisation whose every possible history the attacker goes through."""


def shown(measures: Measures, *, month: str = "2026-12", on: date | None = RELEASE) -> Released:
    figures = Figures(flow(), Flow(), measures)
    return released(replace(a_return(flow()), month=month, figures=figures), on=on)


def of_notices(numerator: int, denominator: int, **changes: int) -> Measures:
    """As many people as notices, unless told otherwise."""
    rest = denominator - numerator
    share = Share(numerator, denominator, numerator, rest, min(numerator, 1), min(rest, 1))
    return measured({POSTPONEMENTS: Spanned(replace(share, **changes), Share())})


def passports_of(numerator: int, denominator: int) -> Measures:
    return measured({HELD: Passports(numerator, denominator)})


def training_of(numerator: int, denominator: int) -> Measures:
    return measured({STAFF_TRAINED: Training(numerator, denominator, 7)})


def test_safe_shares_are_whole_percentages_of_rounded_counts() -> None:
    assert str(shown(of_notices(12, 61))["postponed"]) == "17%"
    assert str(shown(passports_of(33, 47))["in_date"]) == "78%"
    assert str(shown(training_of(101, 190))["trained"]) == "53%"


@pytest.mark.parametrize("changes", [{"people": 9}, {"others": 9}, {"largest": 21}, {"largest_other": 31}], ids=str)
def test_notices_are_suppressed_for_few_people_or_one_with_over_half(changes: dict[str, int]) -> None:
    assert str(shown(of_notices(40, 100))["postponed"]) == "40%"
    assert str(shown(of_notices(40, 100, **changes))["postponed"]) == "[c]"


def test_passports_leave_once_a_quarter_because_neighbouring_months_hold_the_same_people() -> None:
    held = passports_of(40, 80)
    assert [str(shown(held, month=month)["in_date"]) for month in ("2026-10", "2026-11", "2026-12")] == [
        "[c]",
        "[c]",
        "50%",
    ]


def test_nobody_trained_or_everybody_is_told_of_fifty_people_or_more() -> None:
    cells = {
        pair: str(shown(training_of(*pair))["trained"]) for pair in ((0, 50), (50, 50), (0, 49), (49, 49), (9, 60))
    }
    assert cells == {(0, 50): "0%", (50, 50): "100%", (0, 49): "[c]", (49, 49): "[c]", (9, 60): "[c]"}


def answered_by(people: int, each: int = 1, days: int = 3, *, more_of_one: int = 0) -> Measures:
    took = durations([(f"p{n}", days) for n in range(people) for _ in range(each)] + [("p0", days)] * more_of_one)
    spans = SpannedDurations(took, took)
    return measured({DRAFTS: spans, ANSWERS: Answers(spans, 4, 4)})


def test_medians_leave_in_whole_days_for_ten_people_and_more() -> None:
    assert [str(shown(answered_by(10))[name]) for name in ("drafts", "answers")] == ["3", "3"]
    assert str(shown(answered_by(10, days=90))["answers"]) == "61+"
    assert str(shown(answered_by(9, each=5))["answers"]) == "[c]"
    assert str(shown(answered_by(0))["answers"]) == "[c]"


def test_a_median_of_which_one_person_is_over_half_is_suppressed() -> None:
    assert str(shown(answered_by(10, more_of_one=8))["answers"]) == "3"
    assert str(shown(answered_by(10, more_of_one=9))["answers"]) == "[c]"


def test_medians_wait_for_the_release_like_all_that_tells_of_people() -> None:
    assert str(shown(answered_by(10), on=None)["answers"]) == "[c] [p]"


def test_returns_by_the_second_definitions_lack_medians() -> None:
    assert (
        str(shown({each: figure for each, figure in NOTHING_MEASURED.items() if each not in ("7", "16")})["answers"])
        == "[x]"
    )


def test_no_postponement_is_suppressed_like_nine() -> None:
    assert str(shown(of_notices(0, 200))["postponed"]) == str(shown(of_notices(9, 200))["postponed"]) == "[c]"


def test_what_an_organisation_has_is_exact_before_any_release_and_provisional() -> None:
    measures = measured(
        {POLICIES: True, AWARDS_HELD: (("carer-confident", "ambassador"), ("carer-positive", "engaged"))}
    )
    cells = shown(measures, on=None)
    assert (str(cells["policy"]), str(cells["champion"])) == ("yes [p]", "no [p]")
    assert str(cells["awards"]) == "carer-confident ambassador, carer-positive engaged [p]"
    assert str(cells["trained"]) == "[c] [p]"


def test_a_return_by_the_first_definitions_is_missing_what_it_did_not_have() -> None:
    cells = shown({})
    assert {str(cells[name]) for name in ("in_date", "trained", "policy", "awards")} == {"[x]"}
    assert str(cells["people"]) == "40"


@pytest.mark.parametrize(
    ("cell", "make"),
    [("in_date", passports_of), ("trained", training_of), ("postponed", of_notices)],
    ids=["passports", "training", "notices"],
)
def test_an_attacker_who_knows_the_rules_and_the_headcount_finds_no_count_under_ten(
    cell: str, make: Callable[[int, int], Measures]
) -> None:
    """The attacker goes through every pair of counts that gives what is shown, and looks how far they are apart."""
    for headcount in (20, 35, MOST):
        for text, pairs in _alike(cell, make, headcount).items():
            for counts in ([inside for inside, _ in pairs], [total - inside for inside, total in pairs]):
                safe = all(count >= 10 for count in counts)
                nobody_of_many = cell == "trained" and text in ("0%", "100%")
                assert safe or nobody_of_many or max(counts) - min(counts) >= 10 <= max(counts), (text, headcount)


def test_the_same_attacker_breaks_a_release_that_shows_small_shares() -> None:
    """The control: without the threshold a percentage in a small organisation gives the people away."""
    alike: dict[int, list[int]] = defaultdict(list)
    for total in range(30, 36):
        for inside in range(total + 1):
            alike[round(Fraction(100 * inside, total))].append(inside)
    assert any(max(counts) < 10 and max(counts) - min(counts) < 10 for counts in alike.values())


def _alike(cell: str, make: Callable[[int, int], Measures], headcount: int) -> dict[str, list[tuple[int, int]]]:
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for total in range(headcount + 1):
        for inside in range(total + 1):
            alike[str(shown(make(inside, total))[cell])].append((inside, total))
    return alike
