"""Months, organisations and exact numbers as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from services.reporting.domain.indicator import Rate
from services.reporting.domain.markers import NOT_APPLICABLE
from shared.kernel.periods import month_span


def month_words(month: str) -> str:
    """November 2026. Raises InvalidError where it is no month."""
    return f"{month_span(month).first:%B %Y}"


def organisation_words(organisation: str, names: Mapping[str, str]) -> str:
    """The organisation's name where this deployment knows it, else its short name in words."""
    return names.get(organisation) or organisation.replace("-", " ").capitalize()


def award_words(scheme: str, level: str) -> str:
    """Carer Confident ambassador."""
    return f"{scheme.replace('-', ' ').title()} {level.replace('-', ' ')}"


def number(value: Fraction | int, places: int = 0) -> str:
    """A number from 0 with thousands separated, rounded half up to so many places."""
    power = 10**places
    scaled = (2 * power * value.numerator + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(scaled, power)
    return f"{whole:,}.{rest:0{places}d}" if places else f"{whole:,}"


def percentage(rate: Rate) -> str:
    """The rate as a percentage with one place."""
    found = per_hundred(rate)
    return found if found == NOT_APPLICABLE else f"{found}%"


def per_hundred(rate: Rate) -> str:
    """The rate for each hundred, with one place, rounded half up; in whole numbers, a board has a thousand of them."""
    over, under = rate.numerator, rate.denominator
    if not under:
        return NOT_APPLICABLE
    above, below = 1000 * over.numerator * under.denominator, over.denominator * under.numerator
    whole, rest = divmod((2 * above + below) // (2 * below), 10)
    return f"{whole:,}.{rest}"
