"""Working patterns and shares of full time in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from services.workforce.domain.pattern_text import parse_pattern
from services.workforce.read.held import Held
from services.workforce.web.words import fte_words, pattern_words

MONDAY = date(2026, 1, 5)


def held(pattern: str) -> Held:
    return Held(
        person="7d0a1f9e-0000-4000-8000-00000000a001",
        employment="7d0a1f9e-0000-4000-8000-00000000b001",
        effective_from=MONDAY,
        staff_number="0001",
        post="Officer",
        organisation="ministry-of-works",
        employer="ministry-of-works",
        manager="",
        nation="england",
        status="employee",
        fte=Fraction(1),
        full_time_minutes=2220,
        pattern=parse_pattern(pattern, MONDAY),
        starts=MONDAY,
        ends=None,
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("mon-fri 7:24", "Monday to Friday 7 hours 24 minutes a day"),
        (
            "mon-wed 7:24 thu 3:42/",
            "Monday to Wednesday 7 hours 24 minutes a day, Thursday morning 3 hours 42 minutes",
        ),
        ("mon,tue /4:00", "Monday and Tuesday afternoons 4 hours a day"),
        ("mon,wed 8:00 +holidays", "Monday 8 hours, Wednesday 8 hours; also on bank holidays"),
        ("mon-fri 8:12 | off", "Week 1: Monday to Friday 8 hours 12 minutes a day; Week 2: no work"),
        ("sat 6:00 +varies", "Saturday 6 hours; hours vary from week to week"),
        ("39x mon-fri 7:24 | 13x off", "39x mon-fri 7:24 | 13x off"),
    ],
)
def test_a_pattern_is_told_in_words_unless_its_cycle_is_long(typed: str, words: str) -> None:
    assert pattern_words(held(typed)) == words


@pytest.mark.parametrize(
    ("fte", "words"), [("1", "1"), ("3/5", "0.6"), ("45/74", "0.61 (exactly 45/74)"), ("1/100", "0.01")]
)
def test_a_share_of_full_time_is_told_in_decimals(fte: str, words: str) -> None:
    assert fte_words(Fraction(fte)) == words
