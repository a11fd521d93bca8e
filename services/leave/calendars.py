"""Calendars by nation and legal employer: the holidays package, put right by a file of our own.

Public lists differ and days are added late, so ``calendars.json`` has the last word: ``bank_holidays`` adds or
renames days of a nation, ``not_bank_holidays`` takes days out, and ``closures`` has an employer's own non-working
days with their parts (``am``, ``pm`` or both).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

import holidays

from shared.kernel.calendars import Calendar
from shared.kernel.events import Payload

_SUBDIVISIONS: Final = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
_SATURDAY: Final = 5


class Calendars:
    """Answers which days are not worked. ``corrections``: the content of a file such as ``calendars.json``."""

    def __init__(self, corrections: Payload) -> None:
        self._corrections = corrections
        self._version = f"holidays {version('holidays')}, corrections {corrections['version']}"
        self._holidays_of = lru_cache(maxsize=1024)(self._year)

    def calendar(self, nation: str, employer: str, years: Iterable[int]) -> Calendar:
        """The calendar of a nation and a legal employer, complete for these years."""
        bank_holidays: dict[date, str] = {}
        for year in sorted(set(years)):
            bank_holidays.update(self._holidays_of(nation, year))
        closures = self._corrections["closures"].get(employer, {})
        return Calendar(
            nation=nation,
            version=self._version,
            provenance="python-holidays, corrected by services/leave/calendars.json",
            bank_holidays=bank_holidays,
            closures={date.fromisoformat(day): frozenset(parts) for day, parts in closures.items()},
        )

    def _year(self, nation: str, year: int) -> Mapping[date, str]:
        days = _published(nation, year)
        days.update(_of_year(self._corrections["bank_holidays"].get(nation, {}), year))
        wrong = self._corrections["not_bank_holidays"].get(nation, [])
        return {day: name for day, name in days.items() if day.isoformat() not in wrong}


def shipped_calendars() -> Calendars:
    """Calendars with the corrections that ship with the service."""
    text = files("services.leave").joinpath("calendars.json").read_text(encoding="utf-8")
    return Calendars(json.loads(text))


def _published(nation: str, year: int) -> dict[date, str]:
    """A nation's bank holidays; none overseas. Where one falls at a weekend it is its substitute day alone."""
    if nation not in _SUBDIVISIONS:
        return {}
    days = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return {
        day: name.replace("(observed)", "(substitute day)")
        for day, name in sorted(days.items())
        if day.year == year and day.weekday() < _SATURDAY
    }


def _of_year(days: Mapping[str, str], year: int) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in days.items() if day.startswith(f"{year:04d}-")}
