"""Who must still take a course, as a list for HR: by staff number, with post and the day by which it was due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.figures import ToTrain, still_to_train
from services.accreditation.read.learners import AT_ONCE
from shared.kernel.periods import DAY
from shared.people.labels import posts_of_people


@dataclass(frozen=True, order=True)
class Listed:
    """Somebody who must still take it. ``due``: the last day of grace, by which it was to be taken."""

    staff_number: str
    post: str
    due: date


def listed(connection: Connection, course: CourseRules, day: date) -> list[Listed]:
    """Everybody who is counted on a day and not trained, by staff number; read a few hundred at a time."""
    return sorted(each for page in _pages(connection, course, day) for each in _named(connection, course, page, day))


def _pages(connection: Connection, course: CourseRules, day: date) -> Iterator[Sequence[ToTrain]]:
    after = ""
    while page := still_to_train(connection, course, day, after=after, most=AT_ONCE):
        yield page
        after = page[-1].person


def _named(connection: Connection, course: CourseRules, page: Sequence[ToTrain], day: date) -> Iterator[Listed]:
    posts = posts_of_people(connection, [each.person for each in page], course.organisation, day)
    for each in page:
        number, post = posts.get(each.person, ("", ""))
        yield Listed(number, post, each.due_on - DAY)
