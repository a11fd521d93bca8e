"""What others did to one's training, in words. What somebody noted with it stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from flask import url_for
from sqlalchemy import Connection

from services.accreditation.domain.training import TrainingRecord
from services.accreditation.read.courses import courses_named
from services.accreditation.web.words import day_before
from shared.kernel.events import Payload
from shared.store.news import News
from shared.web.words import short_day


def in_words(connection: Connection, found: Sequence[News]) -> list[tuple[str, str]]:
    """For each a sentence that names the course, and one's training."""
    courses = courses_named(connection, [each.about["course"] for each in found])
    titles = {name: course.versions[-1].title for name, course in courses.items()}
    href = url_for("accreditation.overview")
    return [(_SENTENCES[each.kind](titles.get(each.about["course"], "a course"), each.about), href) for each in found]


def _assigned(title: str, about: Payload) -> str:
    return f"You must take {title} by {short_day(day_before(date.fromisoformat(about['due_on'])))}"


def _released(title: str, _: Mapping[str, object]) -> str:
    return f"You no longer have to take {title}"


def _completed(title: str, about: Payload) -> str:
    return f"Recorded: you completed {title} on {short_day(about['completed_on'])}"


def _corrected(title: str, _: Mapping[str, object]) -> str:
    return f"Corrected: it no longer counts that you completed {title}"


def _expired(title: str, _: Mapping[str, object]) -> str:
    return f"Your training has expired: {title}"


def _exempted(title: str, about: Payload) -> str:
    if about["until"] and about["until"] < about["starts"]:
        return f"Your exemption from {title} has ended"
    until = f" until {short_day(about['until'])}" if about["until"] else ""
    return f"You do not need to take {title} from {short_day(about['starts'])}{until}"


_SENTENCES: Final[Mapping[str, Callable[[str, Payload], str]]] = {
    TrainingRecord.Assigned.TOPIC: _assigned,
    TrainingRecord.Released.TOPIC: _released,
    TrainingRecord.Completed.TOPIC: _completed,
    TrainingRecord.Corrected.TOPIC: _corrected,
    TrainingRecord.Expired.TOPIC: _expired,
    TrainingRecord.Exempted.TOPIC: _exempted,
}
