"""Dates as people say them."""

from __future__ import annotations

from datetime import date


def day_text(day: date) -> str:
    """The day in words: 13 March 2026."""
    return f"{day.day} {day:%B %Y}"
