"""What every page of reporting is registered on, and how a month is chosen on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, request

from services.reporting.domain.months import day_end
from services.reporting.schemas import KnownSchema
from services.reporting.words import month_words
from shared.kernel.clock import today
from shared.kernel.periods import month_of
from shared.web.forms import Form
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


@dataclass(frozen=True)
class Known:
    """As known when exact figures are asked for. ``day``: None for as they stand; ``query``: the same in an address."""

    form: Form
    day: date | None
    query: dict[str, int]

    @property
    def before(self) -> datetime | None:
        """The instant before which a return must have been computed: the day's end, in London."""
        return day_end(self.day) if self.day else None


def asked_known(*, exact: bool) -> Known:
    """The day asked for in three parts. Nobody but who sees exact figures is offered it: what is released stands."""
    names = [f"known-{part}" for part in ("day", "month", "year")]
    typed = {name: request.args.getlist(name) for name in names if name in request.args} if exact else {}
    if not any(value for values in typed.values() for value in values):
        return Known(Form(KnownSchema()), None, {})
    form = Form(KnownSchema(), typed)
    day = form.data.get("known")
    return Known(form, day, {f"known-{part}": getattr(day, part) for part in ("day", "month", "year")} if day else {})
