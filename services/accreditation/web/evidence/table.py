"""The evidence as one table: a row a criterion, area, provision, course and award."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from services.accreditation.domain.assessment import SCORES
from shared.files.writing import csv_text

HEADINGS: Final = (
    "as_at",
    "part",
    "area",
    "item",
    "state",
    "number",
    "of",
    "since",
    "until",
    "looked_after_by",
    "text",
)

Cells = tuple[str | int, ...]


def evidence_csv(content: dict[str, Any]) -> str:
    """The whole file with its header."""
    day = content["as_at"].isoformat()
    rows = [*_areas(content), *_provisions(content), *_training(content), *_awards(content)]
    return csv_text(HEADINGS, [(day, *row) for row in rows])


def _areas(content: dict[str, Any]) -> Iterator[Cells]:
    for area in content["areas"]:
        state = "Fresh" if area["fresh"] else "Over a year old" if area["evidence_on"] else "Not assessed"
        found = (area["reached"], area["most"]) if area["evidence_on"] else ("", "")
        yield ("area", area["name"], "", state, *found, _day(area["evidence_on"]), "", "", area["evidence"])
        for each in area["criteria"]:
            score = "" if each["score"] is None else each["score"]
            yield ("criterion", area["name"], each["text"], each["score_words"], score, max(SCORES), "", "", "", "")


def _provisions(content: dict[str, Any]) -> Iterator[Cells]:
    for each in content["provisions"]:
        areas, until = "; ".join(each["areas"]), _day(each["counts_until"])
        said = (each["state_words"], "", "", _day(each["starts"]), until, each["looked_after_by"], each["evidence"])
        yield ("provision", areas, each["name"], *said)


def _training(content: dict[str, Any]) -> Iterator[Cells]:
    for each in content["training"]:
        apart = f"In grace {each['in_grace']}, exempt {each['exempt']}, away over 28 days {each['absent']}"
        counted = (each["numerator"], each["denominator"])
        yield ("training", "; ".join(each["areas"]), each["title"], each["audience"], *counted, "", "", "", apart)


def _awards(content: dict[str, Any]) -> Iterator[Cells]:
    for each in content["awards"]:
        days = (_day(each["starts"]), _day(each["last_day"]))
        covers = f"Covers {', '.join(each['covers'])}"
        yield ("award", "", each["level_name"], each["state"], "", "", *days, each["held_by"], covers)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
