"""Awards and self-assessments under a scheme."""

from __future__ import annotations

from datetime import date

import pytest

from services.accreditation.domain.assessment import Assessment, fresh
from services.accreditation.domain.award import Award, Cover, highest_level
from shared.kernel.errors import CarersError
from shared.kernel.provenance import CLOCK
from tests.accreditation.builders import ORGANISATION, OTHER, SCHEME, act, topics

DAY = date(2026, 3, 2)
STARTS = date(2025, 3, 1)
SCORES = {"lead": 2, "plan": 1}


def award(level: str = "active", starts: date = STARTS, until: date | None = None) -> Award:
    return Award.awarded(SCHEME, level, starts, until, [ORGANISATION, OTHER], "Certificate 12", act(DAY))


def cover(level: str, starts: date, until: date, *organisations: str) -> Cover:
    return Cover(SCHEME.scheme, level, starts, until, frozenset(organisations or (ORGANISATION,)))


def test_an_award_holds_for_the_schemes_months_unless_its_certificate_says_otherwise() -> None:
    assert award().until == date(2028, 2, 29)
    assert award(until=date(2027, 1, 1)).until == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "warned"),
    [(date(2027, 8, 28), False), (date(2027, 8, 29), True), (date(2028, 2, 28), True), (date(2028, 2, 29), False)],
)
def test_an_award_is_warned_of_in_its_last_six_months(day: date, warned: bool) -> None:
    assert SCHEME.expiring(date(2028, 2, 29), day) is warned


def test_an_award_lapses_after_its_last_day_once() -> None:
    held = award(until=date(2026, 3, 1))
    held.lapse(act(date(2026, 3, 1), CLOCK))
    assert held.lapsed_on is None
    held.lapse(act(date(2026, 3, 9), CLOCK))
    held.lapse(act(date(2026, 3, 9), CLOCK))
    assert held.lapsed_on == date(2026, 3, 2)
    assert len(topics(held)) == 2


def test_an_award_may_end_before_its_time_and_then_does_not_lapse() -> None:
    held = award()
    held.end(date(2026, 3, 1), act(DAY))
    held.lapse(act(date(2030, 1, 1), CLOCK))
    assert held.lapsed_on == date(2026, 3, 1)
    with pytest.raises(CarersError) as refused:
        held.end(date(2026, 3, 1), act(DAY))
    assert refused.value.code_ == "award-over"


@pytest.mark.parametrize("day", [date(2025, 2, 28), date(2026, 3, 3)])
def test_an_award_ends_on_a_day_of_its_own_that_has_come(day: date) -> None:
    with pytest.raises(CarersError) as refused:
        award().end(day, act(DAY))
    assert refused.value.code_ == "outside-award"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: award("platinum"), "no-such-level"),
        (lambda: award(starts=date(2026, 3, 3)), "day-to-come"),
        (lambda: award(until=date(2025, 2, 1)), "until-before-start"),
        (lambda: Award.awarded(SCHEME, "active", STARTS, None, [], "", act(DAY)), "covers-nobody"),
    ],
)
def test_an_award_that_cannot_be_is_refused(make: object, code: str) -> None:
    with pytest.raises(CarersError) as refused:
        make()  # type: ignore[operator]
    assert refused.value.code_ == code


def test_the_same_award_again_is_known_and_with_other_days_refused() -> None:
    held = award()
    held.check_same(None, [OTHER, ORGANISATION], SCHEME)
    with pytest.raises(CarersError) as refused:
        held.check_same(date(2027, 1, 1), [OTHER, ORGANISATION], SCHEME)
    assert refused.value.code_ == "award-known"


def test_an_organisation_counts_at_its_highest_unexpired_level() -> None:
    awards = [
        cover("accomplished", date(2024, 1, 1), date(2026, 12, 31)),
        cover("active", date(2025, 1, 1), date(2027, 12, 31)),
        cover("ambassador", date(2020, 1, 1), date(2023, 12, 31)),
    ]

    def level_on(day: date, organisation: str = ORGANISATION) -> str | None:
        found = highest_level(SCHEME, awards, organisation, day)
        return found.level if found else None

    assert level_on(date(2023, 12, 31)) == "ambassador"
    assert level_on(date(2026, 12, 31)) == "accomplished"
    assert level_on(date(2027, 1, 1)) == "active"
    assert level_on(date(2028, 1, 1)) is None
    assert level_on(DAY, OTHER) is None


def test_awards_of_another_scheme_are_not_merged() -> None:
    other = Cover("carer-positive", "active", STARTS, date(2030, 1, 1), frozenset({ORGANISATION}))
    assert highest_level(SCHEME, [other], ORGANISATION, DAY) is None


def test_a_self_assessment_keeps_the_last_word_on_each_area() -> None:
    made = Assessment.open(SCHEME.scheme, act(DAY))
    for _ in range(2):
        made.assess(SCHEME, "preparation", SCORES, "Plan of May", STARTS, act(DAY))
    made.assess(SCHEME, "preparation", {"lead": 3, "plan": 3}, "Plan of June", DAY, act(DAY))
    assert len(topics(made)) == 3
    assert made.areas["preparation"].reached == 6
    assert made.areas["preparation"].evidence == "Plan of June"


@pytest.mark.parametrize(
    ("area", "scores", "on", "code"),
    [
        ("weather", SCORES, DAY, "not-found"),
        ("preparation", {"lead": 2}, DAY, "scores-incomplete"),
        ("preparation", {"lead": 2, "plan": 4}, DAY, "scores-incomplete"),
        ("preparation", {"lead": 2, "plan": 1, "more": 1}, DAY, "scores-incomplete"),
        ("preparation", SCORES, date(2026, 3, 3), "day-to-come"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused(area: str, scores: dict[str, int], on: date, code: str) -> None:
    made = Assessment.open(SCHEME.scheme, act(DAY))
    with pytest.raises(CarersError) as refused:
        made.assess(SCHEME, area, scores, "", on, act(DAY))
    assert refused.value.code_ == code


def test_an_area_is_ready_while_its_evidence_is_under_twelve_months_old() -> None:
    days = [date(2025, 3, 2), date(2025, 3, 3), DAY, date(2026, 3, 3)]
    assert [fresh(each, DAY) for each in days] == [False, True, True, False]
