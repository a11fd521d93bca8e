"""How long things took: medians of any level come from added counts."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.durations import (
    LONGEST,
    Durations,
    SpannedDurations,
    added,
    durations,
    parse_spans,
    spans_json,
)

TOOK = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, LONGEST)), max_size=12)


@given(TOOK)
def test_the_median_is_that_of_all_of_them(took: list[tuple[str, int]]) -> None:
    expected = Fraction(median(days for _, days in took)) if took else None
    assert durations(took).median == expected


@given(st.lists(TOOK, max_size=4))
def test_added_counts_give_the_median_of_everything_and_never_a_median_of_medians(
    parts: list[list[tuple[str, int]]],
) -> None:
    whole = added(durations(part) for part in parts)
    everything = durations((person, days) for part in parts for person, days in part)
    assert (whole.counts, whole.median) == (everything.counts, everything.median)
    assert whole.people == sum(durations(part).people for part in parts)
    assert whole.largest == max((durations(part).largest for part in parts), default=0)


@pytest.mark.parametrize(("days", "counted"), [(0, 0), (60, 60), (61, 61), (62, 61), (400, 61)])
def test_what_took_longer_than_sixty_days_is_told_apart_no_further(days: int, counted: int) -> None:
    assert durations([("a", days)]).counts == ((counted, 1),)


def test_nothing_has_no_median() -> None:
    assert Durations().median is None


@given(TOOK, TOOK)
def test_durations_survive_their_json(month: list[tuple[str, int]], year: list[tuple[str, int]]) -> None:
    found = SpannedDurations(durations(month), durations(year))
    assert parse_spans(spans_json(found)) == found


@pytest.mark.parametrize(
    ("days", "words", "whole"),
    [
        ([], "", ""),
        ([3], "3", "3"),
        ([2, 3], "2.5", "3"),
        ([1, 2, 60], "2", "2"),
        ([60, 61], "60.5+", "61+"),
        ([100, 200], "61+", "61+"),
    ],
)
def test_a_median_in_words_tells_halves_and_says_where_it_may_be_more(days: list[int], words: str, whole: str) -> None:
    found = durations(("a", each) for each in days)
    assert (found.median_words(), found.median_words(whole=True)) == (words, whole)
