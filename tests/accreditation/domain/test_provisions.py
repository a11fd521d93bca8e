"""Provisions: in place, vacant for a while, taken away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.accreditation.domain.provisions import CHAMPION, KINDS, Provision, Term, in_place
from shared.kernel.errors import CarersError
from tests.accreditation.builders import act, topics

DAY = date(2026, 3, 2)
SINCE = date(2024, 6, 1)
VACANT = date(2026, 1, 1)


def provision(kind: str = CHAMPION) -> Provision:
    made = Provision.open(kind, act(DAY))
    made.put_in_place(SINCE, "People team", "Intranet", None, act(DAY))
    return made


def counts(made: Provision, day: date) -> bool:
    return in_place(made.terms.values(), day)


def test_the_ten_kinds_that_an_employer_puts_in_place_are_known() -> None:
    assert len(KINDS) == 10


def test_a_provision_is_in_place_from_its_first_day_until_it_is_withdrawn() -> None:
    made = provision("carers-policy")
    assert not counts(made, SINCE - timedelta(days=1))
    assert counts(made, SINCE)
    made.withdraw(DAY, act(DAY))
    assert counts(made, DAY - timedelta(days=1))
    assert not counts(made, DAY)


@pytest.mark.parametrize(("vacant_days", "in_place"), [(1, True), (89, True), (90, True), (91, False)])
def test_a_champion_is_in_place_while_vacant_for_at_most_90_days(vacant_days: int, in_place: bool) -> None:
    made = provision()
    made.vacate(VACANT, act(DAY))
    assert counts(made, VACANT + timedelta(days=vacant_days - 1)) is in_place


def test_a_new_champion_ends_the_vacancy() -> None:
    made = provision()
    made.vacate(VACANT, act(DAY))
    made.put_in_place(DAY, "Director of estates", "", None, act(DAY))
    assert counts(made, DAY)
    assert counts(made, VACANT + timedelta(days=200))
    made.vacate(DAY, act(DAY))
    assert made.terms[DAY].vacant_since == DAY


def test_a_gap_after_a_long_vacancy_stays_a_gap() -> None:
    terms = [Term(SINCE, vacant_since=date(2025, 1, 1)), Term(date(2025, 6, 1))]
    assert in_place(terms, date(2025, 3, 31))
    assert not in_place(terms, date(2025, 4, 1))
    assert in_place(terms, date(2025, 6, 1))


def test_recording_the_same_again_changes_nothing_and_another_owner_does() -> None:
    made = provision("carers-policy")
    made.put_in_place(SINCE, "People team", "Intranet", None, act(DAY))
    made.put_in_place(SINCE, "Policy team", "Intranet", None, act(DAY))
    assert [topic.rpartition(".")[2] for topic in topics(made)] == ["opened", "recorded", "recorded"]


def test_what_is_said_of_a_vacant_place_does_not_fill_it() -> None:
    made = provision()
    made.vacate(VACANT, act(DAY))
    made.put_in_place(SINCE, "Policy team", "", None, act(DAY))
    assert made.terms[SINCE].vacant_since == VACANT


def test_the_same_vacancy_is_told_once() -> None:
    made = provision()
    made.vacate(VACANT, act(DAY))
    made.vacate(VACANT, act(DAY))
    assert len(made.pending_events) == 3


@pytest.mark.parametrize("starts", [date(2024, 5, 1), date(2025, 1, 1)])
def test_a_provision_is_not_put_in_place_twice_at_a_time(starts: date) -> None:
    made = provision("carers-policy")
    with pytest.raises(CarersError) as refused:
        made.put_in_place(starts, "Again", "", None, act(DAY))
    assert refused.value.code_ == "in-place-already"


def test_it_may_come_back_after_it_was_withdrawn() -> None:
    made = provision("carers-network")
    made.withdraw(VACANT, act(DAY))
    made.put_in_place(DAY, "Volunteers", "", None, act(DAY))
    assert not counts(made, VACANT)
    assert counts(made, DAY)
    with pytest.raises(CarersError) as refused:
        made.put_in_place(SINCE, "Volunteers", "", None, act(DAY))
    assert refused.value.code_ == "withdrawn-already"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: made.put_in_place(DAY + timedelta(days=1), "x", "", None, act(DAY)), "day-to-come"),
        (lambda made: made.withdraw(SINCE - timedelta(days=1), act(DAY)), "before-in-place"),
        (lambda made: made.withdraw(DAY + timedelta(days=1), act(DAY)), "day-to-come"),
        (lambda made: made.vacate(DAY, act(DAY)), "no-vacancy"),
    ],
)
def test_days_and_kinds_that_cannot_be_are_refused(change: object, code: str) -> None:
    with pytest.raises(CarersError) as refused:
        change(provision("carers-network"))  # type: ignore[operator]
    assert refused.value.code_ == code


def test_what_is_not_in_place_is_not_withdrawn() -> None:
    made = provision("carers-network")
    made.withdraw(DAY, act(DAY))
    with pytest.raises(CarersError) as refused:
        made.withdraw(DAY, act(DAY))
    assert refused.value.code_ == "not-in-place"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(CarersError) as refused:
        Provision.open("free-lunch", act(DAY))
    assert refused.value.code_ == "bad-kind"
