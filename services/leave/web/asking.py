"""What a carer has asked for so far, carried from page to page in the address; and what it is answered now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import marshmallow as ma
from flask import request

from services.leave.application import Leave
from services.leave.domain.answers import AWAY_ALREADY, DOES_NOT_FIT, FITS, NO_WORKING_TIME
from services.leave.domain.commands import Day
from services.leave.domain.parts import PARTS, WHOLE, share_of
from services.leave.domain.wording import amount_text, listed
from services.leave.web.asking_schemas import AskedSchema
from services.leave.web.words import cost_words, day_words, sentence_case
from shared.kernel.errors import RefusedError
from shared.kernel.events import Payload
from shared.kernel.working_time import parse_minutes


@dataclass(frozen=True)
class Asked:
    """The post (empty where one has a single one) and the days asked for so far, in order of date."""

    employment: str = ""
    days: tuple[Day, ...] = ()

    @property
    def dates(self) -> frozenset[date]:
        """Its dates."""
        return frozenset(day.date for day in self.days)

    @property
    def query(self) -> dict[str, Any]:
        """The same as it stands in an address."""
        days = [f"{day.date.isoformat()}/{day.part}" for day in self.days]
        return {name: value for name, value in (("employment", self.employment), ("days", days)) if value}

    def with_days(self, days: Iterable[Day]) -> Asked:
        """These days too."""
        return replace(self, days=tuple(sorted((*self.days, *days), key=lambda day: day.date)))

    def without(self, dates: Collection[date]) -> Asked:
        """All but the days on these dates."""
        return replace(self, days=tuple(day for day in self.days if day.date not in dates))


def asked_so_far() -> Asked | None:
    """What the address of this request says; None where it makes no sense."""
    named = [text.partition("/") for text in request.args.getlist("days")]
    payload: dict[str, Any] = {"days": [{"date": on, "part": part} for on, _, part in named]}
    if employment := request.args.get("employment"):
        payload["employment"] = employment
    try:
        found = AskedSchema().load(payload)
    except ma.ValidationError:
        return None
    asked = Asked(found["employment"]).with_days(Day(day["date"], day["part"]) for day in found["days"])
    return asked if len(asked.dates) == len(asked.days) else None


@dataclass(frozen=True)
class Answered:
    """What asking for some days now would be answered.

    ``room``: the days booked for later that are cancelled for them; ``objection``: why none can be, where that is all
    that is in the way: one asks late, or that day has begun.
    """

    answer: dict[str, Any]
    room: tuple[date, ...] = ()
    objection: str = ""


def answer_with_room(application: Leave, person: str, asked: Asked) -> Answered:
    """What asking for these days now would be answered.

    Later days are cancelled only where nothing else is in the way and all fits then.
    Raises the refusals that stand against any notice.
    """
    first = answer = application.what_if(person, asked.employment, asked.days)
    room: list[date] = []
    while not answer["fits"]:
        later = [date.fromisoformat(one["fits_if"]["date"]) for one in answer["dates"] if one["fits_if"]]
        if not later or later[0] in room:
            return Answered(first)
        room.append(later[0])
        try:
            answer = application.what_if(person, asked.employment, asked.days, room)
        except RefusedError as refusal:
            return Answered(first, objection=refusal.message)
    return Answered(answer, tuple(sorted(room)))


def why_not(answered: Answered) -> str:
    """Why not all of the days can be had: what is in the way beside the week, else that they do not fit into it."""
    against = [one for one in counted(answered.answer) if one["state"] != FITS]
    taken = [day_words(one["date"], "whole") for one in against if one["state"] == AWAY_ALREADY]
    other = [one["sentence"] for one in against if one["state"] not in (AWAY_ALREADY, DOES_NOT_FIT)]
    said = [f"You already have leave on {listed(taken)}.", *other] if taken else other
    return " ".join(said) or answered.objection or "Does not fit into what you have left."


def counted(answer: Payload) -> list[dict[str, Any]]:
    """The answers for the dates that are working days, whether they fit or not."""
    return [one for one in answer["dates"] if one["state"] != NO_WORKING_TIME]


def not_counted(answer: Payload) -> list[str]:
    """A sentence for each date that is no working day."""
    return [one["sentence"] for one in answer["dates"] if one["state"] == NO_WORKING_TIME]


def cost_of(one: Payload) -> str:
    """What a date costs, or why it cannot be had."""
    return sentence_case(cost_words(one)) if one["state"] == FITS else f"Not possible. {one['sentence']}"


def days_of(parts: Mapping[date, Collection[str]], part: str) -> list[Day]:
    """The part of each date that is worked; of one that is not the whole, which is told and not counted."""
    return [Day(day, part if offered else WHOLE) for day, offered in parts.items()]


def parts_in_common(parts: Mapping[date, Collection[str]]) -> list[str]:
    """The parts that every worked one of these dates offers; none where none is worked."""
    worked = [offered for offered in parts.values() if offered]
    return [part for part in PARTS if worked and all(part in offered for offered in worked)]


def total_of(answer: Payload) -> str:
    """All days together, in days and hours."""
    days = [one for one in answer["dates"] if one["state"] == FITS]
    minutes = sum((parse_minutes(one["minutes"]) for one in days), Fraction(0))
    return amount_text(minutes, minutes / sum(share_of(one["part"]) for one in days) if minutes else None)


def left_after(answer: Payload) -> str:
    """What is left of the week after them, in days of these days' length where it is one, and in hours."""
    lengths = {one["scheduled_minutes"] for one in answer["dates"] if one["state"] == FITS}
    length = parse_minutes(next(iter(lengths))) if len(lengths) == 1 else None
    return amount_text(parse_minutes(answer["left_after_minutes"]), length)


def fitting(asked: Asked, answer: Mapping[str, object]) -> Asked:
    """The days that can be had."""
    return asked.without([date.fromisoformat(one["date"]) for one in counted(answer) if one["state"] != FITS])


def dates_in(asked: Asked, dates: Iterable[date]) -> list[date]:
    """Those of the dates that were asked for before."""
    return sorted(asked.dates & set(dates))
