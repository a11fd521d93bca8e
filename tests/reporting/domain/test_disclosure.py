"""The tests a sensitive figure passes, and its rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.disclosure import (
    enough_people,
    nearest,
    nobody_dominates,
    rounded_count,
    rounded_percentage,
    rounded_rate,
)


@pytest.mark.parametrize(
    ("people", "population", "enough"),
    [(0, 100, False), (9, 100, False), (10, 100, True), (90, 100, True), (91, 100, False), (10, 19, False)],
)
def test_ten_people_must_stand_in_a_count_and_ten_outside_it(people: int, population: int, enough: bool) -> None:
    assert enough_people(people, Fraction(population)) is enough


def test_the_test_looks_at_the_mean_before_it_is_rounded() -> None:
    assert not enough_people(10, Fraction(239, 12))
    assert enough_people(10, Fraction(240, 12))


def test_one_person_may_have_half_of_a_volume_and_no_more() -> None:
    assert nobody_dominates(Fraction(5), Fraction(10))
    assert not nobody_dominates(Fraction(11, 2), Fraction(10))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0", 0), ("2", 0), ("5/2", 5), ("7", 5), ("15/2", 10), ("12", 10), ("25/2", 15), ("13", 15)],
)
def test_counts_round_to_the_nearest_five_with_halves_away_from_zero(value: str, rounded: int) -> None:
    assert rounded_count(Fraction(value)) == rounded


@given(st.fractions(0, 10**6), st.sampled_from([1, 5]))
def test_rounding_moves_a_value_by_half_a_step_at_most(value: Fraction, step: int) -> None:
    rounded = nearest(value, step)
    assert rounded % step == 0
    assert -Fraction(step, 2) <= value - rounded < Fraction(step, 2)


def test_rates_are_made_of_rounded_counts() -> None:
    assert rounded_rate(Fraction(12), Fraction(93)) == 11
    assert rounded_rate(Fraction(13), Fraction(93)) == 16


def test_a_denominator_under_thirty_unrounded_gives_no_rate() -> None:
    assert rounded_rate(Fraction(15), Fraction(299, 10)) is None
    assert rounded_rate(Fraction(15), Fraction(30)) == 50


def test_nothing_and_everything_are_not_told_of_a_group_under_fifty() -> None:
    assert rounded_percentage(Fraction(2), Fraction(40), Fraction(49)) is None
    assert rounded_percentage(Fraction(40), Fraction(40), Fraction(49)) is None
    assert rounded_percentage(Fraction(2), Fraction(60), Fraction(50)) == 0
    assert rounded_percentage(Fraction(60), Fraction(60), Fraction(50)) == 100
