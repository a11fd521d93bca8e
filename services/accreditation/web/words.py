"""The words that accreditation's pages use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from flask import Blueprint

from services.accreditation.domain.assessment import SCORES
from services.accreditation.domain.compliance import Compliance
from services.accreditation.domain.courses import AUDIENCES, Version
from services.accreditation.domain.training import REASONS, SOURCES
from shared.kernel.events import Payload
from shared.kernel.periods import DAY

STANDING_WORDS: Final = {
    "trained": ("Completed", "green"),
    "due": ("Overdue", "red"),
    "grace": ("To do", "blue"),
    "exempt": ("Exempt", "grey"),
    "absent": ("Away", "grey"),
}
"""How somebody stands to a course: what it is called, and the colour of its tag."""

PROVISION_WORDS: Final = {
    "in-place": ("In place", "green"),
    "vacant": ("Vacant", "yellow"),
    "missing": ("Not in place", "red"),
}
"""How a provision stands: what it is called, and the colour of its tag."""


def validity_words(version: Version) -> str:
    """For how long a completion of the version counts."""
    months = version.validity_months
    if months is None:
        return "Does not expire"
    if months % 12 == 0:
        return "1 year" if months == 12 else f"{months // 12} years"
    return "1 month" if months == 1 else f"{months} months"


def grace_words(version: Version) -> str:
    """How long people have after they are first asked."""
    return {0: "None", 1: "1 day"}.get(version.grace_days, f"{version.grace_days} days")


def training_words(asked: Sequence[Payload], *, own: bool = False) -> str:
    """How somebody's training stands, in a sentence: what is overdue, else what is still to do."""
    overdue = [each["title"] for each in asked if each["state"] == "due"]
    to_do = [each["title"] for each in asked if each["state"] == "grace" and not each["trained"]]
    who = "You have" if own else "They have"
    if overdue:
        return f"{who} {_courses(overdue)} overdue: {', '.join(overdue)}."
    if to_do:
        return f"{who} {_courses(to_do)} still to do: {', '.join(to_do)}."
    return f"{who} no courses left to do." if asked else f"{who} no required courses."


def _courses(titles: Sequence[str]) -> str:
    return "1 course" if len(titles) == 1 else f"{len(titles)} courses"


def share_words(figures: Compliance) -> str:
    """A course's figures in people, with the nearest whole percentage, half up."""
    return share_of(figures.numerator, figures.denominator)


def trained_words(figures: Compliance) -> str:
    """How far training is, within a sentence that names the course."""
    return f"{share_words(figures)} trained" if figures.denominator else "nobody counts yet"


def share_of(part: int, whole: int) -> str:
    """People of people, with the nearest whole percentage, half up."""
    if not whole:
        return "Nobody counts yet"
    percent = (200 * part + whole) // (2 * whole)
    return f"{part:,} of {whole:,} ({percent}%)"


def day_before(day: date) -> date:
    """The last day on which something holds that ends on a day."""
    return day - DAY


def register_words(blueprint: Blueprint) -> None:
    """Give accreditation's templates these words."""
    blueprint.add_app_template_filter(day_before, "day_before")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "standing_words": STANDING_WORDS,
            "provision_words": PROVISION_WORDS,
            "audience_words": AUDIENCES,
            "source_words": SOURCES,
            "reason_words": REASONS,
            "score_words": SCORES,
            "validity_words": validity_words,
            "grace_words": grace_words,
            "share_words": share_words,
            "trained_words": trained_words,
            "training_words": training_words,
            "share_of": share_of,
        }
