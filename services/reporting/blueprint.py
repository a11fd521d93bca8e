"""What every page of reporting is registered on, and how a month is chosen on them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from services.reporting.words import month_words
from shared.kernel.clock import today
from shared.kernel.periods import month_of
from shared.web.wiring import wiring

blueprint = Blueprint("reporting", __name__, url_prefix="/reporting", template_folder="templates")


def chosen_month(months: list[str]) -> str:
    """The month asked for, else the newest that there is, else this one. Raises InvalidError for what is no month."""
    month = request.args.get("month", "")
    if month:
        month_words(month)
        return month
    return months[0] if months else month_of(today(wiring("reporting").clock))


def picker(month: str, months: list[str]) -> dict[str, Any]:
    """What a page needs to offer the months."""
    offered = months if month in months else sorted([month, *months], reverse=True)
    return {"month": month, "month_words": month_words(month), "months": {each: month_words(each) for each in offered}}
